#ifndef CF_PLAN_OVERLAY_H
#define CF_PLAN_OVERLAY_H

#include "plan/make_plan.h"

/* The plan as a scenario that extends the one it was made for. */
struct cf_overlay {
    const char *path, *scenario;  /* where it goes; the file that it extends */
    const char *options, *budget; /* files in place of the place's; NULL: those */
    const char *const *set;       /* what the call sets beyond the files: told, not written */
    int n_set;
    const struct cf_linear *linear;
    const struct cf_plan *plan;
};

/* 0, reported, where something stands under the name that is no plan. */
int cf_overlay_may_go(const char *path, cf_diag *diag);
/* 0, reported, where the file is one that the scenario is made of. */
int cf_overlay_is_apart(const char *path, struct cf_model *model, cf_diag *diag);
enum cf_status cf_overlay_write(const struct cf_overlay *overlay, cf_diag *diag);

#endif
