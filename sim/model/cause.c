#include "model/cause.h"

const struct cf_cause_row cf_causes[CF_N_CAUSES] = {
    [CF_CAUSE_DEMOGRAPHY] = {"demography", "each area, group and age has the residents of the base "
                                           "year, and nobody moves"},
    [CF_CAUSE_PROGRESSION] = {"progression", "no trend"},
    [CF_CAUSE_VIEWS] = {"views", "theta is 0"},
    [CF_CAUSE_ECONOMY] = {"economy", "drivers stay at the base year's"},
    [CF_CAUSE_POLICY] = {"policy", "no duty and no push"},
    [CF_CAUSE_ACCESS] = {"access", "phi is 0"},
    [CF_CAUSE_CAPACITY] = {"capacity", "whoever finds no place stays with the first choice"},
};
