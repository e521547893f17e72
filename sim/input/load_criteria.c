#include "input/decision_parts.h"

#include "base/text.h"

/* criteria.csv of a place: code,label,weight,direction, what makes a gap a priority. A place
 * without one weighs all criteria alike. */

enum { CODE, LABEL, WEIGHT, DIRECTION, N_COLUMNS };
static const char *const columns[N_COLUMNS] = {"code", "label", "weight", "direction"};
static const char *const directions[] = {"higher", "lower"};

static void weigh_alike(struct cf_model *model)
{
    struct cf_decision *d = &model->scenario.decision;
    d->n_criteria = CF_N_CRITERIA;
    d->criterion = CF_TAKE(&model->arena, CF_N_CRITERIA, struct cf_criterion);
    for (int k = 0; k < CF_N_CRITERIA; k++)
        d->criterion[k] = (struct cf_criterion){.code = cf_criteria[k].code,
                                                .label = cf_criteria[k].label,
                                                .weight = 1.0 / CF_N_CRITERIA,
                                                .sign = cf_criteria[k].sign};
}

static int is_known(const struct cf_list *list, int row)
{
    const char *names[CF_N_CRITERIA], *code = cf_list_text(list, row, CODE);
    for (int k = 0; k < CF_N_CRITERIA; k++) {
        names[k] = cf_criteria[k].code;
        if (cf_text_same(names[k], code))
            return 1;
    }
    cf_report_near(list->diag, CF_ERROR, "criteria.unknown", cf_list_at(list, row, CODE), code,
                   names, CF_N_CRITERIA, "unknown criterion '%s'", code);
    return 0;
}

static void read_row(const struct cf_list *list, int row, struct cf_decision *d)
{
    const char *label = cf_list_text(list, row, LABEL);
    struct cf_criterion c = {.code = cf_list_text(list, row, CODE)};
    int direction, good = cf_list_code(list, row, CODE) && is_known(list, row);
    c.label = *label ? label : c.code;
    good &= cf_list_number(list, row, WEIGHT, 0, 1e6, CF_LIST_NEEDED, &c.weight);
    good &= cf_list_word(list, row, DIRECTION, directions, 2, &direction);
    c.sign = direction ? -1 : 1;
    if (good)
        d->criterion[d->n_criteria++] = c;
}

void cf_load_criteria(struct cf_model *model, cf_diag *diag)
{
    struct cf_list list = {.model = model, .diag = diag};
    struct cf_decision *d = &model->scenario.decision;
    const size_t errors = cf_diag_count(diag, CF_ERROR);
    double sum = 0;
    if (!cf_list_open(&list, NULL, "criteria.csv", columns, N_COLUMNS, N_COLUMNS)) {
        weigh_alike(model);
        return;
    }
    d->criterion = CF_TAKE(&model->arena, (size_t)list.csv.n_rows, struct cf_criterion);
    for (int row = 0; row < list.csv.n_rows; row++)
        read_row(&list, row, d);
    for (int k = 0; k < d->n_criteria; k++)
        sum += d->criterion[k].weight;
    if (sum <= 0 && cf_diag_count(diag, CF_ERROR) == errors)
        cf_report(diag, CF_ERROR, "criteria.weights", (struct cf_at){list.csv.path, 1, 0}, NULL,
                  "no criterion has a weight above 0");
    for (int k = 0; k < d->n_criteria && sum > 0; k++)
        d->criterion[k].weight /= sum;
}
