/*
 * Level 2 and 3 by 19 of later cohorts, by authority: what was projected from those known by a base
 * year, and how far that was off, beside no change and each authority's own linear trend.
 *
 *   attainment project FILE.csv BASE LAST > projection.csv      reads no cohort after BASE
 *   attainment score   FILE.csv BASE projection.csv             scores the cohorts that there are
 *
 * FILE.csv is the Department for Education's table by cohort and authority (column sen: its rows
 * ALL). The projection is area,year,level,quantile,value in per cent. What was chosen, and what of
 * it is known from earlier origins, goes to standard error. sim/MODEL.md 11.4.
 */
#include "base/names.h"
#include "base/normal.h"
#include "base/numeric.h"
#include "base/text.h"
#include "calibrate/cohort_trend.h"
#include "calibrate/score.h"
#include "input/csv.h"
#include "model/view.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { L2, L3, N_LEVELS };
static const char *const level_name[N_LEVELS] = {"l2", "l3"};
static const char *const count_column[N_LEVELS] = {"l2_by19", "l3_by19"};

enum { CENTRAL, N_QUANTILES = 6 };
static const char *const quantile_name[N_QUANTILES] = {"central", "0.1",  "0.25",
                                                       "0.5",     "0.75", "0.9"};
static const double quantile[N_QUANTILES] = {0.5, 0.1, 0.25, 0.5, 0.75, 0.9};

/* Numbers of the table by authority and cohort, first .. last; NaN where it has none. */
struct table {
    struct cf_arena arena;
    struct cf_names area;
    int first, last, n;
    double *persons, *with[N_LEVELS]; /* [area][cohort] */
};

_Noreturn static void stop(cf_diag *diag, const char *text)
{
    cf_diag_print(diag, stderr, CF_WARNING, 20, 0);
    fprintf(stderr, "attainment: %s\n", text);
    exit(CF_BAD_INPUT);
}

static double number_at(const struct cf_csv *csv, int row, const char *column)
{
    double value = (double)NAN;
    const int c = cf_csv_column(csv, column);
    return c >= 0 && cf_parse_double(cf_csv_cell(csv, row, c), &value) ? value : (double)NAN;
}

static void read_csv(struct cf_arena *arena, const char *path, struct cf_csv *csv)
{
    cf_diag *diag = cf_diag_open();
    if (cf_csv_read(arena, path, csv, diag) != CF_OK)
        stop(diag, "the file cannot be read");
    cf_diag_close(diag);
}

/* Rows of the authorities that have a cohort 19 in `base`; none after `last` is looked at. */
static void read_table(struct table *t, const char *path, int first, int base, int last)
{
    static const char *const needed[] = {"cohort_19_in",        "la_code_9", "sen",
                                         "number_in_ss_cohort", "l2_by19",   "l3_by19"};
    struct cf_csv csv = {0};
    cf_arena_init(&t->arena);
    cf_names_init(&t->area, &t->arena);
    read_csv(&t->arena, path, &csv);
    for (size_t k = 0; k < sizeof needed / sizeof *needed; k++)
        if (cf_csv_column(&csv, needed[k]) < 0)
            stop(NULL, "it is not the table by cohort and authority");
    const int code = cf_csv_column(&csv, "la_code_9"), sen = cf_csv_column(&csv, "sen");
    for (int pass = 0; pass < 2; pass++) {
        if (pass == 1) {
            t->first = first;
            t->last = last;
            t->n = last - first + 1;
            const size_t n = (size_t)t->area.n * (size_t)t->n;
            t->persons = CF_TAKE(&t->arena, n, double);
            for (int l = 0; l < N_LEVELS; l++)
                t->with[l] = CF_TAKE(&t->arena, n, double);
            for (size_t k = 0; k < n; k++)
                t->persons[k] = t->with[L2][k] = t->with[L3][k] = (double)NAN;
        }
        for (int row = 0; row < csv.n_rows; row++) {
            const char *area = cf_csv_cell(&csv, row, code);
            const int year = (int)number_at(&csv, row, "cohort_19_in");
            if (cf_text_same(area, "ALL") || !cf_text_same(cf_csv_cell(&csv, row, sen), "ALL"))
                continue;
            if (pass == 0 && year == base)
                cf_names_add(&t->area, area);
            const int a = cf_names_find(&t->area, area);
            if (pass == 0 || a < 0 || year < first || year > last)
                continue;
            const size_t k = VIEW2(a, year - first, t->n);
            t->persons[k] = number_at(&csv, row, "number_in_ss_cohort");
            for (int l = 0; l < N_LEVELS; l++)
                t->with[l][k] = number_at(&csv, row, count_column[l]);
        }
    }
}

