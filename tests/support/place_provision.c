#include "place.h"

#include "model/lever_ops.h"

#include <limits.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

void place_change(struct cf_model *m, int line, int site, int open_year, double places,
                  int ramp_years)
{
    struct cf_provision *p = &m->provision;
    struct cf_change *more = CF_TAKE(&m->arena, (size_t)p->n_changes + 1, struct cf_change);
    if (p->n_changes > 0)
        memcpy(more, p->change, (size_t)p->n_changes * sizeof *more);
    p->change = more;
    p->change[p->n_changes++] = (struct cf_change){.line = line,
                                                   .site = site,
                                                   .open_year = open_year,
                                                   .ramp_years = ramp_years,
                                                   .places = places};
}

/* Cells without a share: the lines of a route are equal. */
static void share_equally(struct cf_model *m)
{
    const int I = m->axis[CF_AXIS_LINE].n;
    struct cf_field *share = &m->field[CF_FIELD_line_share];
    for (size_t k = 0; k < share->size; k++) {
        const int i = (int)(k % (size_t)I);
        int n = 0;
        for (int other = 0; other < I; other++)
            n += m->provision.line[other].route == m->provision.line[i].route;
        if (isnan(share->value[k]))
            share->value[k] = 1.0 / n;
    }
}

void place_provide(struct cf_model *m)
{
    struct cf_provision *p = &m->provision;
    const size_t pairs = (size_t)m->extent.A * (size_t)m->axis[CF_AXIS_SITE].n;
    if (!p->by_distance) {
        p->by_distance = CF_TAKE(&m->arena, pairs, unsigned char);
        p->minutes_per_km = 1.5;
        p->coverage_ages = cf_select_all(&m->arena, m->extent.X);
    }
    cf_find_provision(m);
    share_equally(m);
}

struct place_size place_random_size_with_lines(struct place_random *r)
{
    struct place_size size = {.A = place_whole(r, 1, 4),
                              .G = place_whole(r, 1, 3),
                              .X = place_whole(r, 2, 7),
                              .L = place_whole(r, 1, 3),
                              .S = place_whole(r, 3, 5),
                              .Y = place_whole(r, 2, 5),
                              .D = place_whole(r, 0, 1),
                              .I = place_whole(r, 1, 5),
                              .J = place_whole(r, 0, 5),
                              .Q = place_whole(r, 0, 3),
                              .H = place_whole(r, 1, 3)};
    size.choice_x = place_whole(r, 1, size.X - 1);
    return size;
}

static int chance(struct place_random *r, double probability)
{
    return place_uniform(r) < probability;
}

static double between(struct place_random *r, double low, double high)
{
    return low + (high - low) * place_uniform(r);
}

/* Routes that need places, and lines: the first of each route serves all its ages, so that nobody
 * is in a route that has nothing for them; school has younger ones too. */
static void random_lines(struct cf_model *m, struct place_random *r)
{
    const struct cf_extent *e = &m->extent;
    const int I = m->axis[CF_AXIS_LINE].n;
    int n = 0, route[16];
    for (int s = 0; s < e->S; s++) {
        const int fits = s != e->fallback && n < I;
        const int provided = fits && (n == 0 && s > 0 ? 1 : chance(r, s == 0 ? 0.3 : 0.8));
        place_mark(m, CF_AXIS_STATUS, s, "provided", provided ? "1" : "0");
        if (provided)
            route[n++] = s;
    }
    for (int i = 0; i < I; i++) {
        const int s = route[i < n ? i : place_whole(r, 0, n - 1)];
        place_mark(m, CF_AXIS_LINE, i, "route", m->axis[CF_AXIS_STATUS].codes.name[s]);
        place_mark(m, CF_AXIS_LINE, i, "entitlement", chance(r, 0.5) ? "1" : "0");
        place_mark_number(m, CF_AXIS_LINE, i, "learners_per_teacher",
                          chance(r, 0.3) ? 0 : between(r, 5, 20));
        if (s == e->school)
            place_mark_number(m, CF_AXIS_LINE, i, "from_age", e->first_age);
        if (i < n || chance(r, 0.5))
            continue;
        const int from = place_whole(r, s == e->school ? 0 : e->choice_x, e->X - 1);
        place_mark_number(m, CF_AXIS_LINE, i, "from_age", e->first_age + from);
        place_mark_number(m, CF_AXIS_LINE, i, "to_age",
                          e->first_age + place_whole(r, from, e->X - 1));
    }
}

