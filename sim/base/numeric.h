#ifndef CF_NUMERIC_H
#define CF_NUMERIC_H

/*
 * exp and log of our own, with a fixed order of operations and no fused multiply-add, so that
 * their bits do not depend on the processor or the C library. Error at most 1 ulp or so.
 * cf_exp: 0 below -745.2, +inf above 709.79; cf_log: -inf at 0, NaN below.
 */
double cf_exp(double x);
double cf_log(double x);

#endif
