#include "plan/programme_parts.h"

#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

/* Columns and rows of what is started and open; see programme_served.c for who is served. */

int cf_master_add_group(struct cf_master *m, const char *format, ...)
{
    char name[400];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(name, sizeof name, format, arguments);
    va_end(arguments);
    if (m->milp.n_groups == m->room_groups) {
        const char **bigger = CF_TAKE(m->arena, (size_t)m->room_groups * 2 + 64, const char *);
        if (m->room_groups)
            memcpy(bigger, m->group, (size_t)m->room_groups * sizeof *bigger);
        m->group = bigger;
        m->room_groups = m->room_groups * 2 + 64;
    }
    m->group[m->milp.n_groups] = cf_arena_copy(m->arena, name);
    return m->milp.n_groups++;
}

void cf_master_add_begun(struct cf_master *m, int option, int year, double times)
{
    const int T = m->programme->n_years, at = option * T + (year < T ? year : T - 1);
    if (year < 0)
        return;
    if (m->begun[at] >= 0) {
        cf_milp_add_entry(&m->milp, m->begun[at], times);
        return;
    }
    for (int t = 0; t <= year && t < T; t++)
        cf_milp_add_entry(&m->milp, m->start[option * T + t], times);
}

/* Started where it opens before the end; open = sum of those started within its life; no more than
 * max_units. */
static void add_option(struct cf_master *m, int k)
{
    const struct cf_programme *p = m->programme;
    const struct cf_programme_option *o = &p->option[k];
    const int T = p->n_years;
    for (int t = 0; t < T; t++) {
        m->start[k * T + t] = cf_milp_add_column(
            &m->milp, 0, t >= o->from && t + o->lead < T ? o->max_units : 0, 0, 1);
        m->open[k * T + t] = t < o->lead ? -1
                                         : cf_milp_add_column(&m->milp, 0, o->max_units,
                                                              cf_open_cost(p, k, t) * m->scale, 1);
        m->begun[k * T + t] = -1;
    }
    for (int t = o->lead; t < T; t++) {
        cf_milp_add_row(&m->milp, -1, 0, 0);
        cf_milp_add_entry(&m->milp, m->open[k * T + t], -1);
        for (int s = 0; s + o->lead <= t; s++)
            if (t < s + o->lead + o->life)
                cf_milp_add_entry(&m->milp, m->start[k * T + s], 1);
    }
    cf_milp_add_row(&m->milp, -1, -HUGE_VAL, o->max_units);
    for (int t = 0; t < T; t++)
        cf_milp_add_entry(&m->milp, m->start[k * T + t], 1);
    if (o->barred) {
        const int group = cf_master_add_group(
            m, o->barred == 2 ? "'%s' is excluded by what is started" : "quality floor of '%s'",
            o->name);
        for (int t = 0; t < T; t++) {
            cf_milp_add_row(&m->milp, group, -HUGE_VAL, 0);
            cf_milp_add_entry(&m->milp, m->start[k * T + t], 1);
        }
    }
}

/* begun[t] = 1 from the year of the first unit on; of an option of one unit that is the sum. */
static void add_begun_columns(struct cf_master *m, int k)
{
    const int T = m->programme->n_years, most = m->programme->option[k].max_units;
    if (most <= 1 || m->begun[k * T] >= 0)
        return;
    for (int t = 0; t < T; t++)
        m->begun[k * T + t] = cf_milp_add_column(&m->milp, 0, 1, 0, 1);
    for (int t = 0; t < T; t++) {
        cf_milp_add_row(&m->milp, -1, -HUGE_VAL, 0); /* begun if any */
        cf_milp_add_entry(&m->milp, m->begun[k * T + t], -most);
        for (int s = 0; s <= t; s++)
            cf_milp_add_entry(&m->milp, m->start[k * T + s], 1);
        cf_milp_add_row(&m->milp, -1, 0, HUGE_VAL); /* none, not begun */
        cf_milp_add_entry(&m->milp, m->begun[k * T + t], -1);
        for (int s = 0; s <= t; s++)
            cf_milp_add_entry(&m->milp, m->start[k * T + s], 1);
        if (t == 0)
            continue;
        cf_milp_add_row(&m->milp, -1, 0, HUGE_VAL);
        cf_milp_add_entry(&m->milp, m->begun[k * T + t], 1);
        cf_milp_add_entry(&m->milp, m->begun[k * T + t - 1], -1);
    }
}

