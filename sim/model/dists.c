#include "model/dists.h"

#include "base/beta.h"
#include "base/normal.h"
#include "base/numeric.h"
#include "base/text.h"

#include <math.h>

/* A comparison with NaN fails, so each is written as what has to hold. */

static const char *normal_fault(const double *p)
{
    return p[1] > 0 ? NULL : "'sd' must be above 0";
}

static double normal_cdf(const double *p, const struct cf_dist_values *values, double x)
{
    (void)values;
    return cf_normal_cdf((x - p[0]) / p[1]);
}

static double normal_quantile(const double *p, const struct cf_dist_values *values, double u)
{
    (void)values;
    return p[0] + p[1] * cf_normal_quantile(u);
}

static const char *lognormal_fault(const double *p)
{
    if (!(p[0] > 0))
        return "'median' must be above 0";
    return p[1] > 0 && p[1] <= 50 ? NULL : "'sd', of the log, must be above 0 and at most 50";
}

static double lognormal_cdf(const double *p, const struct cf_dist_values *values, double x)
{
    (void)values;
    return x > 0 ? cf_normal_cdf((cf_log(x) - cf_log(p[0])) / p[1]) : 0;
}

static double lognormal_quantile(const double *p, const struct cf_dist_values *values, double u)
{
    (void)values;
    return p[0] * cf_exp(p[1] * cf_normal_quantile(u));
}

static const char *beta_fault(const double *p)
{
    if (!(p[0] > 0 && p[0] <= 1e6))
        return "'a' must be above 0 and at most 1e6";
    return p[1] > 0 && p[1] <= 1e6 ? NULL : "'b' must be above 0 and at most 1e6";
}

static double beta_cdf(const double *p, const struct cf_dist_values *values, double x)
{
    (void)values;
    return cf_beta_cdf(p[0], p[1], x);
}

static double beta_quantile(const double *p, const struct cf_dist_values *values, double u)
{
    (void)values;
    return cf_beta_quantile(p[0], p[1], u);
}

static const char *uniform_fault(const double *p)
{
    return p[0] < p[1] ? NULL : "'low' must be below 'high'";
}

static double uniform_cdf(const double *p, const struct cf_dist_values *values, double x)
{
    (void)values;
    return x <= p[0] ? 0 : x >= p[1] ? 1 : (x - p[0]) / (p[1] - p[0]);
}

static double uniform_quantile(const double *p, const struct cf_dist_values *values, double u)
{
    (void)values;
    const double x = p[0] + u * (p[1] - p[0]);
    return x < p[1] ? x : p[1];
}

static const char *triangular_fault(const double *p)
{
    if (!(p[0] < p[2]))
        return "'low' must be below 'high'";
    return p[0] <= p[1] && p[1] <= p[2] ? NULL : "'mode' must lie from 'low' to 'high'";
}

/* (x - low)^2 / ((high - low) (mode - low)) up to the mode, 1 - the like from above beyond it. */
static double triangular_cdf(const double *p, const struct cf_dist_values *values, double x)
{
    (void)values;
    const double low = p[0], mode = p[1], high = p[2];
    if (x <= low || x >= high)
        return x >= high;
    if (x <= mode)
        return (x - low) / (high - low) * ((x - low) / (mode - low));
    return 1 - (high - x) / (high - low) * ((high - x) / (high - mode));
}

static double triangular_quantile(const double *p, const struct cf_dist_values *values, double u)
{
    (void)values;
    const double low = p[0], mode = p[1], high = p[2];
    if (u * (high - low) <= mode - low)
        return low + sqrt(u * (high - low) * (mode - low));
    return high - sqrt((1 - u) * (high - low) * (high - mode));
}

/* Of values nothing is known here: who reads them checks them. */
static const char *no_fault(const double *p)
{
    (void)p;
    return NULL;
}

/* The smallest value up to which the weights sum to u or more. */
static double discrete_quantile(const double *p, const struct cf_dist_values *values, double u)
{
    (void)p;
    double sum = 0;
    for (int k = 0; k < values->n - 1; k++) {
        sum += values->weight[k];
        if (sum >= u)
            return values->value[k];
    }
    return values->value[values->n - 1];
}

static double discrete_cdf(const double *p, const struct cf_dist_values *values, double x)
{
    (void)p;
    double sum = 0;
    if (x >= values->value[values->n - 1])
        return 1;
    for (int k = 0; values->value[k] <= x; k++)
        sum += values->weight[k];
    return sum;
}

