#include "plan/priorities_parts.h"

#include "base/order.h"
#include "base/text.h"
#include "model/view.h"
#include "plan/smaa.h"

#include <math.h>
#include <stdlib.h>

/*
 * Priorities: in each draw d, score = sum of weight x value over the criteria, value 1 - value of a
 * criterion of which less is more urgent. Ranked by the mean score; beside it how often a gap
 * takes which rank when draws and weights vary (SMAA-2). sim/MODEL.md 9.4.
 */

/* How sure the stated weights are: as if each were 1/8, give or take 4 points. */
static const double concentration = 64;
enum { LEAST_SAMPLES = 10000 }; /* of draws and weights together */
static const double low_share = 0.05, high_share = 0.95;

/* ---- what the file says ---- */

static void weigh(struct cf_priorities *p)
{
    struct cf_sheet *sheet = &p->shortage.sheet;
    const struct cf_results_dim *dim = cf_results_dim(sheet->results, "criterion");
    struct cf_weighing *w = &p->weighing;
    if (!dim || !dim->code || sheet->status != CF_OK) { /* made before there were criteria */
        for (; w->n < CF_N_CRITERIA; w->n++) {
            w->criterion[w->n] = w->n;
            w->sign[w->n] = cf_criteria[w->n].sign;
            w->weight[w->n] = 1.0 / CF_N_CRITERIA;
        }
        return;
    }
    const double *weight = cf_sheet_read(sheet, "criterion_weight", "criterion");
    const double *sign = cf_sheet_read(sheet, "criterion_sign", "criterion");
    double sum = 0;
    for (size_t k = 0; sheet->status == CF_OK && k < dim->n; k++) {
        int criterion = 0;
        while (criterion < CF_N_CRITERIA &&
               !cf_text_same(cf_criteria[criterion].code, dim->code[k]))
            criterion++;
        if (criterion == CF_N_CRITERIA || w->n == CF_N_CRITERIA || !(weight[k] >= 0)) {
            cf_sheet_spoil(sheet, "they weigh criteria that are none");
            return;
        }
        w->criterion[w->n] = criterion;
        w->sign[w->n] = sign[k] < 0 ? -1 : 1;
        w->weight[w->n++] = weight[k];
        sum += weight[k];
    }
    for (int k = 0; k < w->n; k++)
        w->weight[k] = sum > 0 ? w->weight[k] / sum : 1.0 / w->n;
}

static void read_all(struct cf_priorities *p)
{
    struct cf_sheet *sheet = &p->shortage.sheet;
    const char *seed = cf_results_text(sheet->results, "seed");
    double number = 0;
    if (seed && cf_parse_double(seed, &number) && number >= 0 && number < 0x1p63)
        p->seed = (unsigned long long)number;
    cf_sheet_subjects(sheet, 1, &p->lines);
    cf_sheet_reach(sheet, 1, &p->reach);
    cf_sheet_travel(sheet, &p->travel);
    p->group = cf_results_dim(sheet->results, "group");
    p->options = cf_results_dim(sheet->results, "option");
    if (p->options)
        p->option_lead = cf_sheet_read(sheet, "option_lead_years", "option");
    weigh(p);
    if (cf_nothing_offered(sheet))
        return;
    p->usable = cf_sheet_read(sheet, "usable", "run year offer");
    p->enrolled = cf_sheet_read(sheet, "enrolled", "run year offer");
    p->spare = cf_sheet_read(sheet, "spare", "run year offer");
    p->offer_site = cf_sheet_read_indices(sheet, "offer_site", "offer", sheet->J);
    p->offer_line = cf_sheet_read_indices(sheet, "offer_line", "offer", sheet->I);
    if (cf_results_find(sheet->results, "good_share"))
        p->good_share = cf_sheet_read(sheet, "good_share", "run year site");
}

/* ---- who is hit hardest ---- */

/* Of each member and route in each draw, unplaced rate of the group hit hardest over that of all:
 * [D][members][S], and that group. Rates are of the residents from the first coverage age on, in
 * the member's authorities. */
struct hits {
    double *ratio;      /* [D][n_home][S] */
    int *group;         /* [n_home][S] by the means over draws, -1: not known */
    double *people;     /* [n_home][G] */
    unsigned char *has; /* [n_home][H] */
};

