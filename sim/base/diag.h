#ifndef CF_DIAG_H
#define CF_DIAG_H

#include <cohortflow/diag.h>
#include <stdio.h>

/* A place in an input file. path must outlive the collection's use of it only during the call:
 * the collection keeps its own copy. */
struct cf_at {
    const char *path; /* NULL or "": no file */
    int line, column; /* from 1; 0: the whole file */
};

/*
 * Add a message. diag may be NULL (nobody is listening). help may be NULL.
 * text is printf-style, one sentence without a full stop, lower case first.
 */
void cf_report(cf_diag *diag, enum cf_severity severity, const char *code, struct cf_at at,
               const char *help, const char *text, ...) __attribute__((format(printf, 6, 7)));

/* Like cf_report, but the help says "did you mean 'x'?" with the nearest of `names` where one is
 * near enough; else it lists the names where they are few. names: n strings, NULL entries
 * skipped. */
void cf_report_near(cf_diag *diag, enum cf_severity severity, const char *code, struct cf_at at,
                    const char *wrong, const char *const *names, size_t n, const char *text, ...)
    __attribute__((format(printf, 8, 9)));

/* The nearest of n names by edit distance, or NULL when none is near enough to propose. */
const char *cf_nearest(const char *wrong, const char *const *names, size_t n);

/* CF_BAD_INPUT when there is an error in the collection, else CF_OK. */
enum cf_status cf_diag_status(const cf_diag *diag);

/*
 * Print as
 *   error: unknown setting 'particpation' in lever 2
 *     --> scenarios/rpa.cfg:14:5
 *      = help: did you mean 'participation'?
 * sorted, at most `cap` messages of each severity (0: all), then how many more there are.
 * colour: ANSI colours for the severity words. at_least: the lowest severity printed.
 */
void cf_diag_print(cf_diag *diag, FILE *to, enum cf_severity at_least, size_t cap, int colour);

#endif
