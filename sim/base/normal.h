#ifndef CF_NORMAL_H
#define CF_NORMAL_H

/*
 * The standard normal distribution, from our own exp and log in a fixed order of operations.
 *
 *   cdf       share below z, to 1e-15 of itself also far out (0 below -38.5, 1 above 8.3)
 *   quantile  the z with the share u below it, to 1e-15 of itself; -inf at 0, +inf at 1
 *
 * cdf(0) is 1/2 and quantile(1/2) is 0 exactly.
 */
double cf_normal_cdf(double z);
double cf_normal_quantile(double u);

#endif
