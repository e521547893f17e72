#ifndef TEST_BRUTE_PLAN_H
#define TEST_BRUTE_PLAN_H

#include "programme.h"

/*
 * A programme solved by trying every plan, with nothing of the solver's: what is served is the
 * least over all sets of supplies of the cut they leave; where a group is needed, a dense simplex
 * over who serves whom.
 */
struct brute_plan {
    int is_feasible;
    double value;
    double best[TEST_FUTURES]; /* least cost in each future */
    int tried;
};
struct brute_plan brute_plan(const struct test_programme *t);
/* 1: the plan holds every row. cost: [future]. */
int brute_cost(const struct test_programme *t, const int *units, double *cost);

#endif
