#ifndef CF_FUNDING_H
#define CF_FUNDING_H

#include "base/arena.h"

#include <cohortflow/results.h>

/* What provision brings in and what it costs, in pounds a year: MODEL.md 9.8. */

/* Standard learner numbers: learners x guided_hours / 450. */
double cf_sln(double learners, double guided_hours);

/* sln x rate x provider_factor + support, `support` being what is paid on top, for additional
 * learning support and the like. */
double cf_sln_income(double sln, double rate, double provider_factor, double support);

/* (1 + success_rate) / 2: half the money hangs on success. */
double cf_success_factor(double success_rate);

/* Groups that so many learners fill, ceil(enrolled / full_group): whoever is one too many for a
 * group opens another. A hair over does not (1e-9 of a group): enrolled is a sum. */
double cf_groups(double enrolled, double full_group);

/* Pounds a year over `life` years that are worth so much capital now: at a rate r of discount
 * capital r / (1 - (1 + r)^-life). */
double cf_annuity(double capital, double rate, int life);

/* (1 + rate)^years, by products, so that its bits are those of any machine. */
double cf_growth(double rate, int years);
/* What the axis of lines says of money and groups. NaN: it does not say. */
struct cf_line_money {
    double viable_group, full_group;
    double cost_learner, cost_group;
    double guided_hours, success_rate, rate_per_sln, provider_factor;
};

/* Of each line of the results, in the arena; NULL where they have no lines. */
struct cf_line_money *cf_read_line_money(const cf_results *results, struct cf_arena *arena);

/*
 * groups x cost_group + enrolled x cost_learner. A cost that is not given is 0; without a
 * full_group there is one group as soon as anybody is enrolled. NaN where neither cost is given.
 */
double cf_provision_cost(double enrolled, const struct cf_line_money *line);

/*
 * What funding by learner numbers brings for so many enrolled:
 *
 *   sln x rate_per_sln x provider_factor x (1 + success_rate) / 2
 *
 * provider_factor 1 where it is not given, and the success factor too. NaN where the line has no
 * rate or no guided hours.
 */
double cf_line_income(double enrolled, const struct cf_line_money *line);

#endif