/* Shares that are never 0 or 1: half a person has the level and half has not. */
static void take_cohorts(struct table *t, int level, struct cf_cohorts *c)
{
    const size_t n = (size_t)t->area.n * (size_t)t->n;
    double *share = CF_TAKE(&t->arena, n, double);
    for (size_t k = 0; k < n; k++) {
        share[k] = (t->with[level][k] + 0.5) / (t->persons[k] + 1);
        if (isnan(share[k]))
            stop(NULL, "an authority has no figure for a cohort up to the base");
    }
    *c = (struct cf_cohorts){t->area.n, t->n, share, t->persons};
}

/* ---- project ---- */

static void print_level(const struct table *t, const struct cf_cohorts *c, int level,
                        const struct cf_cohort_method *method, int horizon)
{
    double sd[horizon], national[horizon];
    double *z = malloc((size_t)c->n_areas * (size_t)horizon * sizeof *z);
    if (!z)
        cf_out_of_memory();
    cf_cohort_project(c, method, c->n_cohorts - 1, horizon, z, national);
    cf_cohort_spread(c, method, horizon, sd);
    for (int a = 0; a < c->n_areas; a++)
        for (int h = 0; h < horizon; h++)
            for (int q = 0; q < N_QUANTILES; q++)
                printf("%s,%d,%s,%s,%.4f\n", t->area.name[a], t->last + 1 + h, level_name[level],
                       quantile_name[q],
                       100 / (1 + cf_exp(-z[VIEW2(a, h, horizon)] -
                                         cf_normal_quantile(quantile[q]) * sd[h])));
    free(z);
}

static int project(const char *path, int first, int base, int last)
{
    struct table t = {0};
    struct cf_cohorts level[N_LEVELS];
    double error;
    int tried;
    read_table(&t, path, first, base, base);
    for (int l = 0; l < N_LEVELS; l++)
        take_cohorts(&t, l, &level[l]);
    const struct cf_cohort_method m = cf_cohort_choose(level, N_LEVELS, &error, &tried);
    fprintf(stderr,
            "chosen of %d on origins %d to %d: cohorts %d, weight %g, damping %g, own %g, back %g; "
            "mean absolute error there %.2f points\n",
            tried, base - 3, base - 1, m.cohorts, m.weight, m.damping, m.own, m.back, 100 * error);
    puts("area,year,level,quantile,value");
    for (int l = 0; l < N_LEVELS; l++)
        print_level(&t, &level[l], l, &m, last - base);
    cf_arena_free(&t.arena);
    return 0;
}

/* ---- score ---- */

/* The projection by authority, year from base + 1 on, level and quantile; NaN where it has none. */
static double *read_projection(struct table *t, const char *path, int base)
{
    struct cf_csv csv = {0};
    read_csv(&t->arena, path, &csv);
    const size_t n = (size_t)t->area.n * (size_t)(t->last - base) * N_LEVELS * N_QUANTILES;
    double *value = CF_TAKE(&t->arena, n, double);
    for (size_t k = 0; k < n; k++)
        value[k] = (double)NAN;
    for (int row = 0; row < csv.n_rows; row++) {
        const int a = cf_names_find(&t->area, cf_csv_cell(&csv, row, 0));
        const int h = (int)number_at(&csv, row, "year") - base - 1;
        for (int l = 0; l < N_LEVELS && a >= 0 && h >= 0 && h < t->last - base; l++)
            for (int q = 0; q < N_QUANTILES; q++)
                if (cf_text_same(cf_csv_cell(&csv, row, 2), level_name[l]) &&
                    cf_text_same(cf_csv_cell(&csv, row, 3), quantile_name[q]))
                    value[VIEW4(a, h, t->last - base, l, N_LEVELS, q, N_QUANTILES)] =
                        number_at(&csv, row, "value");
    }
    return value;
}

static double per_cent(const struct table *t, int level, int a, int year)
{
    const size_t k = VIEW2(a, year - t->first, t->n);
    return 100 * t->with[level][k] / t->persons[k];
}

