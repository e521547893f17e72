#ifndef CF_BETA_H
#define CF_BETA_H

/*
 * The beta distribution, from our own exp and log in a fixed order of operations; a and b from
 * above 0 to 1e6. To 1e-12 or so.
 *
 *   cdf       I_x(a, b), the share below x
 *   quantile  the x with the share u below it
 */
double cf_beta_cdf(double a, double b, double x);
double cf_beta_quantile(double a, double b, double u);

#endif
