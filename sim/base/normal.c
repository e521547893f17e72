#include "base/normal.h"

#include "base/numeric.h"

#include <math.h>

/* c[n-1] + c[n-2] x + ... + c[0] x^(n-1): highest power first. */
static double polynomial(const double *c, int n, double x)
{
    double sum = c[0];
    for (int k = 1; k < n; k++)
        sum = sum * x + c[k];
    return sum;
}
#define POLYNOMIAL(c, x) polynomial(c, (int)(sizeof(c) / sizeof *(c)), x)

/* exp(-z^2/2) with z^2 in two parts, the first of them exact: else its rounding alone would move
 * the result by z^2 units of the last place. */
static double bell(double z)
{
    const double coarse = floor(z * 16) / 16;
    return cf_exp(-coarse * coarse * 0.5) * cf_exp(-(z - coarse) * (z + coarse) * 0.5);
}

/*
 * Rational approximations of W. J. Cody (1969), Math. Comp. 23, 631-637, in the form for the normal
 * distribution of his ANORM (SPECFUN):
 *
 *   |z| <= 0.66291   1/2 + z R(z^2)
 *   to sqrt(32)      exp(-z^2/2) R(|z|)                            of the tail beyond |z|
 *   above            exp(-z^2/2) (1/sqrt(2 pi) - R(1/z^2)/z^2) / |z|
 */
static double tail_beyond(double z)
{
    if (z <= 5.656854249492380) {
        static const double above[] = {
            1.0765576773720192317e-8, 0.39894151208813466764, 8.8831497943883759412,
            93.506656132177855979,    597.27027639480026226,  2494.5375852903726711,
            6848.1904505362823326,    11602.651437647350124,  9842.7148383839780218};
        static const double below[] = {1,
                                       22.266688044328115691,
                                       235.38790178262499861,
                                       1519.377599407554805,
                                       6485.558298266760755,
                                       18615.571640885098091,
                                       34900.952721145977266,
                                       38912.003286093271411,
                                       19685.429676859990727};
        return bell(z) * (POLYNOMIAL(above, z) / POLYNOMIAL(below, z));
    }
    static const double above[] = {0.02307344176494017303,  0.21589853405795699,
                                   0.1274011611602473639,   0.022235277870649807,
                                   0.001421619193227893466, 2.9112874951168792e-5};
    static const double below[] = {1,
                                   1.28426009614491121,
                                   0.468238212480865118,
                                   0.0659881378689285515,
                                   0.00378239633202758244,
                                   7.29751555083966205e-5};
    const double inverse = 1 / (z * z);
    const double ratio = inverse * POLYNOMIAL(above, inverse) / POLYNOMIAL(below, inverse);
    return bell(z) * ((0.39894228040143267794 - ratio) / z);
}

double cf_normal_cdf(double z)
{
    static const double above[] = {0.065682337918207449113, 2.2352520354606839287,
                                   161.02823106855587881, 1067.6894854603709582,
                                   18154.981253343561249};
    static const double below[] = {1, 47.20258190468824187, 976.09855173777669322,
                                   10260.932208618978205, 45507.789335026729956};
    if (isnan(z))
        return z;
    const double far = fabs(z);
    if (far <= 0.66291)
        return 0.5 + z * (POLYNOMIAL(above, z * z) / POLYNOMIAL(below, z * z));
    const double tail = far > 40 ? 0 : tail_beyond(far);
    return z < 0 ? tail : 1 - tail;
}

/*
 * M. J. Wichura (1988), Algorithm AS 241, PPND16: rational in q^2 within 0.425 of the median, in
 * r = sqrt(-log of the tail) beyond, with another pair of polynomials where the tail is under
 * e^-25.
 */
double cf_normal_quantile(double u)
{
    static const double near_above[] = {
        2509.0809287301226727, 33430.575583588128105, 67265.770927008700853, 45921.953931549871457,
        13731.693765509461125, 1971.5909503065514427, 133.14166789178437745, 3.387132872796366608};
    static const double near_below[] = {
        5226.495278852854561,  28729.085735721942674, 39307.89580009271061,  21213.794301586595867,
        5394.1960214247511077, 687.1870074920579083,  42.313330701600911252, 1};
    static const double tail_above[] = {7.7454501427834140764e-4, 0.0227238449892691845833,
                                        0.24178072517745061177,   1.27045825245236838258,
                                        3.64784832476320460504,   5.7694972214606914055,
                                        4.6303378461565452959,    1.42343711074968357734};
    static const double tail_below[] = {1.05075007164441684324e-9, 5.475938084995344946e-4,
                                        0.0151986665636164571966,  0.14810397642748007459,
                                        0.68976733498510000455,    1.6763848301838038494,
                                        2.05319162663775882187,    1};
    static const double far_above[] = {2.01033439929228813265e-7, 2.71155556874348757815e-5,
                                       0.0012426609473880784386,  0.026532189526576123093,
                                       0.29656057182850489123,    1.7848265399172913358,
                                       5.4637849111641143699,     6.6579046435011037772};
    static const double far_below[] = {2.04426310338993978564e-15, 1.4215117583164458887e-7,
                                       1.8463183175100546818e-5,   7.868691311456132591e-4,
                                       0.0148753612908506148525,   0.13692988092273580531,
                                       0.59983220655588793769,     1};
    if (!(u > 0 && u < 1))
        return u == 0 ? -(double)INFINITY : u == 1 ? (double)INFINITY : (double)NAN;
    const double q = u - 0.5;
    if (fabs(q) <= 0.425) {
        const double r = 0.180625 - q * q;
        return q * (POLYNOMIAL(near_above, r) / POLYNOMIAL(near_below, r));
    }
    const double r = sqrt(-cf_log(q < 0 ? u : 1 - u));
    const double z = r <= 5 ? POLYNOMIAL(tail_above, r - 1.6) / POLYNOMIAL(tail_below, r - 1.6)
                            : POLYNOMIAL(far_above, r - 5) / POLYNOMIAL(far_below, r - 5);
    return q < 0 ? -z : z;
}
