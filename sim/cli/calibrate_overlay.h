#ifndef CF_CALIBRATE_OVERLAY_H
#define CF_CALIBRATE_OVERLAY_H

#include "calibrate/survival.h"
#include "model/model.h"

struct cf_calibrated {
    const struct cf_model *model;
    const struct cf_survival *fit;
    const struct cf_survival_noise *noise;
    const char *scenario, *overlay; /* paths */
};

/* What was fitted and how well it is known, as text on standard output. */
void cf_calibrate_print(const struct cf_survival *fit, const struct cf_survival_noise *noise);
/* The overlay, and beside it the tables that it names. */
enum cf_status cf_calibrate_write(const struct cf_calibrated *made, cf_diag *diag);

#endif
