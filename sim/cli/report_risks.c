#include "cli/report_parts.h"

#include "base/text.h"

#include <math.h>
#include <stdlib.h>

/* Risks: how often each happens in the futures drawn, and how those differ in which it does. */

struct tally {
    const unsigned char *counted; /* [values of a draw] */
    size_t n_values;
    double *total; /* [draw] */
};

static void take_total(void *self, size_t nth, const double *value)
{
    const struct tally *tally = self;
    double sum = 0;
    for (size_t k = 0; k < tally->n_values; k++)
        sum += tally->counted[k] && !isnan(value[k]) ? value[k] : 0;
    tally->total[nth] = sum;
}

struct happening {
    size_t n_risks;
    double *happened; /* [draw][risk] */
};

static void take_happened(void *self, size_t nth, const double *value)
{
    const struct happening *happening = self;
    for (size_t k = 0; k < happening->n_risks; k++)
        happening->happened[nth * happening->n_risks + k] = value[k];
}

/* Learners without a place in the strategy's year, of each draw; NULL: it was not kept. */
static double *totals(struct cf_report_maker *maker, int s, size_t n_draws)
{
    const struct cf_results_variable *variable = cf_results_find(maker->results, "unplaced_draws");
    struct tally tally = {.n_values = 1};
    if (!variable)
        return NULL;
    for (int d = 1; d < variable->n_dims; d++)
        tally.n_values *= variable->dim[d]->n;
    const size_t by_year = tally.n_values / variable->dim[1]->n;
    unsigned char *counted = CF_TAKE(&maker->arena, tally.n_values, unsigned char);
    for (size_t k = 0; k < tally.n_values; k++)
        counted[k] = variable->dim[1]->number &&
                     variable->dim[1]->number[k / by_year] == maker->strategy_year;
    tally.counted = counted;
    tally.total = CF_TAKE(&maker->arena, n_draws, double);
    return cf_walk_draws(maker->results, variable, &maker->ensemble, s, 0, take_total, &tally,
                         maker->diag) == CF_OK
               ? tally.total
               : NULL;
}

struct risk_columns {
    struct cf_column *scenario, *risk, *share, *with, *without, *draws;
};

static size_t add_rows(struct cf_report_maker *maker, const struct risk_columns *to, size_t row,
                       int s)
{
    const struct cf_results_variable *variable = cf_results_find(maker->results, "risk_happened");
    const struct cf_results_dim *risk = cf_results_dim(maker->results, "risk");
    const size_t n = (size_t)cf_point_draws(&maker->ensemble, s, 0)->n_good;
    struct happening happening = {.n_risks = risk->n,
                                  .happened = CF_TAKE(&maker->arena, n * risk->n, double)};
    const double *total = n ? totals(maker, s, n) : NULL;
    if (!n || cf_walk_draws(maker->results, variable, &maker->ensemble, s, 0, take_happened,
                            &happening, maker->diag) != CF_OK)
        return row;
    for (size_t k = 0; k < risk->n; k++) {
        double in = 0, out = 0;
        size_t n_in = 0, n_out = 0;
        for (size_t d = 0; d < n; d++) {
            const double happened = happening.happened[d * risk->n + k];
            if (isnan(happened))
                continue;
            in += happened > 0 && total ? total[d] : 0;
            out += happened > 0 || !total ? 0 : total[d];
            n_in += happened > 0;
            n_out += !(happened > 0);
        }
        if (n_in + n_out == 0)
            continue;
        to->scenario->text[row] = maker->scenario[s];
        to->risk->text[row] = risk->label ? risk->label[k] : risk->code[k];
        to->share->number[row] = (double)n_in / (double)(n_in + n_out);
        to->with->number[row] = total && n_in ? in / (double)n_in : NAN;
        to->without->number[row] = total && n_out ? out / (double)n_out : NAN;
        to->draws->integer[row++] = (int)(n_in + n_out);
    }
    return row;
}

void cf_report_risks(struct cf_report_maker *maker)
{
    static const struct cf_report_column columns[] = {
        {"risk", "Risk", NULL},
        {"happened", "Happens in", NULL},
        {"unplaced_with", "Without a place where it does", NULL},
        {"unplaced_without", "Where it does not", NULL},
        {"draws", "Futures", NULL},
        {NULL, NULL, NULL}};
    const struct cf_results_dim *risk = cf_results_dim(maker->results, "risk");
    cf_report_begin_section(maker, "risks", "Risks",
                            "What could go wrong, how often, and what does "
                            "it do?");
    if (!risk || !cf_results_find(maker->results, "risk_happened") ||
        maker->ensemble.n_draws == 0) {
        cf_report_miss(maker,
                       "These results hold no risks: they need a scenario with risks = ( ... ) and "
                       "futures drawn:",
                       "cohortflow run SCENARIO.cfg --draws 1000");
        return;
    }
    const size_t rows = (size_t)maker->n_scenarios * risk->n;
    struct cf_table *table = cf_report_new_table(maker);
    const struct risk_columns to = {
        .scenario = cf_add_column(table, "scenario", CF_COLUMN_TEXT, rows),
        .risk = cf_add_column(table, "risk", CF_COLUMN_TEXT, rows),
        .share = cf_add_column(table, "happened", CF_COLUMN_SHARE, rows),
        .with = cf_add_column(table, "unplaced_with", CF_COLUMN_NUMBER, rows),
        .without = cf_add_column(table, "unplaced_without", CF_COLUMN_NUMBER, rows),
        .draws = cf_add_column(table, "draws", CF_COLUMN_INT, rows)};
    for (int s = 0; s < maker->n_scenarios; s++) {
        const size_t first = table->n_rows;
        table->n_rows = add_rows(maker, &to, table->n_rows, s);
        size_t worst = first;
        for (size_t row = first; row < table->n_rows; row++)
            if (to.with->number[row] - to.without->number[row] >
                to.with->number[worst] - to.without->number[worst])
                worst = row;
        if (worst < table->n_rows && !isnan(to.with->number[worst]))
            cf_report_say(maker, CF_TEXT_MESSAGE, s,
                          "%s weighs most: where it happens (%s of futures) %s learners have no "
                          "place in %d on the average, where it does not %s.",
                          to.risk->text[worst], cf_report_share(maker, to.share->number[worst]),
                          cf_report_count(maker, to.with->number[worst]), maker->strategy_year,
                          cf_report_count(maker, to.without->number[worst]));
    }
    struct cf_report_table *added = cf_report_add_table(
        maker, "risks-table",
        cf_arena_format(&maker->arena,
                        "Learners without a place in %d, in futures with and without each risk",
                        maker->strategy_year),
        table, columns);
    added->note = "Means over the futures. What differs between them besides the risk is chance.";
    cf_report_miss(maker,
                   "What each risk does with all else the same, what mitigating it would do and "
                   "cost, and its rating, take the scenario and the draws again:",
                   cf_arena_format(&maker->arena, "cohortflow risks %s.cfg %s", maker->scenario[0],
                                   maker->file));
}
