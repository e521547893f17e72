#include "programme.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void point_into(struct test_programme *t)
{
    struct cf_programme *p = &t->p;
    p->option = t->option;
    p->weight = t->weight;
    p->discount = t->discount;
    p->demand = t->demand;
    p->supply = t->supply;
    p->arc = t->arc;
    p->viable = t->viable;
    p->required = t->required;
    p->most_unserved = p->most_unserved ? t->most_unserved : NULL;
    for (int part = 0; part < 2; part++) {
        p->capital[part] = t->capital[part];
        p->revenue[part] = t->revenue[part];
    }
    for (int k = 0; k < p->n_options; k++) {
        t->option[k].need = t->need[k];
        t->option[k].exclude = t->exclude[k];
        if (t->name[k][0])
            t->option[k].name = t->name[k];
    }
    for (int d = 0; d < p->n_demands; d++)
        t->demand[d].short_of = t->short_of[d];
    for (int s = 0; s < p->n_supplies; s++)
        t->supply[s].amount = t->amount[s];
}

struct test_programme *test_programme_new(int years, int futures, double penalty)
{
    struct test_programme *t = calloc(1, sizeof *t);
    if (!t)
        abort();
    t->p.n_years = years;
    t->p.n_futures = futures;
    t->p.first_year = 2010;
    t->p.penalty = penalty;
    t->p.gap = 1e-9;
    point_into(t);
    for (int f = 0; f < futures; f++)
        t->weight[f] = 1.0 / futures;
    for (int y = 0; y < years; y++)
        t->discount[y] = 1;
    return t;
}

struct test_programme *test_programme_copy(const struct test_programme *t)
{
    struct test_programme *copy = malloc(sizeof *copy);
    if (!copy)
        abort();
    memcpy(copy, t, sizeof *copy);
    point_into(copy);
    return copy;
}

void test_programme_free(struct test_programme *t)
{
    free(t);
}

int test_add_option(struct test_programme *t, struct cf_programme_option option)
{
    const int k = t->p.n_options++;
    t->option[k] = option;
    if (!option.name) {
        snprintf(t->name[k], sizeof t->name[k], "option%d", k);
        t->option[k].name = t->name[k];
    }
    t->option[k].need = t->need[k];
    t->option[k].exclude = t->exclude[k];
    return k;
}

void test_add_need(struct test_programme *t, int option, int need)
{
    t->need[option][t->option[option].n_needs++] = need;
}

void test_add_exclude(struct test_programme *t, int option, int other)
{
    t->exclude[option][t->option[option].n_excludes++] = other;
}

int test_add_demand(struct test_programme *t, int year, double short_of)
{
    const int d = t->p.n_demands++;
    for (int f = 0; f < t->p.n_futures; f++)
        t->short_of[d][f] = short_of;
    t->demand[d] = (struct cf_plan_demand){.year = year, .short_of = t->short_of[d]};
    return d;
}

int test_add_supply(struct test_programme *t, int option, int year, int offer, double amount)
{
    const int s = t->p.n_supplies++;
    for (int f = 0; f < t->p.n_futures; f++)
        t->amount[s][f] = amount;
    t->supply[s] = (struct cf_plan_supply){option, year, offer, t->amount[s]};
    return s;
}

void test_add_arc(struct test_programme *t, int supply, int demand)
{
    t->arc[t->p.n_arcs++] = (struct cf_arc){supply, demand};
}

void test_add_viable(struct test_programme *t, int option, int year, double group, double there)
{
    t->viable[t->p.n_viable++] = (struct cf_viable){option, year, group, there};
}

void test_require(struct test_programme *t, int option, int units, int year)
{
    t->required[t->p.n_required++] = (struct cf_required){option, units, year};
}

void test_add_budget(struct test_programme *t)
{
    t->p.has_budget = 1;
    for (int part = 0; part < 2; part++) {
        for (int y = 0; y < t->p.n_years; y++)
            t->capital[part][y] = t->revenue[part][y] = 1e9;
    }
}
