#include "model/decision.h"

const char *const cf_option_kinds[CF_N_OPTION_KINDS] = {"expand", "open", "pool", "transport",
                                                        "release"};

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