/*
 * Straight lines between the values in order, the lowest at 0 and the highest at 1: type 7 of
 * Hyndman and Fan (1996), what R and numpy do unless told otherwise.
 *
 *   h = (n - 1) u,   Q(u) = x[floor h] + (h - floor h) (x[floor h + 1] - x[floor h])
 */
static double empirical_quantile(const double *p, const struct cf_dist_values *values, double u)
{
    (void)p;
    const int n = values->n;
    const double h = (n - 1) * u;
    const int k = (int)h;
    if (k >= n - 1)
        return values->value[n - 1];
    return values->value[k] + (h - k) * (values->value[k + 1] - values->value[k]);
}

static double empirical_cdf(const double *p, const struct cf_dist_values *values, double x)
{
    (void)p;
    const double *value = values->value;
    const int n = values->n;
    if (x < value[0] || x >= value[n - 1])
        return x >= value[n - 1];
    int low = 0, high = n - 1; /* value[low] <= x < value[high] */
    while (high - low > 1) {
        const int half = (low + high) / 2;
        if (value[half] <= x)
            low = half;
        else
            high = half;
    }
    return (low + (x - value[low]) / (value[high] - value[low])) / (n - 1);
}

const struct cf_dist cf_dists[] = {
    {"normal",
     2,
     {"mean", "sd"},
     0,
     normal_fault,
     normal_cdf,
     normal_quantile,
     "normal, by mean and standard deviation"},
    {"lognormal",
     2,
     {"median", "sd"},
     0,
     lognormal_fault,
     lognormal_cdf,
     lognormal_quantile,
     "its log is normal, by the median and the standard deviation of the log"},
    {"beta",
     2,
     {"a", "b"},
     0,
     beta_fault,
     beta_cdf,
     beta_quantile,
     "from 0 to 1, with mean a / (a + b)"},
    {"uniform",
     2,
     {"low", "high"},
     0,
     uniform_fault,
     uniform_cdf,
     uniform_quantile,
     "anything between low and high is as likely"},
    {"triangular",
     3,
     {"low", "mode", "high"},
     0,
     triangular_fault,
     triangular_cdf,
     triangular_quantile,
     "from low to high, most likely at the mode"},
    {"discrete",
     0,
     {NULL},
     2,
     no_fault,
     discrete_cdf,
     discrete_quantile,
     "one of the values, by their weights"},
    {"empirical",
     0,
     {NULL},
     1,
     no_fault,
     empirical_cdf,
     empirical_quantile,
     "as the values are spread, with straight lines between them"},
};
const int cf_n_dists = (int)(sizeof cf_dists / sizeof cf_dists[0]);

int cf_dist_find(const char *name)
{
    for (int k = 0; k < cf_n_dists; k++)
        if (cf_text_same(cf_dists[k].name, name))
            return k;
    return -1;
}

/* What lies at min itself belongs to the part: the share below it is that up to the number before.
 */
struct cf_dist_part cf_dist_part_of(const struct cf_dist *dist, const double *parameter,
                                    const struct cf_dist_values *values, double min, double max)
{
    struct cf_dist_part part = {0, 1};
    if (min > -HUGE_VAL)
        part.below = dist->cdf(parameter, values, nextafter(min, -HUGE_VAL));
    if (max < HUGE_VAL)
        part.upto = dist->cdf(parameter, values, max);
    return part;
}

/* The share is kept above the start of the part and below 1, from which rounding could take it.
 * Over the end of the part it cannot: for u up to 1 - 2^-53 the rounded product is at most the
 * difference before that was rounded. */
double cf_dist_at_part(const struct cf_dist *dist, const double *parameter,
                       const struct cf_dist_values *values, struct cf_dist_part part, double min,
                       double max, double u)
{
    double share = part.below + u * (part.upto - part.below);
    if (share <= part.below)
        share = nextafter(part.below, 1);
    if (share > 1 - 0x1p-53)
        share = 1 - 0x1p-53;
    const double x = dist->quantile(parameter, values, share);
    return x < min ? min : x > max ? max : x;
}

double cf_dist_at(const struct cf_dist *dist, const double *parameter,
                  const struct cf_dist_values *values, double min, double max, double u)
{
    const struct cf_dist_part part = cf_dist_part_of(dist, parameter, values, min, max);
    return cf_dist_at_part(dist, parameter, values, part, min, max, u);
}
