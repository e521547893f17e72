#include "plan/programme_parts.h"

#include <math.h>

int cf_supply_is_release(const struct cf_programme *p, const struct cf_plan_supply *supply)
{
    for (int f = 0; f < p->n_futures; f++)
        if (supply->amount[f] < 0)
            return 1;
    return 0;
}

int cf_supply_released(const struct cf_programme *p, const struct cf_plan_supply *release)
{
    for (int s = 0; s < p->n_supplies && release->offer >= 0; s++) {
        const struct cf_plan_supply *there = &p->supply[s];
        if (there->option < 0 && there->offer == release->offer && there->year == release->year)
            return s;
    }
    return -1;
}

static int is_in(int i, int n)
{
    return i >= 0 && i < n;
}

struct checked {
    const struct cf_programme *p;
    cf_diag *diag;
    int faults;
};

static void expect(struct checked *c, int holds, const char *what, int i)
{
    if (holds)
        return;
    c->faults++;
    cf_report(c->diag, CF_ERROR, "plan.programme", (struct cf_at){0}, NULL, "%s %d", what, i);
}

static void check_supply(struct checked *c, int s)
{
    const struct cf_programme *p = c->p;
    const struct cf_plan_supply *supply = &p->supply[s];
    int up = 0, down = 0, finite = 1;
    expect(c, is_in(supply->year, p->n_years), "there is no such year: supply", s);
    expect(c, supply->option >= -1 && supply->option < p->n_options,
           "there is no such option: supply", s);
    for (int f = 0; f < p->n_futures; f++) {
        finite &= isfinite(supply->amount[f]);
        up |= supply->amount[f] > 0;
        down |= supply->amount[f] < 0;
    }
    expect(c, finite, "the amount is no number: supply", s);
    expect(c, !(up && down), "takes and gives: supply", s);
    expect(c, !down || supply->option >= 0, "a release of no option: supply", s);
    if (supply->option < 0 && supply->offer >= 0)
        expect(c, cf_supply_released(p, supply) == s, "the offer has two there anyway: supply", s);
}

static void check_option(struct checked *c, int k)
{
    const struct cf_programme_option *o = &c->p->option[k];
    expect(c, o->lead >= 0 && o->life >= 1 && o->max_units >= 0 && o->from >= 0,
           "bad times or units: option", k);
    expect(c, o->part == 0 || o->part == 1, "bad part: option", k);
    expect(c, isfinite(o->capital) && isfinite(o->annuity) && isfinite(o->annual),
           "a cost is no number: option", k);
    for (int i = 0; i < o->n_needs; i++)
        expect(c, is_in(o->need[i], c->p->n_options), "needs no option: option", k);
    for (int i = 0; i < o->n_excludes; i++)
        expect(c, is_in(o->exclude[i], c->p->n_options), "excludes no option: option", k);
}

static void check_viable(struct checked *c, int v)
{
    const struct cf_viable *row = &c->p->viable[v];
    expect(c, is_in(row->option, c->p->n_options) && is_in(row->year, c->p->n_years),
           "there is no such option or year: viable", v);
    for (int w = 0; w < v; w++)
        expect(c, c->p->viable[w].option != row->option || c->p->viable[w].year != row->year,
               "stands there twice: viable", v);
}

/* Faults of whoever made the programme, not of a user. */
enum cf_status cf_programme_check(const struct cf_programme *p, cf_diag *diag)
{
    struct checked c = {p, diag, 0};
    expect(&c, p->n_futures > 0 && p->n_years > 0, "no futures or years:", 0);
    for (int k = 0; k < p->n_options; k++)
        check_option(&c, k);
    for (int d = 0; d < p->n_demands; d++) {
        expect(&c, is_in(p->demand[d].year, p->n_years), "there is no such year: demand", d);
        for (int f = 0; f < p->n_futures; f++)
            expect(&c, p->demand[d].short_of[f] >= 0 && isfinite(p->demand[d].short_of[f]),
                   "less than nobody is short: demand", d);
    }
    for (int s = 0; s < p->n_supplies; s++)
        check_supply(&c, s);
    for (int i = 0; i < p->n_arcs; i++) {
        const struct cf_arc *arc = &p->arc[i];
        expect(&c,
               is_in(arc->supply, p->n_supplies) && is_in(arc->demand, p->n_demands) &&
                   p->supply[arc->supply].year == p->demand[arc->demand].year,
               "does not join supply and demand of a year: arc", i);
    }
    for (int v = 0; v < p->n_viable; v++)
        check_viable(&c, v);
    for (int r = 0; r < p->n_required; r++)
        expect(&c,
               is_in(p->required[r].option, p->n_options) && is_in(p->required[r].year, p->n_years),
               "there is no such option or year: required", r);
    return c.faults ? CF_INTERNAL : CF_OK;
}
