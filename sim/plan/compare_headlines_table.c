#include "plan/compare_headlines.h"

#include "base/text.h"

#include <math.h>

enum {
    YEAR,
    MEMBER,
    VARIABLE,
    A,
    B,
    DIFFERENCE,
    RELATIVE,
    DRAWS,
    Q05,
    MEDIAN,
    Q95,
    P_HIGHER,
    PAIRED,
    N_COLUMNS
};

static const char *const notes_of_draws[] = {
    "a, b: of the central runs; difference: B less A, in points of percentages",
    "median, q0.05, q0.95: of B less A in the same draw, future by future; p_higher: share of the "
    "draws in which B is higher",
    NULL};
static const char *const notes_of_samples[] = {
    "a, b: of the central runs; difference: B less A, in points of percentages",
    "the files drew different futures: median is the difference of the medians, p_higher the share "
    "of all pairs of a draw of A and one of B in which B is higher; a range is not known",
    NULL};
static const char *const notes_of_central[] = {
    "a, b: of the central runs; difference: B less A, in points of percentages", NULL};

static int any_draws(const struct cf_headlines *h)
{
    int any = 0;
    for (int k = 0; k < h->n_measures; k++)
        any |= h->measure[k].has_draws;
    return any;
}

void cf_begin_headlines(struct cf_headlines *h, int points)
{
    struct cf_table *table = &h->c->out->headlines;
    static const struct {
        const char *name;
        enum cf_column_kind kind;
    } columns[N_COLUMNS] = {{"year", CF_COLUMN_INT},
                            {NULL, CF_COLUMN_TEXT},
                            {"variable", CF_COLUMN_TEXT},
                            {"a", CF_COLUMN_MIXED},
                            {"b", CF_COLUMN_MIXED},
                            {"difference", CF_COLUMN_MIXED},
                            {"relative_change", CF_COLUMN_SHARE},

                            {"draws", CF_COLUMN_INT},
                            {"q0.05", CF_COLUMN_MIXED},
                            {"median", CF_COLUMN_MIXED},
                            {"q0.95", CF_COLUMN_MIXED},
                            {"p_higher", CF_COLUMN_SHARE},
                            {"paired", CF_COLUMN_INT}};
    const int draws = any_draws(h);
    size_t rows = 0;
    for (int k = 0; k < h->n_measures; k++)
        rows += (size_t)h->n_years * (size_t)h->member.n * (size_t)h->measure[k].n;
    rows *= (size_t)h->c->n_pairs * (size_t)points;
    cf_add_point_columns(&h->c->ensemble[0], table, rows);
    h->first = table->n_columns;
    h->share = CF_TAKE(&table->arena, rows, unsigned char);
    for (int k = 0; k < N_COLUMNS; k++) {
        struct cf_column *column = cf_add_column(table,
                                                 columns[k].name   ? columns[k].name
                                                 : h->c->query->by ? h->c->query->by
                                                                   : "of",
                                                 columns[k].kind, rows);
        column->once = k == MEMBER || k == PAIRED || k == DRAWS;
        column->above = k == VARIABLE;
        if (columns[k].kind == CF_COLUMN_MIXED)
            column->share = h->share;
        if (k == MEMBER || k == VARIABLE)
            column->label = CF_TAKE(&table->arena, rows, const char *);
        /* A note says to people whether draws are pairs; without draws there is nothing of them. */
        if (h->c->query->for_people && (k == P_HIGHER || (k == RELATIVE && !draws)))
            break;
    }
    table->title = "What it comes to, A and B";
    table->notes = !draws ? notes_of_central : h->c->paired ? notes_of_draws : notes_of_samples;
}

/* ---- rows ---- */

struct cell {
    int year, member, indicator;
    double a, b;
    const struct cf_drawn_difference *drawn;
};

static int is_share(const struct cf_headlines *h, const struct cf_compared_measure *m,
                    int indicator)
{
    const cf_results *results = h->c->file[0].results;
    const struct cf_results_dim *dim = cf_results_dim(results, "indicator");
    const char *const *unit = cf_results_attribute(results, "indicator", "unit");
    for (size_t k = 0; !m->is_sum && dim && unit && k < dim->n; k++)
        if (cf_text_same(dim->code[k], h->indicator.name[indicator]))
            return !cf_text_same(unit[k], "persons");
    return 0;
}

