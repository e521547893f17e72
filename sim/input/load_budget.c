#include "input/decision_parts.h"

#include "base/text.h"

#include <limits.h>

/* budget.csv of a place: year,part,capital,revenue, what there is to spend. */

enum { YEAR, PART, CAPITAL, REVENUE, N_COLUMNS };
static const char *const columns[N_COLUMNS] = {"year", "part", "capital", "revenue"};

/* The line that has the same year and part, 0: none. */
static int line_before(const struct cf_list *list, int row)
{
    for (int k = 0; k < row; k++)
        if (cf_text_same(cf_list_text(list, k, YEAR), cf_list_text(list, row, YEAR)) &&
            cf_text_same(cf_list_text(list, k, PART), cf_list_text(list, row, PART)))
            return list->csv.line[k];
    return 0;
}

static void read_row(const struct cf_list *list, int row)
{
    const struct cf_scenario *s = &list->model->scenario;
    const struct cf_decision *d = &s->decision;
    int year, part;
    double capital, revenue;
    const int good_year =
        cf_list_whole(list, row, YEAR, INT_MIN + 1, INT_MAX, CF_LIST_NEEDED_WHOLE, &year);
    int good = good_year & cf_list_whole(list, row, PART, 1, CF_N_PARTS, 1, &part);
    good &= cf_list_number(list, row, CAPITAL, 0, HUGE_VAL, 0, &capital);
    good &= cf_list_number(list, row, REVENUE, 0, HUGE_VAL, 0, &revenue);
    const int inside = s->base_year == 0 || (year > s->base_year && year <= s->end_year);
    if (good_year && !inside) {
        cf_report(list->diag, CF_ERROR, "budget.year", cf_list_at(list, row, YEAR), NULL,
                  "budget year %d is not from %d, the year after base_year, to end_year %d", year,
                  s->base_year + 1, s->end_year);
    } else if (good && line_before(list, row)) {
        cf_report(list->diag, CF_ERROR, "budget.twice", cf_list_at(list, row, YEAR), NULL,
                  "the budget of part %d in %d is there already, in line %d", part, year,
                  line_before(list, row));
    } else if (good && s->base_year) {
        d->capital[part - 1][year - s->base_year] = capital;
        d->revenue[part - 1][year - s->base_year] = revenue;
    }
}

void cf_load_budget(struct cf_model *model, const struct cf_config *config, cf_diag *diag)
{
    struct cf_list list = {.model = model, .diag = diag};
    struct cf_decision *d = &model->scenario.decision;
    const int Y = model->axis[CF_AXIS_YEAR].n;
    if (!cf_list_open(&list, cf_setting(config->root, CF_SCOPE_TOP, "budget"), "budget.csv",
                      columns, N_COLUMNS, N_COLUMNS))
        return;
    d->has_budget = 1;
    for (int part = 0; part < CF_N_PARTS; part++) {
        d->capital[part] = CF_TAKE(&model->arena, (size_t)Y, double);
        d->revenue[part] = CF_TAKE(&model->arena, (size_t)Y, double);
    }
    for (int row = 0; row < list.csv.n_rows; row++)
        read_row(&list, row);
}