static void random_sites(struct cf_model *m, struct place_random *r)
{
    const int H = m->axis[CF_AXIS_AUTHORITY].n;
    const struct cf_names *authority = &m->axis[CF_AXIS_AUTHORITY].codes;
    for (int a = 0; a < m->extent.A; a++)
        place_mark(m, CF_AXIS_AREA, a, "authority", authority->name[place_whole(r, 0, H - 1)]);
    for (int j = 0; j < m->axis[CF_AXIS_SITE].n; j++) {
        place_mark(m, CF_AXIS_SITE, j, "authority", authority->name[place_whole(r, 0, H - 1)]);
        if (!chance(r, 0.25))
            continue;
        const int open = place_whole(r, 0, m->extent.Y);
        place_mark_number(m, CF_AXIS_SITE, j, "closing_year", m->extent.base_year + open);
        if (chance(r, 0.6))
            place_mark_number(m, CF_AXIS_SITE, j, "teach_out", place_whole(r, 1, 3));
    }
    for (int q = 0; q < m->axis[CF_AXIS_GRADE].n; q++)
        place_mark(m, CF_AXIS_GRADE, q, "good", chance(r, 0.5) ? "1" : "0");
}

static void fill(struct cf_model *m, enum cf_field_id id, struct place_random *r, double low,
                 double high, double share_zero)
{
    struct cf_field *f = &m->field[id];
    for (size_t i = 0; i < (size_t)f->n_years * f->size; i++)
        f->value[i] = chance(r, share_zero) ? 0 : between(r, low, high);
}

/* Rows of n cells that sum to 1, none of them 0. */
static void fill_rows(struct cf_model *m, enum cf_field_id id, struct place_random *r, int n)
{
    struct cf_field *f = &m->field[id];
    fill(m, id, r, 0.05, 1, 0);
    for (size_t row = 0; n > 0 && row < f->size; row += (size_t)n) {
        double sum = 0;
        for (size_t k = row; k < row + (size_t)n; k++)
            sum += f->value[k];
        for (size_t k = row; k < row + (size_t)n; k++)
            f->value[k] /= sum;
    }
}

/* Shares of the lines of a route: the first of each, which serves all ages, is never 0, and no
 * line of school, which may serve an age alone. */
static void random_shares(struct cf_model *m, struct place_random *r)
{
    const int I = m->axis[CF_AXIS_LINE].n;
    struct cf_field *share = &m->field[CF_FIELD_line_share];
    const struct cf_line *line = m->provision.line;
    for (size_t row = 0; row < share->size; row += (size_t)I) {
        double *cells = &share->value[row], sum[16] = {0};
        for (int i = 0; i < I; i++) {
            const int needed = sum[line[i].route] == 0 || line[i].route == m->extent.school;
            cells[i] = needed ? between(r, 0.1, 1) : chance(r, 0.2) ? 0 : place_uniform(r);
            sum[line[i].route] += cells[i];
        }
        for (int i = 0; i < I; i++)
            cells[i] /= sum[line[i].route];
    }
}

/* Places: most in the order of the demand there is, or far from it, one way and the other. */
static void random_places(struct cf_model *m, struct place_random *r)
{
    static const double crowding[] = {0.05, 0.4, 0.8, 1, 1.2, 4};
    struct cf_field *places = &m->field[CF_FIELD_places];
    const struct cf_field *population = &m->field[CF_FIELD_population];
    double persons = 0;
    for (size_t k = 0; k < population->size; k++)
        persons += population->value[k];
    const double each =
        persons * crowding[place_whole(r, 0, 5)] / (0.4 * (double)(places->size + 1));
    for (size_t k = 0; k < places->size; k++) {
        const double kind = place_uniform(r);
        places->value[k] = kind < 0.25   ? 0
                           : kind < 0.28 ? 1e-12
                           : kind < 0.31 ? 1e9
                                         : each * between(r, 0.2, 1.8);
    }
    for (int k = place_whole(r, 0, 4); k > 0 && places->size > 0; k--) {
        const int i = place_whole(r, 0, m->axis[CF_AXIS_LINE].n - 1);
        const int j = place_whole(r, 0, m->axis[CF_AXIS_SITE].n - 1);
        const int year = m->extent.base_year + place_whole(r, -1, m->extent.Y);
        if (year < m->provision.site[j].closing_year)
            place_change(m, i, j, year, each * between(r, -1, 1.5), place_whole(r, 0, 3));
    }
    fill(m, CF_FIELD_recruits, r, 0, each / 40, 0.5);
    for (size_t j = 0; j < m->field[CF_FIELD_staff].size; j++)
        m->field[CF_FIELD_staff].value[j] = chance(r, 0.5) ? NAN : each * between(r, 0, 0.3);
}

