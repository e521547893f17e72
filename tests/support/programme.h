#ifndef TEST_PROGRAMME_H
#define TEST_PROGRAMME_H

#include "place.h"

#include "plan/programme.h"

/* A programme that is put together piece by piece, and random ones. */
enum {
    TEST_OPTIONS = 64,
    TEST_YEARS = 12,
    TEST_FUTURES = 12,
    TEST_DEMANDS = 6000,
    TEST_SUPPLIES = 3000,
    TEST_ARCS = 40000,
    TEST_VIABLE = 400,
    TEST_LINKS = 4
};

struct test_programme {
    struct cf_programme p; /* its lists point into this; see the copy below */
    struct cf_programme_option option[TEST_OPTIONS];
    int need[TEST_OPTIONS][TEST_LINKS], exclude[TEST_OPTIONS][TEST_LINKS];
    char name[TEST_OPTIONS][16];
    double weight[TEST_FUTURES], discount[TEST_YEARS], most_unserved[TEST_YEARS];
    struct cf_plan_demand demand[TEST_DEMANDS];
    double short_of[TEST_DEMANDS][TEST_FUTURES];
    struct cf_plan_supply supply[TEST_SUPPLIES];
    double amount[TEST_SUPPLIES][TEST_FUTURES];
    struct cf_arc arc[TEST_ARCS];
    struct cf_viable viable[TEST_VIABLE];
    struct cf_required required[TEST_OPTIONS];
    double capital[2][TEST_YEARS], revenue[2][TEST_YEARS];
};

/* Nothing in it yet: no discount, equal weights, no budget, a gap of 1e-9. */
struct test_programme *test_programme_new(int years, int futures, double penalty);
struct test_programme *test_programme_copy(const struct test_programme *t);
void test_programme_free(struct test_programme *t);
int test_add_option(struct test_programme *t, struct cf_programme_option option);
void test_add_need(struct test_programme *t, int option, int need);
void test_add_exclude(struct test_programme *t, int option, int other);
/* The same in all futures; short_of and amount can be changed afterwards. */
int test_add_demand(struct test_programme *t, int year, double short_of);
int test_add_supply(struct test_programme *t, int option, int year, int offer, double amount);
void test_add_arc(struct test_programme *t, int supply, int demand);
void test_add_viable(struct test_programme *t, int option, int year, double group, double there);
void test_require(struct test_programme *t, int option, int units, int year);
/* Budgets that bind nothing, to be narrowed. */
void test_add_budget(struct test_programme *t);

/* What a random programme is to have. */
struct test_programme_size {
    int options, years, futures;
    int lines, areas, sites; /* of which a line has demands, and supplies */
    int most_units;
    int most_starts; /* 0: any; else sum of units over options and years that can be started */
};
struct test_programme *test_random_programme(struct place_random *random,
                                             const struct test_programme_size *size);

#endif
