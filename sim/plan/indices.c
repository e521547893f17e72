#include "plan/indices.h"

#include "base/arena.h"
#include "base/order.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { RESAMPLE = 16 };           /* purpose of the words of the stream */
static const double tail = 0.025; /* of resampled indices that the interval leaves out, each side */
/* Values that differ by less than this share of their size do not vary. */
static const double flat = 1e-12;

static void *room_for(size_t n, size_t size)
{
    void *room = calloc(n + 1, size);
    if (!room)
        cf_out_of_memory();
    return room;
}

/* ---- morris ---- */

struct cf_morris cf_morris_of(const double *effect, int n_trajectories)
{
    struct cf_morris m = {.mu_star = (double)NAN, .mu = (double)NAN, .sigma = (double)NAN};
    double sum = 0, size = 0, square = 0;
    for (int t = 0; t < n_trajectories; t++) {
        if (isnan(effect[t]))
            continue;
        m.n++;
        sum += effect[t];
        size += fabs(effect[t]);
    }
    if (m.n == 0)
        return m;
    m.mu = sum / m.n;
    m.mu_star = size / m.n;
    for (int t = 0; t < n_trajectories; t++)
        if (!isnan(effect[t]))
            square += (effect[t] - m.mu) * (effect[t] - m.mu);
    if (m.n > 1)
        m.sigma = sqrt(square / (m.n - 1));
    return m;
}

/* ---- saltelli ---- */

/* One result: its rows, where it lies and whether it varies. */
struct result {
    const double *y;
    double centre;
    int n_used, varies;
    unsigned char *used; /* [n_rows] */
};

static void look_at(const struct cf_saltelli *of, int r, struct result *result)
{
    const int each = of->n_entries + 2;
    double least = (double)INFINITY, most = -(double)INFINITY, sum = 0;
    result->y = of->y + (size_t)r * (size_t)of->n_rows * (size_t)each;
    result->n_used = 0;
    for (int j = 0; j < of->n_rows; j++) {
        const double *row = result->y + (size_t)j * (size_t)each;
        int whole = 1;
        for (int c = 0; c < each; c++)
            whole &= !isnan(row[c]);
        result->used[j] = whole != 0;
        if (!whole)
            continue;
        result->n_used++;
        sum += row[0] + row[each - 1];
        for (int c = 0; c < each; c++) {
            least = fmin(least, row[c]);
            most = fmax(most, row[c]);
        }
    }
    result->centre = sum / (2.0 * result->n_used);
    result->varies = result->n_used > 1 && most - least > flat * fmax(fabs(least), fabs(most));
}

/* The indices of one result where row j is there times[j] times: index[i], index[k + i] for the
 * total order. */
static void estimate(const struct cf_saltelli *of, const struct result *result,
                     const unsigned char *times, double *index)
{
    const int k = of->n_entries, each = k + 2;
    double n = 0, sum = 0, square = 0;
    for (int i = 0; i < 2 * k; i++)
        index[i] = 0;
    for (int j = 0; j < of->n_rows; j++) {
        if (!result->used[j] || !times[j])
            continue;
        const double *row = result->y + (size_t)j * (size_t)each, weight = times[j];
        const double a = row[0] - result->centre, b = row[k + 1] - result->centre;
        n += weight;
        sum += weight * (a + b);
        square += weight * (a * a + b * b);
        for (int i = 0; i < k; i++) {
            const double moved = row[1 + i] - row[0];
            index[i] += weight * (b * moved);
            index[k + i] += weight * (moved * moved);
        }
    }
    const double mean = sum / (2 * n), variance = square / (2 * n) - mean * mean;
    for (int i = 0; i < k; i++) {
        index[i] = variance > 0 ? index[i] / n / variance : (double)NAN;
        index[k + i] = variance > 0 ? index[k + i] / (2 * n) / variance : (double)NAN;
    }
}

/* How often each row is there in resample b. */
static void resample(const struct cf_saltelli *of, int b, unsigned char *times)
{
    const int n = of->n_rows;
    memset(times, 0, (size_t)n);
    for (int j = 0; j < n; j += 4) {
        const struct cf_words words = cf_stream_words(of->stream, b + 1, RESAMPLE, 0, (uint64_t)j);
        for (int w = 0; w < 4 && j + w < n; w++) {
            const size_t at = (size_t)(((uint64_t)words.word[w] * (uint64_t)n) >> 32);
            times[at] = (unsigned char)(times[at] + (times[at] < 255));
        }
    }
}

/* The part of the estimates, of every resample, that lies between the tails. */
static void set_interval(struct cf_index *index, const double *estimates, size_t step)
{
    double value[CF_RESAMPLES];
    size_t n = 0;
    for (size_t b = 0; b < CF_RESAMPLES; b++)
        if (!isnan(estimates[b * step]))
            value[n++] = estimates[b * step];
    cf_sort_numbers(value, n);
    index->low = n ? cf_quantile_of(value, n, tail) : (double)NAN;
    index->high = n ? cf_quantile_of(value, n, 1 - tail) : (double)NAN;
}

size_t cf_saltelli_bytes(int n_entries)
{
    return CF_RESAMPLES * 2 * (size_t)n_entries * sizeof(double);
}

static void set_indices(const struct cf_saltelli *of, const struct result *result,
                        const unsigned char *once, const double *resampled, struct cf_index *first,
                        struct cf_index *total)
{
    const size_t k = (size_t)of->n_entries;
    const struct cf_index none = {(double)NAN, (double)NAN, (double)NAN};
    double *index = room_for(2 * k, sizeof *index);
    if (result->varies)
        estimate(of, result, once, index);
    for (size_t i = 0; i < k; i++) {
        first[i] = total[i] = none;
        if (!result->varies)
            continue;
        first[i].value = index[i];
        total[i].value = index[k + i];
        set_interval(&first[i], resampled + i, 2 * k);
        set_interval(&total[i], resampled + k + i, 2 * k);
    }
    free(index);
}

void cf_saltelli_indices(const struct cf_saltelli *of, struct cf_index *first,
                         struct cf_index *total, int *n_used)
{
    const size_t n = (size_t)of->n_results, rows = (size_t)of->n_rows, k = (size_t)of->n_entries;
    struct result *result = room_for(n, sizeof *result);
    unsigned char *used = room_for(n * rows, 1), *times = room_for(rows, 1);
    double *resampled = room_for(n * CF_RESAMPLES * 2 * k, sizeof *resampled);
    for (size_t r = 0; r < n; r++) {
        result[r].used = used + r * rows;
        look_at(of, (int)r, &result[r]);
        n_used[r] = result[r].n_used;
    }
    for (size_t b = 0; b < CF_RESAMPLES; b++) {
        resample(of, (int)b, times);
        for (size_t r = 0; r < n; r++)
            if (result[r].varies)
                estimate(of, &result[r], times, resampled + (r * CF_RESAMPLES + b) * 2 * k);
    }
    memset(times, 1, rows);
    for (size_t r = 0; r < n; r++)
        set_indices(of, &result[r], times, resampled + r * CF_RESAMPLES * 2 * k, first + r * k,
                    total + r * k);
    free(resampled);
    free(times);
    free(used);
    free(result);
}
