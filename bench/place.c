/*
 * What does placing cost? The reference country (350 areas, 6 groups, 25 ages, 3 levels and 10
 * statuses from choice_age on, 6 routes of one line each, 500 sites, 40 of them within reach of an
 * area) is stepped eight runs wide on one core with places for 1.03, 1.10 and 1.30 times the
 * demand.
 *
 *   place [areas [sites [years]]]
 *
 * Printed: visits and products of a matrix that clearing one market took (deterministic), whether
 * all converged to 1e-9, and the time of all placing (supply, travel, passes, second choices,
 * taking up) against that of the rest of the year, in one process.
 */
#include "tests/support/place.h"

#include "base/clock.h"
#include "base/order.h"
#include "design/bind.h"
#include "engine/placing.h"
#include "engine/select.h"
#include "engine/step.h"
#include "engine/year_plan.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { ROUTES = 6, WITHIN_REACH = 40 };
#define REACH 45.0

/* Areas and sites lie anywhere in a square; the nearest 40 sites are within 45 minutes. */
static void lay_out(struct cf_model *m, struct place_random *r)
{
    const int A = m->extent.A, J = m->axis[CF_AXIS_SITE].n;
    double *minutes = m->field[CF_FIELD_minutes].value;
    double *site = calloc(2 * (size_t)J, sizeof *site), *order = calloc((size_t)J, sizeof *order);
    if (!site || !order)
        abort();
    for (int k = 0; k < 2 * J; k++)
        site[k] = place_uniform(r);
    for (int a = 0; a < A; a++) {
        const double x = place_uniform(r), y = place_uniform(r);
        for (int j = 0; j < J; j++)
            minutes[a * J + j] = order[j] = hypot(x - site[2 * j], y - site[2 * j + 1]);
        cf_sort_numbers(order, (size_t)J);
        const double farthest = order[J < WITHIN_REACH ? J - 1 : WITHIN_REACH - 1];
        for (int j = 0; j < J; j++)
            minutes[a * J + j] *= REACH / farthest;
    }
    free(site);
    free(order);
}

/* Rows that sum to 1: `stay` on the diagonal of square ones, the rest anyhow. */
static void fill_rows(struct cf_model *m, enum cf_field_id id, double stay, struct place_random *r)
{
    struct cf_field *f = &m->field[id];
    const size_t n = (size_t)f->extent[cf_field_specs[id].n_dims - 1];
    for (size_t row = 0; row < f->size; row += n) {
        double sum = 0;
        for (size_t k = 0; k < n; k++)
            sum += f->value[row + k] = 0.2 + place_uniform(r);
        for (size_t k = 0; k < n; k++)
            f->value[row + k] *= (1 - stay) / sum;
        f->value[row + row / n % n] += stay;
    }
}

static struct cf_model *country(int areas, int sites, int years, struct place_random *r)
{
    const struct place_size size = {.A = areas,
                                    .G = 6,
                                    .X = 25,
                                    .L = 3,
                                    .S = 10,
                                    .Y = years + 1,
                                    .choice_x = 14,
                                    .I = ROUTES,
                                    .J = sites,
                                    .H = 1};
    struct cf_model *m = place_new(&size);
    for (int s = 0; s < size.S; s++)
        place_mark(m, CF_AXIS_STATUS, s, "provided", s >= 1 && s <= ROUTES ? "1" : "0");
    for (int i = 0; i < ROUTES; i++) {
        place_mark(m, CF_AXIS_LINE, i, "route", m->axis[CF_AXIS_STATUS].codes.name[1 + i]);
        m->field[CF_FIELD_beta].value[1 + i] = 0.08;
        m->field[CF_FIELD_reach].value[1 + i] = REACH;
    }
    for (size_t k = 0; k < m->field[CF_FIELD_population].size; k++)
        m->field[CF_FIELD_population].value[k] = 20 + 30 * place_uniform(r);
    for (size_t k = 0;
         k < (size_t)m->field[CF_FIELD_entrants].n_years * m->field[CF_FIELD_entrants].size; k++)
        m->field[CF_FIELD_entrants].value[k] = 35;
    fill_rows(m, CF_FIELD_level_share, 0, r);
    fill_rows(m, CF_FIELD_status_share, 0, r);
    fill_rows(m, CF_FIELD_progression, 0.6, r);
    for (size_t k = 0; k < m->field[CF_FIELD_places].size; k++)
        m->field[CF_FIELD_places].value[k] = 0.3 + place_uniform(r);
    m->scenario.rounds = 2;
    m->scenario.max_rounds = 500;
    m->scenario.tolerance = 1e-9;
    m->scenario.protected_groups.member[5] = 1;
    lay_out(m, r);
    place_provide(m);
    return m;
}

