#ifndef CF_EFFECTS_H
#define CF_EFFECTS_H

#include "engine/worker.h"

/*
 * What the base year tells the years after it: views are held against the shares that young people
 * revealed at choice_age, drivers against their base-year index. Call once the base stock stands.
 *
 *   revealed  out  worker->revealed [area][status]   share of the base stock at choice_age, 0 where
 *                                                    nobody is
 *   driver    out  worker->driver_base [area][driver]
 */
void cf_note_base(struct cf_worker *worker);

/*
 * The multipliers on destinations in one area and year. MODEL.md 2.6:
 *
 *   f[x][s] = exp(area_effect + trend (t - base_year) + push[x] + sum_d elasticity log(driver ratio))
 *             (views / revealed)^theta          at views_ages, 1 where either is not there
 *
 *   effect  out  worker->effect [age][status]
 */
void cf_weigh_effects(struct cf_worker *worker, int area);

#endif