/* Each authority's own line of least squares, in per cent. */
static double linear(const struct table *t, int level, int a, int base, int year)
{
    const double middle = 0.5 * (t->first + base);
    double mean = 0, above = 0, below = 0;
    for (int y = t->first; y <= base; y++)
        mean += per_cent(t, level, a, y) / (base - t->first + 1);
    for (int y = t->first; y <= base; y++) {
        above += (y - middle) * per_cent(t, level, a, y);
        below += (y - middle) * (y - middle);
    }
    return mean + above / below * (year - middle);
}

/* What is added up over authorities, and years. */
struct tally {
    size_t n, in_half, in_most, missing;
    struct cf_scored *ours, *same, *line;
};

static void tally_year(struct table *t, struct tally *s, const double *value, int level, int base,
                       int year)
{
    for (int a = 0; a < t->area.n; a++) {
        const double came = per_cent(t, level, a, year);
        const double *v =
            value + VIEW4(a, year - base - 1, t->last - base, level, N_LEVELS, 0, N_QUANTILES);
        if (isnan(came))
            continue;
        if (isnan(v[CENTRAL])) {
            s->missing++;
            continue;
        }
        s->in_most += came >= v[1] && came <= v[5];
        s->in_half += came >= v[2] && came <= v[4];
        s->ours[s->n] = (struct cf_scored){.outturn = came, .forecast = v[CENTRAL]};
        s->same[s->n] =
            (struct cf_scored){.outturn = came, .forecast = per_cent(t, level, a, base)};
        s->line[s->n++] =
            (struct cf_scored){.outturn = came, .forecast = linear(t, level, a, base, year)};
    }
}

static void print_tally(const struct tally *s, const char *level, const char *years)
{
    const struct cf_cover half = cf_score_share(s->in_half, s->n);
    const struct cf_cover most = cf_score_share(s->in_most, s->n);
    double sum = 0;
    for (size_t k = 0; k < s->n; k++)
        sum += s->ours[k].forecast - s->ours[k].outturn;
    if (s->n == 0)
        return;
    printf("%s,%s,%zu,%zu,%.3f,%.3f,%.3f,%.3f,%.3f,%.3f,%.3f,%.3f\n", level, years, s->n,
           s->missing, cf_score_mae(s->ours, s->n), sum / (double)s->n, cf_score_mae(s->same, s->n),
           cf_score_mae(s->line, s->n), half.share, most.share, most.low, most.high);
}

static void print_years(struct table *t, const double *value, int level, int base, int from, int to)
{
    char years[32];
    const size_t n = (size_t)t->area.n * (size_t)(to - from + 1);
    struct tally s = {.ours = CF_TAKE(&t->arena, n, struct cf_scored),
                      .same = CF_TAKE(&t->arena, n, struct cf_scored),
                      .line = CF_TAKE(&t->arena, n, struct cf_scored)};
    for (int year = from; year <= to; year++)
        tally_year(t, &s, value, level, base, year);
    snprintf(years, sizeof years, from == to ? "%d" : "%d-%d", from, to);
    print_tally(&s, level_name[level], years);
}

static int score(const char *path, int first, int base, const char *projection, int last)
{
    struct table t = {0};
    read_table(&t, path, first, base, last);
    const double *value = read_projection(&t, projection, base);
    puts("level,year,authorities,missing,points,signed,no_change,linear,in_50,in_80,in_80_low,"
         "in_80_high");
    for (int l = 0; l < N_LEVELS; l++) {
        for (int year = base + 1; year <= last; year++)
            print_years(&t, value, l, base, year, year);
        print_years(&t, value, l, base, base + 1, base + 3 < last ? base + 3 : last);
        print_years(&t, value, l, base, base + 1, last);
    }
    cf_arena_free(&t.arena);
    return 0;
}

int main(int argc, char **argv)
{
    enum { FIRST = 2005, LAST = 2022 };
    int base, last;
    if (argc == 5 && cf_parse_int(argv[3], &base) && base >= FIRST + 2 && base < LAST) {
        if (cf_text_same(argv[1], "project") && cf_parse_int(argv[4], &last) && last > base)
            return project(argv[2], FIRST, base, last);
        if (cf_text_same(argv[1], "score"))
            return score(argv[2], FIRST, base, argv[4], LAST);
    }
    fputs("usage: attainment project FILE.csv BASE LAST\n"
          "       attainment score FILE.csv BASE PROJECTION.csv\n",
          stderr);
    return CF_USAGE;
}
