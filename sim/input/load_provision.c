#include "input/load.h"

void cf_load_provision(struct cf_model *model, int ready, cf_diag *diag)
{
    (void)diag;
    if (ready)
        cf_find_provision(model);
}