/* Which authorities a member has areas in, and the residents of these by group. */
static void count_people(const struct cf_priorities *p, struct hits *hits)
{
    const struct cf_sheet *sheet = &p->shortage.sheet;
    const char *const *of_area = cf_results_attribute(sheet->results, "area", "authority");
    const size_t of_run = (size_t)sheet->G * (size_t)sheet->X;
    int first = 0;
    while (first < sheet->X && !p->reach.counted[first])
        first++;
    for (int m = 0; m < p->shortage.tier.n_home; m++)
        for (int a = 0; a < sheet->A; a++) {
            const int h = cf_find_code(sheet->authority, of_area ? of_area[a] : "");
            if (h >= 0 && p->shortage.tier.of_area[a] == m)
                hits->has[VIEW2(m, h, sheet->H)] = 1;
        }
    for (int a = 0; a < sheet->A; a++) {
        const int h = cf_find_code(sheet->authority, of_area ? of_area[a] : "");
        const double *at = p->reach.population +
                           VIEW3(p->shortage.run, sheet->year[0].y, sheet->Y, a, sheet->A) * of_run;
        for (int m = 0; m < p->shortage.tier.n_home && h >= 0; m++)
            for (int g = 0; g < sheet->G && hits->has[VIEW2(m, h, sheet->H)]; g++)
                for (int x = first; x < sheet->X; x++)
                    hits->people[VIEW2(m, g, sheet->G)] += at[VIEW2(g, x, sheet->X)];
    }
}

/* unplaced: [group] of one draw, member and route. */
static double rate_ratio(const double *unplaced, const double *people, int G, int group)
{
    double all = 0, everybody = 0;
    for (int g = 0; g < G; g++) {
        all += unplaced[g];
        everybody += people[g];
    }
    return unplaced[group] / people[group] / (all / everybody);
}

static void hit_hardest(struct cf_priorities *p, struct hits *hits, const double *value)
{
    const struct cf_shortage *s = &p->shortage;
    const int M = s->tier.n_home, H = s->sheet.H, G = s->sheet.G, S = s->sheet.S;
    double *of = CF_TAKE(&p->shortage.scratch, (size_t)G, double);
    double *mean = CF_TAKE(&p->shortage.scratch, (size_t)G, double);
    for (int m = 0; m < M; m++) {
        for (int r = 0; r < S; r++) {
            for (int g = 0; g < G; g++)
                mean[g] = 0;
            for (int d = 0; d < s->D; d++) {
                double most = (double)NAN;
                for (int g = 0; g < G; g++) {
                    of[g] = 0;
                    for (int h = 0; h < H; h++)
                        if (hits->has[VIEW2(m, h, H)])
                            of[g] += value[VIEW4(d, h, H, g, G, r, S)];
                    mean[g] += of[g];
                }
                for (int g = 0; g < G; g++)
                    most = fmax(most, rate_ratio(of, hits->people + m * G, G, g));
                hits->ratio[VIEW3(d, m, M, r, S)] = most;
            }
            int hardest = -1;
            for (int g = 0; g < G; g++)
                if (mean[g] > 0 &&
                    (hardest < 0 || mean[g] / hits->people[VIEW2(m, g, G)] >
                                        mean[hardest] / hits->people[VIEW2(m, hardest, G)]))
                    hardest = g;
            hits->group[VIEW2(m, r, S)] = hardest;
        }
    }
}