/* What is begun by t is open from t + lead on, and by then its need is. */
static void add_needs(struct cf_master *m, int k)
{
    const struct cf_programme *p = m->programme;
    const struct cf_programme_option *o = &p->option[k];
    for (int i = 0; i < o->n_needs; i++) {
        const int n = o->need[i];
        const int group = cf_master_add_group(m, "'%s' needs '%s'", o->name, p->option[n].name);
        for (int t = 0; t < p->n_years; t++) {
            cf_milp_add_row(&m->milp, group, -HUGE_VAL, 0);
            cf_master_add_begun(m, k, t, 1);
            cf_master_add_begun(m, n, t + o->lead - p->option[n].lead, -1);
        }
    }
}

static int excludes(const struct cf_programme_option *option, int other)
{
    for (int i = 0; i < option->n_excludes; i++)
        if (option->exclude[i] == other)
            return 1;
    return 0;
}

static void add_excludes(struct cf_master *m, int k)
{
    const struct cf_programme *p = m->programme;
    for (int other = 0; other <= k; other++) {
        if (!excludes(&p->option[k], other) && !excludes(&p->option[other], k))
            continue;
        const int group =
            cf_master_add_group(m, "'%s' excludes '%s'", p->option[other].name, p->option[k].name);
        cf_milp_add_row(&m->milp, group, -HUGE_VAL, 1);
        cf_master_add_begun(m, k, p->n_years - 1, 1);
        cf_master_add_begun(m, other, p->n_years - 1, 1);
    }
}

/* Money in units of the largest cost of the row. */
static void add_budget(struct cf_master *m, int part, int year, int is_revenue)
{
    const struct cf_programme *p = m->programme;
    const double *limit = is_revenue ? p->revenue[part] : p->capital[part];
    double unit = 1, all = 0;
    int any = 0;
    for (int k = 0; k < p->n_options; k++) {
        const double cost = is_revenue ? p->option[k].annual : p->option[k].capital;
        all += p->option[k].part == part ? fmax(cost, 0) * p->option[k].max_units : 0;
        if (p->option[k].part == part && cost != 0) {
            unit = any ? fmax(unit, fabs(cost)) : fabs(cost);
            any = 1;
        }
    }
    if (all <= limit[year]) /* whatever is started */
        return;
    const int group =
        cf_master_add_group(m, "%s of part %d in %d", is_revenue ? "revenue" : "capital", part + 1,
                            p->first_year + year);
    cf_milp_add_row(&m->milp, group, -HUGE_VAL, limit[year] / unit);
    for (int k = 0; k < p->n_options; k++) {
        const int at = k * p->n_years + year;
        const double cost = is_revenue ? p->option[k].annual : p->option[k].capital;
        const int column = is_revenue ? m->open[at] : m->start[at];
        if (p->option[k].part == part && cost != 0 && column >= 0)
            cf_milp_add_entry(&m->milp, column, cost / unit);
    }
}

/* All that releases of an offer and year take is there in every future. */
static void add_release(struct cf_master *m, int release)
{
    const struct cf_programme *p = m->programme;
    const struct cf_plan_supply *r = &p->supply[release];
    const int there = cf_supply_released(p, r);
    for (int s = 0; s < release && there >= 0; s++) /* the first of them stands for all */
        if (cf_supply_is_release(p, &p->supply[s]) && cf_supply_released(p, &p->supply[s]) == there)
            return;
    const int group = cf_master_add_group(m, "places that '%s' releases in %d",
                                          p->option[r->option].name, p->first_year + r->year);
    if (there >= 0)
        m->release_group[there] = group;
    for (int f = 0; f < p->n_futures; f++) {
        cf_milp_add_row(&m->milp, group, -HUGE_VAL, there < 0 ? 0 : p->supply[there].amount[f]);
        for (int s = release; s < p->n_supplies; s++) {
            const struct cf_plan_supply *other = &p->supply[s];
            const int joins = s == release || (there >= 0 && cf_supply_is_release(p, other) &&
                                               cf_supply_released(p, other) == there);
            if (!joins)
                continue;
            const int column = m->open[other->option * p->n_years + other->year];
            if (column >= 0)
                cf_milp_add_entry(&m->milp, column, -other->amount[f]);
        }
    }
}

