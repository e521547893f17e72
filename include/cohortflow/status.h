#ifndef COHORTFLOW_STATUS_H
#define COHORTFLOW_STATUS_H

#ifdef __cplusplus
extern "C" {
#endif

/*
 * What a call came to. The value is the exit code of the command that met it, so that a script
 * and a C program read the same numbers.
 */
enum cf_status {
    CF_OK = 0,
    CF_FINDINGS = 1,   /* the call worked and found something to report (compare: they differ) */
    CF_USAGE = 2,      /* the call itself was wrong */
    CF_BAD_INPUT = 3,  /* a file of the place or scenario is wrong; nothing was written */
    CF_BROKEN = 4,     /* an invariant failed: the result may not be used */
    CF_INFEASIBLE = 5, /* no solution, or a limit was reached first */
    CF_INTERNAL = 70,  /* a fault of the program, or out of memory */
    CF_CANNOT_CREATE = 73, /* the output cannot be created there */
    CF_IO = 74,            /* reading or writing failed; what was there before is unchanged */
    CF_STOPPED = 75,       /* stopped before the end; the same call picks up again */
};

/* One short English phrase for a status; never NULL. */
const char *cf_status_text(enum cf_status status);

#ifdef __cplusplus
}
#endif
#endif
