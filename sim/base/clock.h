#ifndef CF_CLOCK_H
#define CF_CLOCK_H

/* Seconds of a clock that only goes forward: for what takes how long, never for results. */
double cf_seconds(void);

#endif
