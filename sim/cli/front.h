#ifndef CF_FRONT_H
#define CF_FRONT_H

#include "cli/command.h"

/* A program that does commands: what is the same for `cohortflow` and `cohortflow-mpi`. */
struct cf_front {
    const char *program; /* its name */
    const char *only;    /* the one command it does; NULL: all */
    const char *more;    /* a line of its help, may be NULL */
    int silent;          /* 1: what is wrong with the call is for somebody else to print */
    /* Does a call that has been parsed; NULL: its command is done. It may change the call. */
    enum cf_status (*run)(void *self, struct cf_call *call);
    void *self;
};

/* From the words of the command line to the exit code. */
int cf_front(const struct cf_front *front, int argc, char **argv);

#endif
