#include "same.h"

#include "check.h"
#include "engine/layout.h"

#include <math.h>
#include <string.h>

#define LEAST_PLACES 1e-6
#define OF_CAPACITY 1e-8

void assert_near(const char *what, double a, double b, double tolerance)
{
    const double scale = fmax(1, fmax(fabs(a), fabs(b)));
    if (!(fabs(a - b) <= tolerance * scale))
        fail_msg("%s: %.17g and %.17g differ by more than %g", what, a, b, tolerance * scale);
}

void shuffle(struct place_random *random, int n, int *to)
{
    for (int i = 0; i < n; i++)
        to[i] = i;
    for (int i = n - 1; i > 0; i--) {
        const int j = place_whole(random, 0, i), kept = to[i];
        to[i] = to[j];
        to[j] = kept;
    }
}

/* The axis of a dimension, "authority_to" included; -1: it is of none. */
static int axis_of(const char *dim)
{
    for (int axis = 0; axis < CF_N_AXES; axis++) {
        const size_t length = strlen(cf_axis_specs[axis].name);
        if (!strncmp(dim, cf_axis_specs[axis].name, length) &&
            (!dim[length] || !strcmp(dim + length, "_to")))
            return axis;
    }
    return -1;
}

static int member(const struct same *same, const char *dim, int k)
{
    const int axis = axis_of(dim);
    if (!strcmp(dim, "offer")) {
        const struct cf_provision *p = &same->m->provision;
        const int i = member(same, "line", p->offer_line[k]);
        const int j = member(same, "site", p->offer_site[k]);
        return i < 0 || j < 0 ? -1 : cf_offer_find(&same->other->provision, i, j);
    }
    return axis < 0 || !same->to[axis] ? k : same->to[axis][k];
}

/* Cell of the other run for a cell of this one, -1: not compared. */
static long cell_there(const struct same *same, const struct cf_variable *v,
                       const struct cf_variable *w, size_t cell)
{
    int index[CF_MOST_VARIABLE_DIMS];
    long there = 0;
    for (int d = v->n_dims - 1; d >= 0; d--) {
        index[d] = (int)(cell % (size_t)v->extent[d]);
        cell /= (size_t)v->extent[d];
    }
    for (int d = 0; d < v->n_dims; d++) {
        const int k = member(same, v->dim[d], index[d]);
        if (k < 0)
            return -1;
        there = there * w->extent[d] + k;
    }
    return there;
}

static double slack(const char *name, const struct place_result *here, size_t cell)
{
    const int of_capacity = !strcmp(name, "spare") || !strcmp(name, "shortfall");
    return of_capacity ? OF_CAPACITY * here->usable[cell] : 0;
}

static const struct cf_variable *of_name(const struct cf_layout *layout, const char *name)
{
    for (int k = 0; k < layout->n_variables; k++)
        if (!strcmp(layout->variable[k].name, name))
            return &layout->variable[k];
    return NULL;
}

static void compare(const struct same *same, const struct cf_variable *v,
                    const struct cf_variable *w, const struct place_result *a,
                    const struct place_result *b)
{
    const double *here = place_variable(a, v->name), *there = place_variable(b, v->name);
    if (!here || !there) {
        assert_true(!here && !there);
        return;
    }
    for (size_t cell = 0; cell < v->size; cell++) {
        const long at = cell_there(same, v, w, cell);
        if (at < 0 || (isnan(here[cell]) && isnan(there[at])))
            continue;
        if (!strcmp(v->name, "scarcity") && a->usable[cell] > 0 && a->usable[cell] < LEAST_PLACES)
            continue;
        const double scale = fmax(1, fmax(fabs(here[cell]), fabs(there[at])));
        if (!(fabs(here[cell] - there[at]) <= same->tolerance * scale + slack(v->name, a, cell)))
            fail_msg("place %d, %s, cell %zu: %.17g and %.17g", same->number, v->name, cell,
                     here[cell], there[at]);
    }
}

void assert_same(const struct same *same, const struct place_result *here,
                 const struct place_result *there)
{
    struct cf_arena arena;
    cf_arena_init(&arena);
    const struct cf_layout *layout = cf_record_layout(&arena, same->m);
    const struct cf_layout *other = cf_record_layout(&arena, same->other);
    for (int k = 0; k < layout->n_variables; k++) {
        const struct cf_variable *v = &layout->variable[k], *w = of_name(other, v->name);
        /* A place without offers says nothing of them. */
        if (w && strcmp(v->name, "shift") != 0)
            compare(same, v, w, here, there);
    }
    cf_arena_free(&arena);
}
