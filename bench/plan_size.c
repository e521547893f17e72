/*
 * How long does a plan take to be found? Random programmes of 20 options in 7 years and 5 futures,
 * 40 in 7 and 12, 60 in 11 and 12, each with 8 lines, 10 areas and 5 sites.
 *
 *   plan_size [nodes [seed [regret]]]
 *
 * Printed: size, seconds of the processor, nodes, how the search ended, value and gap, and how much
 * of what can be gained the linear relaxation promises more. All but the seconds is deterministic.
 */
#include "tests/support/programme.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

static double mean_cost_of_nothing(const struct cf_programme *p)
{
    double sum = 0;
    for (int d = 0; d < p->n_demands; d++)
        for (int f = 0; f < p->n_futures; f++)
            sum += p->weight[f] * p->penalty * p->discount[p->demand[d].year] *
                   p->demand[d].short_of[f];
    return sum;
}

static void measure(int options, int years, int futures, int nodes, uint64_t seed, int regret)
{
    struct place_random random = {seed};
    const struct test_programme_size size = {.options = options,
                                             .years = years,
                                             .futures = futures,
                                             .lines = 8,
                                             .areas = 10,
                                             .sites = 5,
                                             .most_units = 3};
    struct test_programme *t = test_random_programme(&random, &size);
    struct cf_arena arena;
    struct cf_plan_solution s;
    cf_arena_init(&arena);
    t->p.gap = 1e-6;
    t->p.most_nodes = nodes;
    t->p.regret = regret;
    if (!t->p.has_budget)
        printf("(no budget) ");
    const clock_t started = clock();
    if (cf_programme_solve(&t->p, &arena, &s, NULL) != CF_OK)
        abort();
    printf("%2d x %2d x %2d  %5d arcs  %7.2f s  %6d nodes  %-8s  value %.0f of %.0f  gap %.1e  "
           "relaxed %.4f below\n",
           options, years, futures, t->p.n_arcs, (double)(clock() - started) / CLOCKS_PER_SEC,
           s.nodes, cf_plan_status_names[s.status], s.value, mean_cost_of_nothing(&t->p), s.gap,
           (s.value - s.relaxed) / s.value);
    cf_arena_free(&arena);
    test_programme_free(t);
}

int main(int argc, char **argv)
{
    const int nodes = argc > 1 ? atoi(argv[1]) : 2000;
    const uint64_t seed = argc > 2 ? strtoull(argv[2], NULL, 10) : 1;
    const int regret = argc > 3 ? atoi(argv[3]) : 0;
    measure(20, 7, 5, nodes, seed, regret);
    measure(40, 7, 12, nodes, seed, regret);
    measure(60, 11, 12, nodes, seed, regret);
    return 0;
}
