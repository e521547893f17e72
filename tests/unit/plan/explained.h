#ifndef CF_TEST_EXPLAINED_H
#define CF_TEST_EXPLAINED_H

/* Results files whose indicators are known functions of what was drawn, by the designs. */
#include "unit/output/drawn.h"

#include "plan/sensitivity.h"

static const double pi = 3.14159265358979323846;

/* What an indicator is at some shares u of its entries. */
typedef double function(const double *u);

static inline double linear(const double *u)
{
    return 7 + 2.385 * u[0] - 0.5 * u[1] + 0.125 * u[2];
}

static inline double product(const double *u)
{
    return 4 * u[0] * u[1] - u[2];
}

/* Its parameters are 7 and 0.1. */
static inline double ishigami(const double *u)
{
    double x[3];
    for (int i = 0; i < 3; i++)
        x[i] = pi * (2 * u[i] - 1);
    const double s = sin(x[1]), cube = x[2] * x[2] * x[2] * x[2];
    return sin(x[0]) + 7 * s * s + 0.1 * cube * sin(x[0]);
}

static inline double same(const double *u)
{
    (void)u;
    return 2.385;
}

/* One file: u[draw - 1][entry]; the values drawn are 3 + 2 u. */
struct told {
    struct drawn drawn;
    double (*u)[DRAWN_MOST_ENTRIES];
    function *of[2]; /* the indicators; those of area 1 are 10 times as much, of area 2 undefined */
    double *of_a_run; /* [runs][DRAWN_YEARS][DRAWN_AREAS][2] */
    double *value;    /* [runs][entries] */
    int *status;
};

static inline struct told start(const char *design, int draws, int entries, int design_draws)
{
    struct told t = {.drawn = {.scenarios = 1,
                               .points = 1,
                               .draws = draws,
                               .entries = entries,
                               .indicators = 2,
                               .design = design,
                               .design_draws = design_draws,
                               .design_steps = 4},
                     .of = {linear, same}};
    t.u = calloc((size_t)draws, sizeof *t.u);
    t.status = calloc((size_t)draws + 1, sizeof *t.status);
    t.of_a_run = calloc(((size_t)draws + 1) * DRAWN_YEARS * DRAWN_AREAS * 2, sizeof(double));
    t.value = calloc(((size_t)draws + 1) * (size_t)entries, sizeof(double));
    assert_true(t.u && t.status && t.of_a_run && t.value);
    return t;
}

static inline void compute(struct told *t)
{
    const int K = t->drawn.entries;
    for (int draw = 0; draw <= t->drawn.draws; draw++) {
        static const double median[DRAWN_MOST_ENTRIES] = {9, 9, 9, 9, 9, 9}; /* is none of them */
        const double *u = draw ? t->u[draw - 1] : median;
        for (int i = 0; i < K; i++)
            t->value[draw * K + i] = 3 + 2 * u[i];
        for (int c = 0; c < DRAWN_YEARS * DRAWN_AREAS * 2; c++) {
            const int year = c / 2 / DRAWN_AREAS, area = c / 2 % DRAWN_AREAS;
            t->of_a_run[draw * DRAWN_YEARS * DRAWN_AREAS * 2 + c] =
                area == 2 ? (double)NAN
                          : t->of[c % 2](u) * (area ? 10 : 1) * (year == DRAWN_YEARS - 1 ? 1 : 0.5);
        }
    }
}

static inline void finish(struct told *t)
{
    free(t->u);
    free(t->status);
    free(t->of_a_run);
    free(t->value);
}

static cf_results *file;

/* Write and open it. */
static inline void lay_down(struct told *t)
{
    t->drawn.status = t->status;
    cf_h5 *h5 = drawn_begin(&t->drawn, "told.h5");
    drawn_numbers(&t->drawn, h5, "indicator_value", "draw_run year area indicator", t->of_a_run);
    drawn_numbers(&t->drawn, h5, "draw_value", "draw_run entry", t->value);
    drawn_end(h5);
    assert_int_equal(cf_results_open("told.h5", &file, NULL), CF_OK);
}

static inline struct cf_table tabled(struct cf_sensitivity_query query, cf_diag *diag)
{
    struct cf_table table;
    assert_int_equal(cf_sensitivity_table(&table, file, &query, diag), CF_OK);
    return table;
}

static inline double number_at(const struct cf_table *table, const char *column, size_t row)
{
    return drawn_column(table, column)->number[row];
}

static inline const char *text_at(const struct cf_table *table, const char *column, size_t row)
{
    return drawn_column(table, column)->text[row];
}

/* ---- designs ---- */

/* Radical inverse: numbers that fill (0, 1) evenly. */
static inline double halton(int n, int base)
{
    double u = 0, part = 1;
    for (n++; n > 0; n /= base) {
        part /= base;
        u += part * (n % base);
    }
    return u;
}

static inline void saltelli_rows(struct told *t, int rows)
{
    static const int base[] = {2, 3, 5, 7, 11, 13, 17, 19};
    const int K = t->drawn.entries;
    for (int j = 0; j < rows; j++) {
        for (int which = 0; which < K + 2; which++) {
            for (int i = 0; i < K; i++) {
                const int of_b = which == i + 1 || which == K + 1;
                t->u[j * (K + 2) + which][i] = halton(j, base[of_b ? K + i : i]);
            }
        }
    }
}

#endif