static void find_hits(struct cf_priorities *p, struct hits *hits)
{
    struct cf_shortage *s = &p->shortage;
    const struct cf_results_variable *v = cf_results_find(s->sheet.results, "unplaced_group");
    const size_t M = (size_t)s->tier.n_home, G = (size_t)s->sheet.G, S = (size_t)s->sheet.S;
    const size_t H = (size_t)s->sheet.H, each = H * G * S;
    *hits = (struct hits){CF_TAKE(&s->scratch, (size_t)s->D * M * S, double),
                          CF_TAKE(&s->scratch, M * S, int), CF_TAKE(&s->scratch, M * G, double),
                          CF_TAKE(&s->scratch, M * H, unsigned char)};
    for (size_t k = 0; k < (size_t)s->D * M * S; k++)
        hits->ratio[k] = (double)NAN;
    for (size_t k = 0; k < M * S; k++)
        hits->group[k] = -1;
    if (!v || v->n_dims != 5 || !v->dim[1]->number || v->dim[2]->n != H || v->dim[3]->n != G ||
        v->dim[4]->n != S || !s->sheet.authority)
        return;
    size_t r = 0;
    while (r < v->dim[1]->n && v->dim[1]->number[r] != s->report_year[s->horizon])
        r++;
    if (r == v->dim[1]->n)
        return;
    size_t *at = CF_TAKE(&s->scratch, each, size_t);
    double *value = CF_TAKE(&s->scratch, (size_t)s->D * each, double);
    for (size_t k = 0; k < each; k++)
        at[k] = r * each + k;
    s->sheet.status = cf_shortage_draws(s, v, at, each, value);
    if (s->sheet.status != CF_OK)
        return;
    count_people(p, hits);
    hit_hardest(p, hits, value);
}

/* ---- one run ---- */

/* A gap in a draw. */
static struct cf_gap_draw gap_draw(const struct cf_priorities *p, const struct hits *hits, int d,
                                   int g)
{
    const struct cf_shortage *s = &p->shortage;
    struct cf_gap_draw draw = {0};
    int n_short = 0;
    for (int r = 0; r < s->R; r++) {
        const size_t at = VIEW3(d, r, s->R, g, s->n);
        const int is_short = cf_is_short(s->unplaced_of[at], s->demand_of[at]);
        n_short += is_short;
        if (is_short && draw.first_short == 0)
            draw.first_short = s->report_year[r];
    }
    const size_t at = VIEW3(d, s->horizon, s->R, g, s->n);
    draw.short_share = (double)n_short / s->R;
    draw.unplaced = s->unplaced_of[at];
    draw.demand = s->demand_of[at];
    draw.is_short = cf_is_short(draw.unplaced, draw.demand);
    const int route = p->priority[g].route;
    draw.hardest_hit =
        route < 0 ? (double)NAN
                  : hits->ratio[VIEW3(d, p->priority[g].member, s->tier.n_home, route, s->sheet.S)];
    return draw;
}

/* What the draws say of a gap, and its values x[draw][gap][criterion]. */
static void look_at_draws(struct cf_priorities *p, const struct hits *hits, int g, double *x)
{
    struct cf_shortage *s = &p->shortage;
    struct cf_priority *gap = &p->priority[g];
    const int K = p->weighing.n;
    const size_t D = (size_t)s->D;
    double *unplaced = CF_TAKE(&s->scratch, D, double), *demand = CF_TAKE(&s->scratch, D, double);
    double *first = CF_TAKE(&s->scratch, D, double);
    size_t n_short = 0, n_now = 0;
    for (size_t d = 0; d < D; d++) {
        const struct cf_gap_draw draw = gap_draw(p, hits, (int)d, g);
        unplaced[d] = draw.unplaced;
        demand[d] = draw.demand;
        if (draw.first_short > 0)
            first[n_short++] = draw.first_short;
        n_now += (size_t)draw.is_short;
        gap->hardest_hit += draw.hardest_hit / (double)D;
        for (int k = 0; k < K; k++) {
            const double value = cf_criterion_value(p->weighing.criterion[k], &gap->facts, &draw);
            const double urgent = p->weighing.sign[k] < 0 ? 1 - value : value;
            x[VIEW3(d, g, s->n, k, K)] = urgent;
            gap->value[k] += value / (double)D;
            gap->score += p->weighing.weight[k] * urgent / (double)D;
        }
    }
    gap->short_share = (double)n_now / (double)D;
    cf_sort_numbers(unplaced, D);
    cf_sort_numbers(demand, D);
    cf_sort_numbers(first, n_short);
    gap->unplaced = cf_quantile_of(unplaced, D, 0.5);
    gap->low = cf_quantile_of(unplaced, D, low_share);
    gap->high = cf_quantile_of(unplaced, D, high_share);
    gap->demand = cf_quantile_of(demand, D, 0.5);
    gap->first_short = n_short ? (int)cf_quantile_of(first, n_short, 0.5) : 0;
    if (gap->route >= 0)
        gap->hit_group = hits->group[VIEW2(gap->member, gap->route, s->sheet.S)];
}

