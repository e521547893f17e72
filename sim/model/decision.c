#include "model/decision.h"

#include <string.h>

const char *const cf_option_kinds[CF_N_OPTION_KINDS] = {"expand", "open", "pool", "transport",
                                                        "release"};

const struct cf_criterion_spec cf_criteria[CF_N_CRITERIA] = {
    {"unmet", "Learners without a place", 1},
    {"entitlement", "Breach of entitlement", 1},
    {"equity", "Falls on vulnerable groups", 1},
    {"quality", "Places that are not good", 1},
    {"urgency", "Urgency against lead time", 1},
    {"persistence", "Persists to the last year", 1},
    {"cost", "Cost per learner", -1},
    {"deliverability", "Can be delivered", 1},
};

static int same_list(int n, const int *a, int n_other, const int *b)
{
    return n == n_other && (n == 0 || memcmp(a, b, (size_t)n * sizeof *a) == 0);
}

static int same_option(const struct cf_option *a, const struct cf_option *b)
{
    return strcmp(a->code, b->code) == 0 && strcmp(a->label, b->label) == 0 &&
           strcmp(a->responsible, b->responsible) == 0 && a->kind == b->kind &&
           a->site == b->site && a->line == b->line && a->places == b->places &&
           a->capital == b->capital && a->annual == b->annual && a->minutes == b->minutes &&
           a->lead_years == b->lead_years && a->life == b->life && a->max_units == b->max_units &&
           a->part == b->part && same_list(a->n_needs, a->need, b->n_needs, b->need) &&
           same_list(a->n_excludes, a->exclude, b->n_excludes, b->exclude);
}

int cf_options_same(const struct cf_decision *a, const struct cf_decision *b)
{
    int same = a->n_options == b->n_options;
    for (int o = 0; same && o < a->n_options; o++)
        same = same_option(&a->option[o], &b->option[o]);
    return same;
}

double cf_units_open(const struct cf_decision *decision, int option, int year)
{
    const struct cf_option *o = &decision->option[option];
    double units = 0;
    for (int k = 0; k < decision->n_actions; k++) {
        const struct cf_action *action = &decision->action[k];
        const int opens = action->year + o->lead_years;
        if (action->option == option && year >= opens && year < opens + o->life)
            units += action->units;
    }
    return units;
}
