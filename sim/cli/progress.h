#ifndef CF_PROGRESS_H
#define CF_PROGRESS_H

/*
 * How far a sweep is, on standard error: on a terminal one line that is written over, with what
 * remains; elsewhere a line for each tenth or minute. Nothing in the first two seconds.
 */
struct cf_progress {
    int quiet, on_terminal;
    double begun, told; /* seconds */
    int tenth;          /* the last that was told */
    int shown;          /* 1: there is a line to be cleared */
};
void cf_progress_init(struct cf_progress *progress, int quiet);
/* As struct cf_sweep wants it. */
void cf_progress_tell(void *progress, long long done, long long missing);
/* Clear the line before other things are said. */
void cf_progress_end(struct cf_progress *progress);

#endif
