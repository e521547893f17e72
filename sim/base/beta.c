#include "base/beta.h"

#include "base/normal.h"
#include "base/numeric.h"

#include <float.h>
#include <math.h>

/*
 * Stirling's series from 10 on, where eight terms leave less than 1e-17; below, by recurrence:
 *
 *   log Gamma(x) = (x - 1/2) log x - x + log(2 pi)/2 + sum over n of B[2n] / (2n (2n-1) x^(2n-1))
 *   log Gamma(x) = log Gamma(x + n) - log(x (x+1) ... (x+n-1))
 */
double cf_log_gamma(double x)
{
    static const double series[] = {-3617.0 / 122400, 1.0 / 156,  -691.0 / 360360, 1.0 / 1188,
                                    -1.0 / 1680,      1.0 / 1260, -1.0 / 360,      1.0 / 12};
    double product = 1;
    for (; x < 10; x += 1)
        product *= x;
    const double z = 1 / (x * x);
    double sum = series[0];
    for (int k = 1; k < 8; k++)
        sum = sum * z + series[k];
    return (x - 0.5) * cf_log(x) - x + 0.91893853320467274178 + sum / x - cf_log(product);
}

static double log_beta(double a, double b)
{
    return cf_log_gamma(a) + cf_log_gamma(b) - cf_log_gamma(a + b);
}

/*
 * The continued fraction of I_x(a, b), which converges fast for x below (a + 1) / (a + b + 2), by
 * Lentz's method:
 *
 *   I_x(a, b) = x^a (1-x)^b / (a B(a, b)) x 1 / (1 + d1 / (1 + d2 / (1 + ...)))
 *   d[2m]   =  m (b - m) x / ((a + 2m - 1) (a + 2m))
 *   d[2m+1] = -(a + m) (a + b + m) x / ((a + 2m) (a + 2m + 1))
 */
static double fraction(double a, double b, double x)
{
    const double tiny = 1e-300;
    double c = 1, d = 1 - (a + b) * x / (a + 1);
    d = 1 / (fabs(d) < tiny ? tiny : d);
    double f = d;
    for (int m = 1; m < 100000; m++) {
        const double even = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m));
        const double odd = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1));
        double step = 1;
        for (int half = 0; half < 2; half++) {
            const double term = half ? odd : even;
            d = 1 + term * d;
            d = 1 / (fabs(d) < tiny ? tiny : d);
            c = 1 + term / c;
            c = fabs(c) < tiny ? tiny : c;
            step *= c * d;
        }
        f *= step;
        if (fabs(step - 1) <= 4 * DBL_EPSILON)
            break;
    }
    return f;
}

/* log of I_x(a, b) for log x = t, of the density of t beside it: d I / d t. */
struct point {
    double log_share, density;
};

/* x at or below the mean or so: the fraction converges. */
static struct point lower(double a, double b, double log_b, double t)
{
    const double x = cf_exp(t);
    const double front = a * t + b * cf_log(1 - x) - log_b;
    const double f = fraction(a, b, x);
    return (struct point){front + cf_log(f / a), a / (f * (1 - x))};
}

double cf_beta_cdf(double a, double b, double x)
{
    if (!(x > 0))
        return x <= 0 ? 0 : x;
    if (x >= 1)
        return 1;
    const double log_b = log_beta(a, b);
    const double front = cf_exp(a * cf_log(x) + b * cf_log(1 - x) - log_b);
    if (x <= (a + 1) / (a + b + 2))
        return front * fraction(a, b, x) / a;
    return 1 - front * fraction(b, a, 1 - x) / b;
}

/* Where to begin: the first term of the series, x^a = u a B(a, b), or by the normal score where
 * both tails are thin (Abramowitz and Stegun 26.5.22). */
static double first_guess(double a, double b, double log_b, double log_u)
{
    if (a <= 1 || b <= 1)
        return (log_u + cf_log(a) + log_b) / a;
    const double z = -cf_normal_quantile(cf_exp(log_u));
    const double r = (z * z - 3) / 6, s = 1 / (2 * a - 1), t = 1 / (2 * b - 1);
    const double h = 2 / (s + t);
    const double w = z * sqrt(h + r > 0 ? h + r : h) / h - (t - s) * (r + 5.0 / 6 - 2 / (3 * h));
    return -cf_log(1 + b / a * cf_exp(2 * w));
}

/* log x with I_x(a, b) = e^log_u, known to lie below `most`: Newton on log I against log x, which
 * is a straight line for small x; halving where it would leave the bracket. */
static double solve_lower(double a, double b, double log_u, double most)
{
    const double log_b = log_beta(a, b);
    double low = -750, high = most, t = first_guess(a, b, log_b, log_u);
    t = t > high ? high : t;
    if (t < low)
        return t;
    for (int k = 0; k < 100 && high - low > 1e-16 * fabs(low); k++) {
        const struct point p = lower(a, b, log_b, t);
        const double away = p.log_share - log_u;
        if (away > 0)
            high = t;
        else
            low = t;
        double next = t - away / p.density;
        if (!(next >= low && next <= high))
            next = 0.5 * (low + high);
        const double moved = fabs(next - t);
        t = next;
        if (moved <= 4 * DBL_EPSILON * (1 + fabs(t)))
            break;
    }
    return t;
}

double cf_beta_quantile(double a, double b, double u)
{
    if (!(u > 0 && u < 1))
        return u == 0 || u == 1 ? u : (double)NAN;
    const double mean = a / (a + b);
    if (u <= cf_beta_cdf(a, b, mean))
        return cf_exp(solve_lower(a, b, cf_log(u), cf_log(mean)));
    return 1 - cf_exp(solve_lower(b, a, cf_log(1 - u), cf_log(b / (a + b))));
}
