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
 *   f[x][s] = exp(area_effect + trend (t - base_year) + push[x] + shift[x] + sum_d elasticity
 * log(driver ratio)) (views / revealed)^theta          at views_ages, 1 where either is not there
 *
 *          ((1 + access) / (1 + access of the base year))^phi
 *
 *   effect  out  worker->effect [age][status]
 */
void cf_weigh_effects(struct cf_worker *worker, int area);

/* What the kernels `choose` and `comply` read, of the year at hand and, for the effects, of the
 * area that was weighed last. */
struct cf_choice cf_choice_of(const struct cf_worker *worker);
struct cf_law cf_law_of(const struct cf_worker *worker);
/* Whether the duty moves anybody this year. */
int cf_duty_moves(const struct cf_worker *worker);

#endif