/* Acceptabilities, by weights around the stated ones and by any. */
static void accept(struct cf_priorities *p, const double *x)
{
    struct cf_shortage *s = &p->shortage;
    const size_t n = (size_t)s->n, K = (size_t)p->weighing.n;
    struct cf_stream *streams = CF_TAKE(&s->scratch, K, struct cf_stream);
    for (size_t k = 0; k < K; k++)
        streams[k] =
            cf_stream_of(p->seed, cf_arena_format(&s->scratch, "weight of %s",
                                                  cf_criteria[p->weighing.criterion[k]].code));
    for (int any = 1; any >= 0; any--) {
        const struct cf_smaa smaa = {.n_draws = s->D,
                                     .n_alternatives = s->n,
                                     .n_criteria = p->weighing.n,
                                     .x = x,
                                     .weight = p->weighing.weight,
                                     .concentration = any ? 0 : concentration,
                                     .n_weights = (LEAST_SAMPLES + s->D - 1) / s->D,
                                     .streams = streams};
        struct cf_acceptabilities got = {CF_TAKE(&s->scratch, n * n, double),
                                         CF_TAKE(&s->scratch, n * K, double),
                                         CF_TAKE(&s->scratch, n, double)};
        cf_smaa(&smaa, &got);
        for (size_t g = 0; g < n; g++) {
            struct cf_priority *gap = &p->priority[g];
            const double *rank = got.rank + g * n;
            double top = 0;
            for (int r = 0; r < p->top && r < s->n; r++)
                top += rank[r];
            if (any) {
                gap->uniform_first = rank[0];
                gap->uniform_top = top;
                continue;
            }
            gap->first = rank[0];
            gap->top = top;
            gap->confidence = got.confidence[g];
            gap->expected_rank = cf_expected_rank(rank, s->n);
            gap->low_rank = cf_rank_quantile(rank, s->n, low_share);
            gap->high_rank = cf_rank_quantile(rank, s->n, high_share);
            for (size_t k = 0; k < K; k++)
                gap->central[k] = got.central[g * K + k];
        }
    }
}

/* By score, then as lines and members stand. */
static int by_score(const void *a, const void *b)
{
    const struct cf_priority *one = a, *other = b;
    if (one->score != other->score)
        return one->score < other->score ? 1 : -1;
    return one->line != other->line ? one->line - other->line : one->member - other->member;
}

enum cf_status cf_priorities_run(struct cf_priorities *p, int k)
{
    struct cf_shortage *s = &p->shortage;
    struct hits hits;
    enum cf_status status = cf_shortage_read(s, k);
    if (status != CF_OK)
        return status;
    p->priority = CF_TAKE(&s->scratch, (size_t)s->n, struct cf_priority);
    cf_priorities_facts(p);
    find_hits(p, &hits);
    if (s->sheet.status != CF_OK || s->n == 0)
        return s->sheet.status;
    double *x = CF_TAKE(&s->scratch, (size_t)s->D * (size_t)s->n * (size_t)p->weighing.n, double);
    for (int g = 0; g < s->n; g++)
        look_at_draws(p, &hits, g, x);
    cf_priorities_need(p);
    accept(p, x);
    qsort(p->priority, (size_t)s->n, sizeof *p->priority, by_score);
    for (int g = 0; g < s->n; g++)
        p->priority[g].rank = g > 0 && p->priority[g].score == p->priority[g - 1].score
                                  ? p->priority[g - 1].rank
                                  : g + 1;
    return CF_OK;
}

enum cf_status cf_priorities_open(struct cf_priorities *p, struct cf_table *table,
                                  cf_results *results, const struct cf_priorities_query *query,
                                  cf_diag *diag)
{
    *p = (struct cf_priorities){.query = query, .top = query->top > 0 ? query->top : CF_USUAL_TOP};
    cf_shortage_open(&p->shortage, table, results, &query->plan, diag);
    read_all(p);
    return p->shortage.sheet.status;
}
