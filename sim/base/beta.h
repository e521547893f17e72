#ifndef CF_BETA_H
#define CF_BETA_H

/*
 * The beta distribution, from our own exp and log in a fixed order of operations; a and b from
 * above 0 to 1e6.
 *
 *   log_gamma  log of the gamma function of x > 0
 *   cdf        I_x(a, b), the share below x
 *   quantile   the x with the share u below it
 *
 * To 1e-12 of itself, and less exact as a and b grow: 1e-9 at 1e6.
 */
double cf_log_gamma(double x);
double cf_beta_cdf(double a, double b, double x);
double cf_beta_quantile(double a, double b, double u);

#endif
