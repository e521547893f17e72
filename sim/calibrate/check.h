#ifndef CF_CALIBRATE_CHECK_H
#define CF_CALIBRATE_CHECK_H

#include "base/diag.h"
#include "model/model.h"

/*
 * What the tables of choice lead to, told before anything is run: rows of progression that somebody
 * will stand in and that are missing, a duty that moves people nowhere, base stock and progression
 * that disagree, views that count for nothing. CF_BAD_INPUT where there is an error: the scenario
 * may not be run. Nothing to say where nobody chooses.
 */
enum cf_status cf_check_choice(const struct cf_model *model, cf_diag *diag);

/*
 * What the audit of places leads to in the base year: routes of which more than 2% find no place (a
 * warning), learners whom no line serves (an error: CF_BAD_INPUT), changes that take more places
 * away than there are (a notice). Nothing to say where there are no lines.   MODEL.md 2.8, 2.9.
 */
enum cf_status cf_check_places(const struct cf_model *model, cf_diag *diag);

/* Parts of cf_check_choice. */
void cf_check_occupancy(const struct cf_model *model, cf_diag *diag);
void cf_check_drift(const struct cf_model *model, cf_diag *diag);
void cf_check_views(const struct cf_model *model, cf_diag *diag);

/*
 * The share of the cohort of age x in a status, over all areas and groups: as the base stock has it
 * and as the base stock of age x - 1 arrives there by gain and base progression.   MODEL.md 1.
 */
struct cf_drift {
    int x, s;
    double stock, pushed;
};
/* Those that differ by more than CF_DRIFT_NOTICE, in order of age and status; how many. */
#define CF_DRIFT_NOTICE 0.005
#define CF_DRIFT_ERROR 0.05
size_t cf_find_drift(const struct cf_model *model, struct cf_arena *arena, struct cf_drift **found);

#endif
