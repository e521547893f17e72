#include "calibrate/check.h"

enum cf_status cf_check_choice(const struct cf_model *model, cf_diag *diag)
{
    const size_t before = cf_diag_count(diag, CF_ERROR);
    if (model->extent.choice_x >= model->extent.X)
        return CF_OK;
    cf_check_occupancy(model, diag);
    cf_check_drift(model, diag);
    cf_check_views(model, diag);
    return cf_diag_count(diag, CF_ERROR) > before ? CF_BAD_INPUT : CF_OK;
}
