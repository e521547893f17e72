#ifndef CF_MAKE_PLAN_H
#define CF_MAKE_PLAN_H

#include "base/columns.h"
#include "plan/linear.h"

#include <cohortflow/results.h>

/* How a plan is looked for. */
struct cf_plan_search {
    int regret;     /* 0: least expected cost; 1: least largest regret */
    int most_nodes; /* 0: no limit */
    double most_seconds;
};

/* A plan, what it promises and what the model says of it. */
struct cf_plan {
    int n_actions, n_before;  /* the first n_before are the scenario's own */
    struct cf_action *action; /* in order of year, then option */
    int *latest;              /* [action] last year to start it in for its first use */
    int *sure;                /* [action] units that as many futures want as no_regret asks */
    double *served;           /* [action] learner-years, on the mean of the futures */
    struct cf_plan_solution solution;
    double *planned, *simulated, *before; /* [T] relief; learners short without the plan */
    double planned_all, simulated_all;
    double cost;   /* discounted: what is started, and who is unplaced as simulated */
    int rounds;    /* of linearising after the first */
    double greedy; /* value of the greedy rule's plan, NaN: it does not hold what is asked */
    int n_steps;
    struct cf_greedy_step *step;
};

/* The difference from the plan's relief within which the simulated one is taken to agree, and how
 * often the programme is made anew where it does not. */
#define CF_PLAN_AGREES 0.2
#define CF_PLAN_NOBODY 0.5 /* learner-years that are no difference */
enum { CF_PLAN_ROUNDS = 3 };

/*
 * Linearise, solve, simulate; where relief differs by more than a fifth, linearise at the simulated
 * state and again, three times at most. CF_INFEASIBLE, reported with the rows that conflict, where
 * there is no plan, or a limit came before one was found.
 */
enum cf_status cf_make_plan(struct cf_linear *linear, const struct cf_plan_search *search,
                            struct cf_plan *plan, cf_diag *diag);

/* Notes of the tables below that are said in any form: how the plan was found, how it does. */
enum { CF_PLAN_ALWAYS = 2 };

/* What to start when, an action a row: who does it, what it takes, what it serves. */
void cf_plan_action_table(struct cf_table *table, const struct cf_linear *linear,
                          const struct cf_plan *plan);
void cf_plan_action_table_told(struct cf_table *table, const struct cf_linear *linear,
                               const struct cf_plan *plan);
/* Money and relief, a year a row. */
void cf_plan_year_table(struct cf_table *table, const struct cf_linear *linear,
                        const struct cf_plan *plan);

#endif
