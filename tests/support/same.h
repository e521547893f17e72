#ifndef TEST_SAME_H
#define TEST_SAME_H

#include "place.h"

/*
 * Two runs that have to say the same, every variable of the results: member k of an axis of `m` is
 * member to[axis][k] of `other` (NULL: k; -1: not compared). Undefined is the same as undefined
 * only. What depends on placing is compared to `tolerance` of the larger, of one person at least;
 * spare and shortfall besides to what the capacities are held to; scarcity not at sites of less
 * than a millionth of a place, where rounding decides who fills them.
 */
struct same {
    const struct cf_model *m, *other;
    const int *to[CF_N_AXES];
    double tolerance;
    int number; /* of the place, for the message */
};

void assert_same(const struct same *same, const struct place_result *here,
                 const struct place_result *there);

/* Relative to the larger of the two and 1. */
void assert_near(const char *what, double a, double b, double tolerance);

/* Numbers 0 to n - 1 in a random order. */
void shuffle(struct place_random *random, int n, int *to);

#endif
