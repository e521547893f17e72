#include "base/text.h"
#include "calibrate/survival.h"
#include "cli/calibrate_overlay.h"
#include "cli/command.h"
#include "input/load.h"
#include "input/load_history.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { MOST_YEARS = 100, MOST_SMOOTH = 10, FIRST_SCHOOL_AGE = 5 };

static int read_rules(const struct cf_call *call, struct cf_survival_rules *rules)
{
    *rules = (struct cf_survival_rules){.years = 5,
                                        .unexplained = 1,
                                        .level = 0.6,
                                        .pattern = 0.25,
                                        .pattern_births = 0.5,
                                        .half = 100};
    const struct {
        const char *name;
        double *value;
    } share[] = {{"unexplained", &rules->unexplained},
                 {"pool", &rules->pool},
                 {"level", &rules->level},
                 {"pattern", &rules->pattern},
                 {"pattern-births", &rules->pattern_births}};
    int good = cf_call_int(call, "years", 1, MOST_YEARS, &rules->years) &&
               cf_call_int(call, "smooth", 0, MOST_SMOOTH, &rules->smooth);
    for (size_t k = 0; k < sizeof share / sizeof *share; k++) {
        int n = 0;
        double value;
        if (!cf_call_numbers(call, share[k].name, 0, 1, 1, &value, &n))
            return 0;
        if (n > 0)
            *share[k].value = value;
    }
    return good;
}

/* The entity that each area belongs to by an attribute, where something was observed of it. */
static int find_parents(struct cf_model *model, const struct cf_history *history, const char *by,
                        int *parent, cf_diag *diag)
{
    const struct cf_axis *axis = &model->axis[CF_AXIS_AREA];
    const int k = cf_axis_attribute(axis, by);
    if (k < 0) {
        cf_report(diag, CF_ERROR, "calibrate.parent", (struct cf_at){axis->path, 1, 0}, NULL,
                  "areas have no column '%s' that says what they belong to", by);
        return 0;
    }
    for (int a = 0; a < axis->n; a++)
        parent[a] = cf_names_find(&history->entity, axis->attribute[k].value[a]);
    return 1;
}

/* What the base stock needs: everything by age in the base year. */
static int check_base(const struct cf_model *model, const struct cf_history *h, const char *folder,
                      cf_diag *diag)
{
    struct cf_text missing = {0};
    int n = 0;
    for (int a = 0; a < h->n_areas; a++) {
        int there = 1;
        for (int g = 0; g < h->G; g++)
            for (int x = 0; x < h->X; x++)
                there &= !isnan(h->stock[cf_history_cell(h, h->n_years - 1, a, g, x)]);
        if (!there && n++ < 10)
            cf_text_format(&missing, "%s'%s'", n > 1 ? ", " : "", h->entity.name[a]);
    }
    if (n > 0)
        cf_report(diag, CF_ERROR, "calibrate.base", (struct cf_at){.path = folder}, NULL,
                  "%d areas have no stock of every age from 0 to %d in %d: %s%s", n, h->X - 1,
                  model->scenario.base_year, missing.data, n > 10 ? ", ..." : "");
    cf_text_free(&missing);
    return n == 0;
}

static enum cf_status calibrate(struct cf_model *model, const struct cf_call *call)
{
    struct cf_history history;
    struct cf_survival fit = {.history = &history, .arena = &model->arena};
    struct cf_survival_noise noise;
    const struct cf_scenario *s = &model->scenario;
    const char *folder = cf_call_value(call, "history"), *by = cf_call_value(call, "parent");
    if (!folder)
        folder = cf_path_join(&model->arena, s->place, "history");
    if (!read_rules(call, &fit.rules))
        return CF_USAGE;
    enum cf_status status = cf_load_history(model, folder, s->base_year, &history, call->diag);
    if (status != CF_OK)
        return status;
    int *parent = CF_TAKE(&model->arena, (size_t)history.n_areas, int);
    if (!find_parents(model, &history, by ? by : "region", parent, call->diag) ||
        !check_base(model, &history, folder, call->diag))
        return CF_BAD_INPUT;
    fit.parent = parent;
    cf_survival_fit(&fit);
    const int low = s->first_age > FIRST_SCHOOL_AGE ? s->first_age : FIRST_SCHOOL_AGE;
    cf_survival_errors(&fit, low < history.X - 1 ? low : history.X - 1, history.X - 1, &noise);
    if (!call->quiet)
        cf_calibrate_print(&fit, &noise);
    const struct cf_calibrated made = {model, &fit, &noise, call->operand[0],
                                       cf_call_value(call, "output")};
    return cf_calibrate_write(&made, call->diag);
}

enum cf_status cf_cmd_calibrate(const struct cf_call *call)
{
    if (!cf_call_value(call, "output")) {
        cf_report(call->diag, CF_ERROR, "call.option", (struct cf_at){0}, NULL,
                  "`calibrate` needs --output and a file");
        return CF_USAGE;
    }
    struct cf_model *model = calloc(1, sizeof *model);
    if (!model)
        return CF_INTERNAL;
    enum cf_status status =
        cf_load_model(model, call->operand[0], call->many, call->n_many, call->diag);
    if (status == CF_OK)
        status = calibrate(model, call);
    cf_free_model(model);
    free(model);
    return status;
}
