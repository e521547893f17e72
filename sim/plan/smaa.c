#include "plan/smaa.h"

#include "base/arena.h"
#include "base/normal.h"
#include "base/numeric.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* Purposes of the words of a criterion's stream. */
enum { TRY_GAMMA = 32, BOOST_GAMMA = 33 };
static const double hair = 1e-12; /* sums of shares that should be p are at least p less this */

static void *room_for(size_t n, size_t size)
{
    void *room = calloc(n + 1, size);
    if (!room)
        cf_out_of_memory();
    return room;
}

/* ---- weights ---- */

/*
 * Gamma(shape) by rejection (Marsaglia and Tsang 2000): d v with d = shape - 1/3,
 * v = (1 + z / sqrt(9 d))^3, kept where log u < z^2 / 2 + d - d v + d log v. Below shape 1 it is
 * Gamma(shape + 1) u^(1 / shape).
 */
static double gamma_of(const struct cf_stream *stream, int sample, double shape)
{
    const double d = (shape < 1 ? shape + 1 : shape) - 1.0 / 3, c = 1 / sqrt(9 * d);
    double value = 0;
    for (uint64_t attempt = 0; value <= 0; attempt++) {
        const struct cf_words w = cf_stream_words(stream, sample, TRY_GAMMA, 0, attempt);
        const double z = cf_normal_quantile(cf_share(w.word[0], w.word[1]));
        const double u = cf_share(w.word[2], w.word[3]);
        const double root = 1 + c * z, v = root * root * root;
        if (v > 0 && cf_log(u) < z * z / 2 + d - d * v + d * cf_log(v))
            value = d * v;
    }
    if (shape < 1) {
        const struct cf_words w = cf_stream_words(stream, sample, BOOST_GAMMA, 0, 0);
        value *= cf_exp(cf_log(cf_share(w.word[0], w.word[1])) / shape);
    }
    return value;
}

void cf_smaa_weights(const struct cf_smaa *smaa, int sample, double *weight)
{
    double sum = 0;
    for (int k = 0; k < smaa->n_criteria; k++) {
        const double shape =
            smaa->concentration > 0 ? smaa->concentration * smaa->weight[k] : smaa->weight[k] > 0;
        weight[k] = shape > 0 ? gamma_of(&smaa->streams[k], sample, shape) : 0;
        sum += weight[k];
    }
    for (int k = 0; k < smaa->n_criteria; k++)
        weight[k] = sum > 0 ? weight[k] / sum : smaa->weight[k];
}

/* ---- ranks ---- */

struct scored {
    double score;
    int alternative;
};

static int by_score(const void *a, const void *b)
{
    const double one = ((const struct scored *)a)->score, other = ((const struct scored *)b)->score;
    return (one < other) - (one > other);
}

static double score_of(const struct cf_smaa *smaa, int draw, int alternative, const double *weight)
{
    const double *x =
        smaa->x + ((size_t)draw * (size_t)smaa->n_alternatives + (size_t)alternative) *
                      (size_t)smaa->n_criteria;
    double score = 0;
    for (int k = 0; k < smaa->n_criteria; k++)
        score += weight[k] * x[k];
    return score;
}

/* The alternatives of a draw by score, and what the ranks add to the acceptabilities. */
static void add_ranks(const struct cf_smaa *smaa, int draw, const double *weight,
                      struct scored *scored, struct cf_acceptabilities *into)
{
    const int n = smaa->n_alternatives, K = smaa->n_criteria;
    for (int a = 0; a < n; a++)
        scored[a] = (struct scored){score_of(smaa, draw, a, weight), a};
    qsort(scored, (size_t)n, sizeof *scored, by_score);
    for (int first = 0, end; first < n; first = end) {
        for (end = first + 1; end < n && scored[end].score == scored[first].score;)
            end++;
        const double share = 1.0 / (end - first);
        for (int k = first; k < end; k++)
            for (int r = first; r < end; r++)
                into->rank[(size_t)scored[k].alternative * (size_t)n + (size_t)r] += share;
        for (int k = 0; k < end && first == 0; k++)
            for (int c = 0; c < K; c++)
                into->central[(size_t)scored[k].alternative * (size_t)K + (size_t)c] +=
                    share * weight[c];
    }
}

/* Share of draws in which an alternative is first with these weights. */
static double confidence_of(const struct cf_smaa *smaa, int alternative, const double *weight)
{
    double first = 0;
    for (int d = 0; d < smaa->n_draws; d++) {
        const double own = score_of(smaa, d, alternative, weight);
        int equal = 0, above = 0;
        for (int a = 0; a < smaa->n_alternatives && !above; a++) {
            const double score = score_of(smaa, d, a, weight);
            above = score > own;
            equal += score == own;
        }
        if (!above)
            first += 1.0 / equal;
    }
    return first / smaa->n_draws;
}

void cf_smaa(const struct cf_smaa *smaa, struct cf_acceptabilities *into)
{
    const size_t n = (size_t)smaa->n_alternatives, K = (size_t)smaa->n_criteria;
    const double samples = (double)smaa->n_draws * smaa->n_weights;
    struct scored *scored = room_for(n, sizeof *scored);
    double *weight = room_for(K, sizeof *weight);
    memset(into->rank, 0, n * n * sizeof *into->rank);
    memset(into->central, 0, n * K * sizeof *into->central);
    for (int d = 0; d < smaa->n_draws; d++) {
        for (int w = 0; w < smaa->n_weights; w++) {
            cf_smaa_weights(smaa, d * smaa->n_weights + w, weight);
            add_ranks(smaa, d, weight, scored, into);
        }
    }
    for (size_t a = 0; a < n; a++) {
        const double first = into->rank[a * n];
        for (size_t k = 0; k < K; k++)
            into->central[a * K + k] /= first; /* never first: 0 / 0, undefined */
        into->confidence[a] =
            first > 0 ? confidence_of(smaa, (int)a, into->central + a * K) : (double)NAN;
        for (size_t r = 0; r < n; r++)
            into->rank[a * n + r] /= samples;
    }
    free(weight);
    free(scored);
}

double cf_expected_rank(const double *acceptability, int n_alternatives)
{
    double sum = 0;
    for (int r = 0; r < n_alternatives; r++)
        sum += (r + 1) * acceptability[r];
    return sum;
}

int cf_rank_quantile(const double *acceptability, int n_alternatives, double p)
{
    double sum = 0;
    for (int r = 0; r < n_alternatives; r++) {
        sum += acceptability[r];
        if (sum >= p - hair)
            return r + 1;
    }
    return n_alternatives;
}
