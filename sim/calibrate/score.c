#include "calibrate/score.h"

#include "base/order.h"
#include "base/rng.h"

#include <math.h>
#include <string.h>

/* Normal quantile of 0.975. */
static const double z_95 = 1.959963984540054;

static double ratio(double of, double to)
{
    return to > 0 ? of / to : (double)NAN;
}

double cf_score_mape(const struct cf_scored *cell, size_t n)
{
    double sum = 0, count = 0;
    for (size_t k = 0; k < n; k++) {
        if (cell[k].outturn == 0)
            continue;
        sum += fabs((cell[k].forecast - cell[k].outturn) / cell[k].outturn);
        count++;
    }
    return ratio(sum, count);
}

double cf_score_wape(const struct cf_scored *cell, size_t n)
{
    double error = 0, size = 0;
    for (size_t k = 0; k < n; k++) {
        error += fabs(cell[k].forecast - cell[k].outturn);
        size += fabs(cell[k].outturn);
    }
    return ratio(error, size);
}

double cf_score_signed(const struct cf_scored *cell, size_t n)
{
    double sum = 0, count = 0;
    for (size_t k = 0; k < n; k++) {
        if (cell[k].outturn == 0)
            continue;
        sum += (cell[k].forecast - cell[k].outturn) / fabs(cell[k].outturn);
        count++;
    }
    return ratio(sum, count);
}

double cf_score_mae(const struct cf_scored *cell, size_t n)
{
    double sum = 0;
    for (size_t k = 0; k < n; k++)
        sum += fabs(cell[k].forecast - cell[k].outturn);
    return ratio(sum, (double)n);
}

double cf_score_skill(double mae, double mae_of_other)
{
    return 1 - ratio(mae, mae_of_other);
}

/*
 * Wilson: the shares p with |k/n - p| <= z sqrt(p (1 - p) / n).
 */
struct cf_cover cf_score_share(size_t inside, size_t n)
{
    struct cf_cover c = {inside, n, (double)NAN, (double)NAN, (double)NAN};
    if (n == 0)
        return c;
    const double m = (double)n, p = (double)inside / m, z2 = z_95 * z_95;
    const double middle = (p + z2 / (2 * m)) / (1 + z2 / m);
    const double half = z_95 / (1 + z2 / m) * sqrt(p * (1 - p) / m + z2 / (4 * m * m));
    c.share = p;
    c.low = inside == 0 ? 0 : fmax(0, middle - half);
    c.high = inside == n ? 1 : fmin(1, middle + half);
    return c;
}

struct cf_cover cf_score_cover(const struct cf_scored *cell, size_t n, double share)
{
    size_t inside = 0, count = 0;
    for (size_t k = 0; k < n; k++) {
        if (cell[k].n_draws == 0)
            continue;
        const double low = cf_quantile_of(cell[k].draw, cell[k].n_draws, (1 - share) / 2);
        const double high = cf_quantile_of(cell[k].draw, cell[k].n_draws, (1 + share) / 2);
        inside += cell[k].outturn >= low && cell[k].outturn <= high;
        count++;
    }
    return cf_score_share(inside, count);
}

/*
 * Of ascending draws the double sum is 2 sum over i of x[i] (2 i - m + 1), i from 0; it is taken of
 * distances to the outturn, so that nothing large is subtracted from something large.
 */
double cf_score_crps_of(const double *ascending, size_t n_draws, double outturn)
{
    const double m = (double)n_draws;
    double apart = 0, among = 0;
    if (n_draws == 0)
        return (double)NAN;
    for (size_t i = 0; i < n_draws; i++) {
        const double d = ascending[i] - outturn;
        apart += fabs(d);
        among += d * (2 * (double)i - m + 1);
    }
    return apart / m - among / (m * m);
}

double cf_score_crps(const struct cf_scored *cell, size_t n)
{
    double sum = 0, count = 0;
    for (size_t k = 0; k < n; k++) {
        if (cell[k].n_draws == 0)
            continue;
        sum += cf_score_crps_of(cell[k].draw, cell[k].n_draws, cell[k].outturn);
        count++;
    }
    return ratio(sum, count);
}

double cf_score_pit(const struct cf_scored *cell, uint64_t seed, size_t number)
{
    const struct cf_stream stream = cf_stream_of(seed, "where the outturn fell");
    const struct cf_words w = cf_stream_words(&stream, 0, 0, 0, number);
    double below = 0, equal = 0;
    for (size_t i = 0; i < cell->n_draws; i++) {
        below += cell->draw[i] < cell->outturn;
        equal += cell->draw[i] == cell->outturn;
    }
    return (below + cf_share(w.word[0], w.word[1]) * (equal + 1)) / ((double)cell->n_draws + 1);
}

void cf_score_pit_histogram(const struct cf_scored *cell, size_t n, uint64_t seed, size_t n_bins,
                            size_t *count)
{
    memset(count, 0, n_bins * sizeof *count);
    for (size_t k = 0; k < n; k++) {
        if (cell[k].n_draws == 0)
            continue;
        const size_t bin = (size_t)(cf_score_pit(&cell[k], seed, k) * (double)n_bins);
        count[bin < n_bins ? bin : n_bins - 1]++;
    }
}
