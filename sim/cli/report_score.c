#include "cli/report_parts.h"

#include "base/text.h"

#include <math.h>

/* How well would this have foretold the past? A score card that `hindcast` made, where one is
 * given. */

static const char *const needed[] = {"variable", "year", "horizon", "cells", "mape", NULL};

/* Columns of it as people read them; all but the first are numbers. */
static const struct cf_report_column columns[] = {
    {"variable", "What", NULL},
    {"year", "Year", NULL},
    {"horizon", "Years ahead", NULL},
    {"cells", "Figures compared", NULL},
    {"mape", "Off by, on the average", NULL},
    {"signed_error", "Too high by", NULL},
    {"cover_80", "Within the range of 8 in 10", NULL},
    {"cover_95", "Within that of 19 in 20", NULL},
    {"no_change_mape", "No change: off by", NULL},
    {"no_change_skill", "Better than that by", NULL},
    {"cohort_mape", "Cohorts alone: off by", NULL},
    {"cohort_skill", "Better than that by", NULL},
    {"official_mape", "The official one: off by", NULL},
    {"official_skill", "Better than that by", NULL},
    {NULL, NULL, NULL}};
enum { FIRST_SHARE = 4 };

enum cf_status cf_report_read_card(struct cf_csv *card, struct cf_arena *arena, const char *path,
                                   cf_diag *diag)
{
    const enum cf_status status = cf_csv_read(arena, path, card, diag);
    if (status != CF_OK)
        return status;
    for (const char *const *name = needed; *name; name++)
        if (cf_csv_column(card, *name) < 0 || card->n_rows == 0) {
            cf_report(diag, CF_ERROR, "report.card", (struct cf_at){.path = path},
                      "make one with `cohortflow hindcast SCENARIO.cfg --outturn FILE.csv --csv`",
                      "is no score card: it has no %s", card->n_rows ? *name : "row");
            return CF_BAD_INPUT;
        }
    return CF_OK;
}

static double number(const struct cf_csv *card, int row, const char *name)
{
    const int column = cf_csv_column(card, name);
    double value;
    return column >= 0 && cf_parse_double(cf_csv_cell(card, row, column), &value) ? value
                                                                                  : (double)NAN;
}

static const char *text(const struct cf_csv *card, int row, const char *name)
{
    const int column = cf_csv_column(card, name);
    return column < 0 ? "" : cf_csv_cell(card, row, column);
}

static struct cf_table *table_of(struct cf_report_maker *maker)
{
    const struct cf_csv *card = maker->card;
    struct cf_table *table = cf_report_new_table(maker);
    table->n_rows = (size_t)card->n_rows;
    for (int c = 0; columns[c].name; c++) {
        if (cf_csv_column(card, columns[c].name) < 0)
            continue;
        struct cf_column *column = cf_add_column(table, columns[c].name,
                                                 c == 0            ? CF_COLUMN_TEXT
                                                 : c < FIRST_SHARE ? CF_COLUMN_INT
                                                                   : CF_COLUMN_SHARE,
                                                 table->n_rows);
        for (int row = 0; row < card->n_rows; row++) {
            const double value = number(card, row, columns[c].name);
            if (c == 0)
                column->text[row] = text(card, row, columns[c].name);
            else if (c < FIRST_SHARE)
                column->integer[row] = isnan(value) ? 0 : (int)value;
            else
                column->number[row] = value;
        }
    }
    return table;
}

/* The rows of the variable that comes first, in their order. */
static int rows_of_first(const struct cf_csv *card, int *row)
{
    int n = 0;
    for (int k = 0; k < card->n_rows; k++)
        if (cf_text_same(text(card, k, "variable"), text(card, 0, "variable")))
            row[n++] = k;
    return n;
}

static void add_chart(struct cf_report_maker *maker, const int *row, int n)
{
    static const struct {
        const char *column, *label;
    } forecast[] = {{"mape", "this model"},
                    {"no_change_mape", "no change at all"},
                    {"cohort_mape", "cohorts alone"},
                    {"official_mape", "the official one"}};
    enum { N = sizeof forecast / sizeof *forecast };
    const struct cf_csv *card = maker->card;
    struct cf_chart_series *series = CF_TAKE(&maker->arena, N, struct cf_chart_series);
    const char **x = CF_TAKE(&maker->arena, (size_t)n, const char *);
    int n_series = 0, last = row[n - 1];
    int *at = CF_TAKE(&maker->arena, (size_t)n, int);
    for (int k = 0; k < n; k++) {
        x[k] = text(card, row[k], "year");
        at[k] = (int)number(card, row[k], "year");
    }
    for (int f = 0; f < N; f++) {
        double *value = CF_TAKE(&maker->arena, (size_t)n, double);
        int any = 0;
        for (int k = 0; k < n; k++) {
            value[k] = number(card, row[k], forecast[f].column);
            any |= !isnan(value[k]);
        }
        if (any)
            series[n_series++] =
                (struct cf_chart_series){.label = forecast[f].label, .value = value};
    }
    cf_report_add_chart(
        maker, -1,
        (struct cf_chart){
            .kind = CF_CHART_LINES,
            .id = "score-by-year",
            .title = cf_arena_format(
                &maker->arena,
                "After %.0f years the projection of %s was off by %s, one of no change by %s",
                number(card, last, "horizon"), text(card, last, "variable"),
                cf_report_share(maker, number(card, last, "mape")),
                cf_report_share(maker, number(card, last, "no_change_mape"))),
            .description = "Mean error of each figure, as a share of what came out, year by year, "
                           "beside simpler ways of looking ahead.",
            .series_name = "projection",
            .x_name = "year",
            .value_name = "off by",
            .is_share = 1,
            .n_x = n,
            .x = x,
            .at = at,
            .n_series = n_series,
            .series = series});
}

void cf_report_score(struct cf_report_maker *maker)
{
    cf_report_begin_section(maker, "score", "How well has this way of looking ahead done before?",
                            "A projection deserves trust in so far as it would have been right.");
    if (!maker->card) {
        cf_report_miss(
            maker,
            "Not measured here: read every number below as what would follow from the "
            "assumptions, not as a tested forecast. To measure it, describe the place as "
            "it was known some years ago, and hold it against what has come out since:",
            "cohortflow hindcast EARLIER.cfg --outturn OUTTURN.csv --csv > card.csv && "
            "cohortflow report FILE.h5 --hindcast card.csv");
        return;
    }
    int *row = CF_TAKE(&maker->arena, (size_t)maker->card->n_rows, int);
    const int n = rows_of_first(maker->card, row);
    const int last = row[n - 1];
    const double within = number(maker->card, last, "cover_80");
    if (!isnan(within))
        cf_report_say(maker, CF_TEXT_MESSAGE, -1,
                      "Of what came out in %s, %s lay in the range that should hold eight in ten.",
                      text(maker->card, last, "year"), cf_report_share(maker, within));
    add_chart(maker, row, n);
    cf_report_add_table(maker, "score-card", "The score card, year by year", table_of(maker),
                        columns)
        ->note = "Off by: mean of the errors, as shares of what came out. Better by: 1 less the "
                 "error's part of the other's; below nought it was worse.";
}
