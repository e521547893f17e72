#ifndef CF_LINEAR_H
#define CF_LINEAR_H

#include "plan/programme.h"
#include "plan/trial.h"

/*
 * A scenario as a linear programme: what is short in each future without a plan, and what a unit of
 * each option does about it, both found by running the model. MODEL.md 9.5.
 */

/* Who loads the scenario with actions in place of its own, to be tried: with CF_TRIAL_RETAIN, the
 * same design of draws. NULL where it cannot, which is reported. */
struct cf_loader {
    void *self;
    const struct cf_model *(*load)(void *self, const struct cf_action *action, int n,
                                   cf_diag *diag);
    void (*release)(void *self, const struct cf_model *model);
};

/* What a unit of an option does on one line while it is open, by trial. */
struct cf_effect {
    int option, line;
    double *relief; /* [future][T][consortium] learners fewer unplaced; less than 0: more */
    double *there;  /* [T] of an option that opens: mean enrolled at its offer */
};

/* Years of a plan are counted from the one after base_year: T of them. */
struct cf_linear {
    const struct cf_model *model; /* loaded without a plan */
    const struct cf_loader *loader;
    const struct cf_futures *futures; /* that the programme knows */
    const struct cf_futures *judges;  /* that a plan is simulated in */
    int threads;
    struct cf_arena *arena;
    int T, C;
    int *consortium;              /* [area] */
    const char **consortium_name; /* [C] */
    struct cf_trial base, judged; /* without a plan: futures, judges */
    int n_effects;
    struct cf_effect *effect;
    double *scale; /* [line][T] of relief, after a plan was simulated; 1 at first */
    int *demand;   /* [line][T][consortium] index into the programme's, -1: none */
    struct cf_programme programme;
};

/* Run the scenario and its options. The programme is made by cf_linear_programme. */
enum cf_status cf_linearise(struct cf_linear *linear, cf_diag *diag);

/* (Re)make the programme from what was measured, times `scale`. regret, gap and limits are the
 * caller's to set. */
void cf_linear_programme(struct cf_linear *linear);

/* The same programme in one future alone, in the arena. */
struct cf_programme cf_linear_future(const struct cf_linear *linear, int future);

/* Run the scenario with these actions in the draws it is judged by. */
enum cf_status cf_linear_try(const struct cf_linear *linear, const struct cf_action *action, int n,
                             struct cf_trial *trial, cf_diag *diag);

/* Learners fewer unplaced on a line in year t of the plan, on the mean of those draws,
 * between a trial and the scenario without a plan. */
double cf_linear_relief(const struct cf_linear *linear, const struct cf_trial *trial, int line,
                        int t);

#endif
