#ifndef CF_TRIAL_H
#define CF_TRIAL_H

#include "model/model.h"

/* Futures that stand for all of them: draws of one scenario, each with the share it stands for. */
struct cf_futures {
    int n;
    int *draw;      /* [n] ascending; 0: the central run, alone */
    double *weight; /* [n] they sum to 1 */
};

/* What a scenario leads to in each future, every year. Offers are by line and site, so that
 * scenarios that offer different things lie side by side. */
struct cf_trial {
    int F, Y, A, I, J;
    double *unplaced;          /* [future][year][area][line] learners without their first choice */
    double *enrolled, *usable; /* [future][year][line][site]; NULL where only the unplaced were
                                  asked for */
};

/* What models must keep of draws to be tried: a setting, for whoever loads them. */
#define CF_TRIAL_RETAIN "retain=[\"-*\",\"unplaced\",\"enrolled\",\"usable\"]"

/*
 * Run the futures of n models, loaded with CF_TRIAL_RETAIN, at the first sweep point. Trials live
 * in the arena. CF_BROKEN, reported, where one of the runs fails.
 */
struct cf_trial_runs {
    const struct cf_model *const *model;
    int n;
    const struct cf_futures *futures;
    int threads;
    int unplaced_only;
};
enum cf_status cf_run_trials(const struct cf_trial_runs *runs, struct cf_arena *arena,
                             struct cf_trial *trial, cf_diag *diag);

#endif