/* Places of each line at so many times what its learners ask for in the base year. */
static void set_places(struct cf_model *m, const double *asked, double ratio)
{
    const size_t J = (size_t)m->axis[CF_AXIS_SITE].n;
    for (size_t i = 0; i < ROUTES; i++) {
        double *places = m->field[CF_FIELD_places].value + i * J, sum = 0;
        for (size_t j = 0; j < J; j++)
            sum += places[j];
        for (size_t j = 0; j < J; j++)
            places[j] *= ratio * asked[i] / sum;
    }
}

static int is_placing(const char *process)
{
    static const char *const names[] = {"provide", "ask", "place", "take_up"};
    for (size_t k = 0; k < sizeof names / sizeof *names; k++)
        if (!strcmp(process, names[k]))
            return 1;
    return 0;
}

static void measure(struct cf_model *m, double *asked, double ratio)
{
    struct cf_worker w;
    struct cf_binding binding;
    double seconds = 0, placing = 0;
    int failed = 0;
    cf_worker_init(&w, m, cf_select_kernels(NULL));
    cf_binding_init(&binding, m, &w.arena);
    w.seconds = CF_TAKE(&w.arena, (size_t)cf_n_processes, double);
    cf_bind_year(&binding, 0, &w.inputs);
    cf_start(&w);
    for (int y = 1; y < w.e->Y; y++) {
        cf_bind_year(&binding, y, &w.inputs);
        const double before = cf_seconds();
        cf_step(&w);
        seconds += cf_seconds() - before;
    }
    for (int i = 0; i < ROUTES; i++) {
        asked[i] = 0;
        for (int a = 0; a < w.e->A; a++)
            asked[i] += w.placing->first_demand[VIEW2(i, a, w.e->A)][0];
    }
    for (int p = 0; p < cf_n_processes; p++)
        placing += is_placing(cf_year_plan[p].name) ? w.seconds[p] : 0;
    for (int k = 0; k < CF_LANES; k++)
        failed += w.trouble[k].status != CF_RUN_OK;
    const double markets = (double)w.placing->markets;
    if (ratio > 0)
        printf("  %.2f      %6.1f  %5.0f      %8.0f    %s        %6.2f        %8.1f\n", ratio,
               w.placing->rounds[0] / markets, w.placing->most_rounds[0], markets,
               failed ? "NO " : "yes", placing / (seconds - placing),
               1e6 * placing / (CF_LANES * markets));
    cf_worker_free(&w);
}

int main(int argc, char **argv)
{
    const int areas = argc > 1 ? atoi(argv[1]) : 350, sites = argc > 2 ? atoi(argv[2]) : 500;
    const int years = argc > 3 ? atoi(argv[3]) : 11;
    static const double ratios[] = {1.03, 1.10, 1.30};
    struct place_random random = {2009};
    struct cf_model *m = country(areas, sites, years, &random);
    double asked[ROUTES];
    measure(m, asked, 0);
    printf("%d areas, %d sites, %d lines, %d years; 1 core, kernels %s, 8 runs wide\n"
           "                 rounds a market             all     placing to      microseconds\n"
           "  places/demand   mean   most   markets  converged  rest of year  a market and run\n",
           areas, sites, ROUTES, years, cf_select_kernels(NULL)->build);
    for (size_t k = 0; k < sizeof ratios / sizeof *ratios; k++) {
        set_places(m, asked, ratios[k]);
        measure(m, asked, ratios[k]);
    }
    place_free(m);
    return 0;
}