static const char *indicator_label(const struct cf_headlines *h, int indicator)
{
    const struct cf_results_dim *dim = cf_results_dim(h->c->file[0].results, "indicator");
    for (size_t k = 0; dim->label && k < dim->n; k++)
        if (cf_text_same(dim->code[k], h->indicator.name[indicator]) && dim->label[k][0])
            return dim->label[k];
    return h->indicator.name[indicator];
}

/* Keep the first of these for the answer: the measure that is told first, in the latest year, where
 * it differs most. Shares are told where nothing else differs. */
static void tally(struct cf_headlines *h, const struct cf_headline *of, const struct cell *cell)
{
    struct cf_compare_tally *t = &h->c->tally;
    const int rank = (int)(of->measure - h->measure) + 1;
    const double size = fabs(cell->b - cell->a);
    const int better =
        !t->headline || rank < t->headline_rank ||
        (rank == t->headline_rank &&
         (cell->year > t->year || (cell->year == t->year && size > fabs(t->b - t->a))));
    if (!(size > 0) || !better)
        return;
    t->headline = of->measure->is_sum ? of->measure->name : indicator_label(h, cell->indicator);
    t->headline_rank = rank;
    t->year = cell->year;
    t->scenario = of->scenario;
    t->a = cell->a;
    t->b = cell->b;
    t->is_share = is_share(h, of->measure, cell->indicator);
    t->has_draws = h->c->paired && cell->drawn->n > 0;
    t->p_same = cell->b > cell->a ? cell->drawn->p_higher : cell->drawn->p_lower;
    t->member = h->c->query->by ? cf_headline_member_label(h, cell->member) : NULL;
}

static int is_no_difference(const struct cf_headlines *h, const struct cell *cell)
{
    struct cf_cells one = {.tolerance = h->c->query->tolerance};
    cf_compare_cell(&one, cell->a, cell->b, 0);
    if (cell->drawn->n > 0)
        cf_compare_cell(&one, cell->drawn->median, 0, 0);
    return one.differing == 0;
}

static void put_cell(struct cf_headlines *h, const struct cf_headline *of, const struct cell *cell)
{
    struct cf_table *table = &h->c->out->headlines;
    struct cf_column *column = &table->column[h->first];
    const int n = table->n_columns - h->first;
    const size_t row = table->n_rows;
    const int share = is_share(h, of->measure, cell->indicator);
    const double number[N_COLUMNS] = {
        [A] = cell->a,
        [B] = cell->b,
        [DIFFERENCE] = cell->b - cell->a,
        [RELATIVE] = share ? (double)NAN : (cell->b - cell->a) / cell->a,
        [Q05] = cell->drawn->q05,
        [MEDIAN] = cell->drawn->median,
        [Q95] = cell->drawn->q95,
        [P_HIGHER] = cell->drawn->p_higher,
    };
    const char *name = of->measure->is_sum ? of->measure->name : h->indicator.name[cell->indicator];
    tally(h, of, cell);
    if (h->c->query->for_people && is_no_difference(h, cell))
        return;
    table->n_rows++;
    h->share[row] = (unsigned char)share;
    cf_put_point(&h->c->ensemble[0], table, row, of->scenario, of->point);
    for (int k = 0; k < n; k++) {
        if (column[k].kind == CF_COLUMN_TEXT || column[k].kind == CF_COLUMN_INT)
            continue;
        column[k].number[row] = isfinite(number[k]) ? number[k] : (double)NAN;
    }
    column[YEAR].integer[row] = cell->year;
    column[MEMBER].text[row] = h->member.name[cell->member];
    column[MEMBER].label[row] = cf_headline_member_label(h, cell->member);
    column[VARIABLE].text[row] = name;
    column[VARIABLE].label[row] = of->measure->is_sum ? name : indicator_label(h, cell->indicator);
    if (n > DRAWS)
        column[DRAWS].integer[row] = cell->drawn->n;
    if (n > PAIRED)
        column[PAIRED].integer[row] = h->c->paired && cell->drawn->n > 0;
}

void cf_put_headline(struct cf_headlines *h, const struct cf_headline *of)
{
    const int I = of->measure->n, M = h->member.n, Y = h->n_years;
    for (int row = 0; row < Y * M * I; row++) {
        const int y = row % Y, member = row / Y % M, indicator = row / Y / M;
        const int k = (y * M + member) * I + indicator;
        const struct cell cell = {.year = h->year[y],
                                  .member = member,
                                  .indicator = indicator,
                                  .a = of->value[0][k],
                                  .b = of->value[1][k],
                                  .drawn = &of->drawn[k]};
        put_cell(h, of, &cell);
    }
}