static void add_required(struct cf_master *m, int i)
{
    const struct cf_programme *p = m->programme;
    const struct cf_required *r = &p->required[i];
    const struct cf_programme_option *o = &p->option[r->option];
    const int group = cf_master_add_group(
        m, "%d of '%s' required by %d (at most %d, which take %d year%s)", r->units, o->name,
        p->first_year + r->year, o->max_units, o->lead, o->lead == 1 ? "" : "s");
    cf_milp_add_row(&m->milp, group, r->units, HUGE_VAL);
    for (int t = 0; t <= r->year; t++)
        cf_milp_add_entry(&m->milp, m->start[r->option * p->n_years + t], 1);
}

static double largest_cost(const struct cf_programme *p)
{
    double most = p->penalty;
    for (int k = 0; k < p->n_options; k++)
        most = fmax(most, fabs(p->option[k].annuity + p->option[k].annual));
    return most > 0 ? most : 1;
}

void cf_master_build(struct cf_master *m, const struct cf_programme *p, struct cf_net *net,
                     int future, const double *best, struct cf_arena *arena)
{
    const size_t n = (size_t)(p->n_options * p->n_years);
    double *weight = CF_TAKE(arena, (size_t)p->n_futures, double);
    for (int f = 0; f < p->n_futures; f++)
        weight[f] = future < 0 ? p->weight[f] : f == future;
    *m = (struct cf_master){
        .programme = p, .net = net, .arena = arena, .best = best, .weight = weight, .regret = -1};
    m->by_future = best || (future >= 0 && p->most_unserved);
    m->scale = 1 / largest_cost(p);
    m->start = CF_TAKE(arena, n, int);
    m->open = CF_TAKE(arena, n, int);
    m->begun = CF_TAKE(arena, n, int);
    m->open_now = CF_TAKE(arena, n, double);
    m->units = CF_TAKE(arena, n, int);
    m->rest = CF_TAKE(arena, n, double);
    m->cost = CF_TAKE(arena, (size_t)p->n_futures, double);
    m->slope = CF_TAKE(arena, (size_t)p->n_options, double);
    m->paid = CF_TAKE(arena, (size_t)p->n_demands, unsigned char);
    for (int k = 0; k < p->n_options; k++)
        add_option(m, k);
    for (int k = 0; k < p->n_options; k++) {
        const struct cf_programme_option *o = &p->option[k];
        for (int i = 0; i < o->n_needs; i++)
            add_begun_columns(m, o->need[i]);
        for (int i = 0; i < o->n_excludes; i++)
            add_begun_columns(m, o->exclude[i]);
        if (o->n_needs || o->n_excludes)
            add_begun_columns(m, k);
    }
    for (int k = 0; k < p->n_options; k++) {
        add_needs(m, k);
        add_excludes(m, k);
    }
    for (int part = 0; part < 2 && p->has_budget; part++)
        for (int t = 0; t < p->n_years; t++)
            for (int is_revenue = 0; is_revenue < 2; is_revenue++)
                add_budget(m, part, t, is_revenue);
    m->release_group = CF_TAKE(arena, (size_t)p->n_supplies, int);
    for (int s = 0; s < p->n_supplies; s++)
        m->release_group[s] = -1;
    for (int s = 0; s < p->n_supplies; s++)
        if (cf_supply_is_release(p, &p->supply[s]))
            add_release(m, s);
    for (int i = 0; i < p->n_required; i++)
        add_required(m, i);
    cf_master_add_served(m);
}
