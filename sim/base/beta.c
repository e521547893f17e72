#include "base/beta.h"

#include "base/normal.h"
#include "base/numeric.h"

#include <float.h>
#include <math.h>

/*
 * log Gamma(x) = (x - 1/2) log x - x + log(2 pi)/2 + rest(x)
 *
 * The rest by Stirling's series from 10 on, where eight terms leave less than 1e-17; below, by
 * recurrence: log Gamma(x) = log Gamma(x + n) - log(x (x+1) ... (x+n-1)).
 *
 *   rest(x) = sum over n of B[2n] / (2n (2n-1) x^(2n-1))
 */
static double main_part(double x)
{
    return (x - 0.5) * cf_log(x) - x;
}

static double rest(double x)
{
    static const double series[] = {-3617.0 / 122400, 1.0 / 156,  -691.0 / 360360, 1.0 / 1188,
                                    -1.0 / 1680,      1.0 / 1260, -1.0 / 360,      1.0 / 12};
    double product = 1, up = x;
    for (; up < 10; up += 1)
        product *= up;
    const double z = 1 / (up * up);
    double sum = series[0];
    for (int k = 1; k < 8; k++)
        sum = sum * z + series[k];
    sum /= up;
    return up > x ? main_part(up) - main_part(x) - cf_log(product) + sum : sum;
}

static double log_beta(double a, double b)
{
    return main_part(a) + main_part(b) - main_part(a + b) + 0.91893853320467274178 + rest(a) +
           rest(b) - rest(a + b);
}

/* log(1 + h) with h given: what the sum lost of it is put back. */
static double log_1_plus(double h)
{
    const double sum = 1 + h;
    return sum == 1 ? h : cf_log(sum) * (h / (sum - 1));
}

/*
 * log of x^a (1-x)^b / B(a, b), log x = t: around the mean m = a / (a + b), so that large a and b
 * do not multiply what logs lose.
 *
 *   a log(x/m) + b log((1-x)/(1-m)) + log(a b / (2 pi (a+b)))/2 + rest(a+b) - rest(a) - rest(b)
 */
struct shape {
    double a, b, mean, top; /* top: what does not depend on x */
};

static struct shape shape_of(double a, double b)
{
    const double top = 0.5 * cf_log(a / (a + b) * b) - 0.91893853320467274178;
    return (struct shape){a, b, a / (a + b), top + (rest(a + b) - rest(a) - rest(b))};
}

static double log_front(const struct shape *s, double x, double t)
{
    const double m = s->mean, other = s->b / (s->a + s->b);
    const double up = (x - m) / m, down = (m - x) / other;
    const double from_a = fabs(up) < 0.5 ? log_1_plus(up) : t - cf_log(m);
    const double from_b = fabs(down) < 0.5 ? log_1_plus(down) : cf_log((1 - x) / other);
    return s->a * from_a + s->b * from_b + s->top;
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

double cf_beta_cdf(double a, double b, double x)
{
    if (!(x > 0))
        return x <= 0 ? 0 : x;
    if (x >= 1)
        return 1;
    const struct shape s = shape_of(a, b);
    const double front = cf_exp(log_front(&s, x, cf_log(x)));
    if (x <= (a + 1) / (a + b + 2))
        return front * fraction(a, b, x) / a;
    return 1 - front * fraction(b, a, 1 - x) / b;
}

/* Where to begin: the first term of the series, x^a = u a B(a, b), or by the normal score where
 * both tails are thin (Abramowitz and Stegun 26.5.22). */
static double first_guess(double a, double b, double log_u)
{
    if (a <= 1 || b <= 1)
        return (log_u + cf_log(a) + log_beta(a, b)) / a;
    const double z = -cf_normal_quantile(cf_exp(log_u));
    const double r = (z * z - 3) / 6, s = 1 / (2 * a - 1), t = 1 / (2 * b - 1);
    const double h = 2 / (s + t);
    const double w = z * sqrt(h + r > 0 ? h + r : h) / h - (t - s) * (r + 5.0 / 6 - 2 / (3 * h));
    return -cf_log(1 + b / a * cf_exp(2 * w));
}

/*
 * log x with I_x(a, b) = e^log_u, known to lie below `most`: Newton on log I against t = log x,
 * which is a straight line for small x; halving where it would leave the bracket.
 *
 *   I = front f / a,   d log I / d t = a / (f (1 - x))
 */
static double solve_lower(double a, double b, double log_u, double most)
{
    const struct shape s = shape_of(a, b);
    double low = -750, high = most, t = first_guess(a, b, log_u);
    t = t > high ? high : t;
    if (t < low)
        return t;
    for (int k = 0; k < 100; k++) {
        const double x = cf_exp(t), f = fraction(a, b, x);
        const double away = log_front(&s, x, t) + cf_log(f / a) - log_u;
        if (away > 0)
            high = t;
        else
            low = t;
        double next = t - away * f * (1 - x) / a;
        if (!(next >= low && next <= high))
            next = 0.5 * (low + high);
        const double moved = fabs(next - t);
        t = next;
        if (moved <= 4 * DBL_EPSILON * (1 + fabs(t)))
            break;
    }
    return t;
}

/* From the side on which the fraction converges. */
double cf_beta_quantile(double a, double b, double u)
{
    if (!(u > 0 && u < 1))
        return u == 0 || u == 1 ? u : (double)NAN;
    const double middle = (a + 1) / (a + b + 2), other = (b + 1) / (a + b + 2);
    if (u <= cf_beta_cdf(a, b, middle))
        return cf_exp(solve_lower(a, b, cf_log(u), cf_log(middle)));
    return 1 - cf_exp(solve_lower(b, a, cf_log(1 - u), cf_log(other)));
}