/* A lever that makes all straight roads slower or faster, in every year. */
static void pull_minutes(struct cf_model *m, double factor)
{
    m->scenario.n_levers = 1;
    m->scenario.lever = CF_TAKE(&m->arena, 1, struct cf_lever);
    m->scenario.lever[0] = (struct cf_lever){.name = "roads",
                                             .field = CF_FIELD_minutes_per_km,
                                             .op = cf_lever_op_find("scale"),
                                             .value = factor,
                                             .from = INT_MIN,
                                             .until = INT_MAX};
}

/* Journeys, some of them beyond reach, one area's sometimes all; borders, some of them closed. */
static void random_travel(struct cf_model *m, struct place_random *r)
{
    const int A = m->extent.A, J = m->axis[CF_AXIS_SITE].n;
    fill(m, CF_FIELD_minutes, r, 0, 70, 0.05);
    if (chance(r, 0.15))
        for (int j = 0; j < J; j++)
            *place_at(m, CF_FIELD_minutes, (int[]){place_whole(r, 0, A - 1), j}) = 99;
    if (chance(r, 0.3)) {
        for (int k = 0; k < A * J; k++)
            m->provision.by_distance[k] = (unsigned char)chance(r, 0.5);
        pull_minutes(m, between(r, 0.7, 1.5));
    }
    fill(m, CF_FIELD_beta, r, 0.01, 0.12, 0.1);
    fill(m, CF_FIELD_reach, r, 30, 80, 0);
    fill(m, CF_FIELD_outside, r, 0.0005, 0.05, 0);
    fill(m, CF_FIELD_collaboration, r, 0, 5, 0.3);
    fill(m, CF_FIELD_border, r, 0, 1.5, 0.2);
}

/* Somebody goes everywhere. Where a cell's only learners would be the 1e-12 who found a place last
 * year, the duty would send all it moves after them, and no two ways of rounding agree on who. */
static void go_everywhere(struct cf_model *m)
{
    struct cf_field *f = &m->field[CF_FIELD_progression];
    const size_t S = (size_t)m->extent.S;
    for (size_t k = 0; k < f->size; k++)
        f->value[k] = (f->value[k] + 0.05) / (1 + 0.05 * (double)S);
}

void place_provide_random(struct cf_model *m, struct place_random *r)
{
    random_lines(m, r);
    random_sites(m, r);
    place_provide(m);
    random_shares(m, r);
    random_places(m, r);
    random_travel(m, r);
    go_everywhere(m);
    fill_rows(m, CF_FIELD_grade_share, r, m->axis[CF_AXIS_GRADE].n);
    fill_rows(m, CF_FIELD_grade_move, r, m->axis[CF_AXIS_GRADE].n);
    *place_at(m, CF_FIELD_alpha, NULL) = chance(r, 0.5) ? 1 : place_uniform(r);
    *place_at(m, CF_FIELD_good_pull, NULL) = between(r, -1, 1);
    *place_at(m, CF_FIELD_wastage, NULL) = between(r, 0, 0.2);
    *place_at(m, CF_FIELD_phi, NULL) = chance(r, 0.3) ? 0 : place_uniform(r);
    *place_at(m, CF_FIELD_quality_effect, NULL) = chance(r, 0.3) ? 0 : between(r, -2, 2);
    for (int g = 0; g < m->extent.G; g++)
        m->scenario.protected_groups.n_selected += m->scenario.protected_groups.member[g] =
            (unsigned char)chance(r, 0.3);
    m->scenario.rounds = place_whole(r, 1, 4);
    place_provide(m);
}
