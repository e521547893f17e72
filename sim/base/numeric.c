#include "base/numeric.h"

#include <float.h>
#include <math.h>
#include <stdint.h>
#include <string.h>

#ifdef __FAST_MATH__
#error "the bits of exp and log depend on the order written here"
#endif
_Static_assert(FLT_EVAL_METHOD == 0, "doubles are computed as doubles");

/* ln 2 in two parts. The first ends in enough zero bits that its product with any exponent of a
 * double is exact. */
static const double ln_2_high = 0x1.62e42feep-1, ln_2_low = 0x1.a39ef35793c76p-33;

/* 2^k for a k whose power is a normal number. */
static double two_to(int k)
{
    uint64_t bits = (uint64_t)(k + DBL_MAX_EXP - 1) << (DBL_MANT_DIG - 1);
    double power;
    memcpy(&power, &bits, sizeof power);
    return power;
}

/*
 * exp(x) = 2^k exp(r), x = k ln 2 + r, |r| <= ln 2 / 2
 *
 * r is kept in two parts, r + rest. exp(r) is its Taylor series, whose first two terms are added
 * without loss: 1 + r = sum + left exactly. The error is that of the last addition, half an ulp,
 * and of the terms from r^2 / 2 on, less than a tenth of the whole.
 */
double cf_exp(double x)
{
    if (isnan(x))
        return x;
    if (x > 709.79)
        return (double)INFINITY;
    if (x < -745.2)
        return 0;
    static const double one_over_ln_2 = 0x1.71547652b82fep+0;
    int k = (int)(x * one_over_ln_2 + (x < 0 ? -0.5 : 0.5));
    double high = x - k * ln_2_high;
    double low = k * ln_2_low;
    double r = high - low;
    double rest = (high - r) - low;

    /* 1/n! from n = 14 down to 2: the next would be under 2^-63. */
    static const double over_factorial[] = {
        1.0 / 87178291200, 1.0 / 6227020800, 1.0 / 479001600, 1.0 / 39916800, 1.0 / 3628800,
        1.0 / 362880,      1.0 / 40320,      1.0 / 5040,      1.0 / 720,      1.0 / 120,
        1.0 / 24,          1.0 / 6,          1.0 / 2};
    double series = over_factorial[0];
    for (int i = 1; i < 13; i++)
        series = series * r + over_factorial[i];
    double sum = 1 + r;
    double left = r - (sum - 1);
    double value = sum + (left + (r * r * series + rest * sum));

    /* In two steps where 2^k is no normal number; only the last one rounds. */
    if (k > DBL_MAX_EXP - 1)
        return value * two_to(k - 1) * 2;
    if (k < DBL_MIN_EXP - 1)
        return value * two_to(k + 64) * two_to(-64);
    return value * two_to(k);
}

/*
 * log(x) = k ln 2 + log(1 + f), x = 2^k (1 + f), 1 + f from sqrt(1/2) to sqrt(2)
 *
 *   log(1 + f) = 2 artanh(s) = 2s + s R      s = f / (2 + f)
 *   R = 2/3 s^2 + 2/5 s^4 + ...
 *   2s = f - s f = f - f^2/2 + s f^2/2, so that f, which is exact, is the term that counts
 */
double cf_log(double x)
{
    if (isnan(x))
        return x;
    if (x == 0)
        return -(double)INFINITY;
    if (x < 0)
        return (double)NAN;
    if (isinf(x))
        return x;
    int k = 0;
    if (x < DBL_MIN) {
        k = -DBL_MANT_DIG;
        x *= two_to(DBL_MANT_DIG);
    }
    uint64_t bits;
    memcpy(&bits, &x, sizeof bits);
    k += (int)(bits >> (DBL_MANT_DIG - 1)) - (DBL_MAX_EXP - 1);
    const uint64_t fraction = ((uint64_t)1 << (DBL_MANT_DIG - 1)) - 1;
    bits = (bits & fraction) | ((uint64_t)(DBL_MAX_EXP - 1) << (DBL_MANT_DIG - 1));
    double part;
    memcpy(&part, &bits, sizeof part);
    if (part > 0x1.6a09e667f3bcdp+0) { /* sqrt(2) */
        part *= 0.5;
        k++;
    }

    /* 2/(2n+1) from n = 12 down to 1: the next would be under 2^-64. */
    static const double two_over_odd[] = {2.0 / 25, 2.0 / 23, 2.0 / 21, 2.0 / 19,
                                          2.0 / 17, 2.0 / 15, 2.0 / 13, 2.0 / 11,
                                          2.0 / 9,  2.0 / 7,  2.0 / 5,  2.0 / 3};
    double f = part - 1;
    double s = f / (2 + f);
    double z = s * s;
    double series = two_over_odd[0];
    for (int i = 1; i < 12; i++)
        series = series * z + two_over_odd[i];
    double half_square = 0.5 * f * f;
    double beyond = s * (half_square + z * series);
    return k * ln_2_high - ((half_square - (beyond + k * ln_2_low)) - f);
}
