#include "engine/placing.h"

#include "base/numeric.h"
#include "model/scenario.h"

#include <math.h>

/* Teachers and grades of the base year, then as the year moves them on. MODEL.md 2.8. */
static void move_on(struct cf_worker *w)
{
    struct cf_placing *k = w->placing;
    const struct cf_inputs *in = &w->inputs;
    const int J = k->p->J, Q = k->p->Q;
    lanes next[Q > 0 ? Q : 1];
    for (int j = 0; j < J; j++) {
        k->staff[j] =
            w->y == 0 ? in->staff[j] : k->staff[j] * (1.0 - in->wastage[0]) + in->recruits[j];
        for (int to = 0; to < Q; to++) {
            next[to] = lanes_of(0);
            for (int q = 0; q < Q; q++)
                next[to] += k->grade[VIEW2(j, q, Q)] * in->grade_move[VIEW2(q, to, Q)];
        }
        k->good[j] = lanes_of(Q > 0 ? 0 : NAN);
        for (int q = 0; q < Q; q++) {
            lanes *share = &k->grade[VIEW2(j, q, Q)];
            *share = w->y == 0 ? in->grade_share[VIEW2(j, q, Q)] : next[q];
            if (k->p->good[q])
                k->good[j] += *share;
        }
    }
}

static int closed(const struct cf_site *site, int year)
{
    return year >= site->closing_year;
}

static int teaches_out(const struct cf_site *site, int year)
{
    return closed(site, year) && year - site->closing_year < site->teach_out;
}

/* places = max(0, audit + sum of changes r(t)); none at sites of which `shut` says so. */
static void count_places(struct cf_worker *w, int (*shut)(const struct cf_site *, int))
{
    struct cf_placing *k = w->placing;
    const struct cf_provision *p = k->p;
    const int year = w->e->base_year + w->y;
    const lanes none = {0};
    for (int o = 0; o < p->n_offers; o++)
        k->places[o] = w->inputs.places[VIEW2(p->offer_line[o], p->offer_site[o], p->J)];
    for (int c = 0; c < p->n_changes; c++) {
        const struct cf_change *change = &p->change[c];
        k->places[change->offer] +=
            change->places * cf_ramp(year, change->open_year, change->ramp_years);
    }
    for (int o = 0; o < p->n_offers; o++) {
        const lanes_mask some = k->places[o] > none;
        k->places[o] = lanes_if(some, k->places[o], none);
        if (shut(&p->site[p->offer_site[o]], year))
            k->places[o] = none;
    }
}

static int shut_for_continuers(const struct cf_site *site, int year)
{
    return closed(site, year) && !teaches_out(site, year);
}

static void use_places(struct cf_worker *w, lanes *usable)
{
    struct cf_placing *k = w->placing;
    const struct cf_supply supply = {.n = k->p->n_offers,
                                     .J = k->p->J,
                                     .site = k->p->offer_site,
                                     .per_teacher = k->per_teacher,
                                     .places = k->places,
                                     .staff = k->staff};
    w->kernels->capacity(&supply, k->need, usable);
}

/* pull = usable^alpha quality, 0 without places; lane by lane, for exp and log are not wide. */
static void weigh(const struct cf_worker *w, const lanes *usable, lanes *pull)
{
    const struct cf_placing *k = w->placing;
    for (int o = 0; o < k->p->n_offers; o++)
        for (int n = 0; n < CF_LANES; n++) {
            const double alpha = w->inputs.alpha[0][n], u = usable[o][n];
            const double size = alpha == 1 ? u : cf_exp(alpha * cf_log(u > 0 ? u : 1));
            pull[o][n] = u > 0 ? size * k->quality[k->p->offer_site[o]][n] : 0;
        }
}

static void weigh_quality(const struct cf_worker *w)
{
    const struct cf_placing *k = w->placing;
    const struct cf_provision *p = k->p;
    for (int j = 0; j < p->J; j++)
        for (int n = 0; n < CF_LANES; n++) {
            const double pull = w->inputs.good_pull[0][n];
            k->quality[j][n] = pull == 0 || p->Q == 0 ? 1 : cf_exp(pull * k->good[j][n]);
        }
    for (int o = 0; o < p->n_offers; o++)
        k->good_at[o] = p->Q > 0 ? k->good[p->offer_site[o]] : lanes_of(0);
}

void cf_supply_year(struct cf_worker *w)
{
    struct cf_placing *k = w->placing;
    const int year = w->e->base_year + w->y;
    move_on(w);
    weigh_quality(w);
    k->teaching_out = 0;
    for (int j = 0; j < k->p->J; j++)
        k->teaching_out |= teaches_out(&k->p->site[j], year);
    if (k->teaching_out) {
        count_places(w, shut_for_continuers);
        use_places(w, k->usable_first);
        weigh(w, k->usable_first, k->pull_first);
    }
    count_places(w, closed);
    use_places(w, k->usable);
    weigh(w, k->usable, k->pull);
}

void cf_weigh_quality(struct cf_worker *w, int a)
{
    const struct cf_placing *k = w->placing;
    for (int s = 0; k && s < w->e->S; s++)
        for (int n = 0; n < CF_LANES; n++) {
            const double effect = w->inputs.quality_effect[0][n];
            const size_t as = VIEW2(a, s, w->e->S);
            const double now = k->taught_share[as][n], base = k->taught_share_base[as][n];
            const int defined = k->p->Q > 0 && !isnan(now) && !isnan(base);
            w->factor[s][n] = effect != 0 && defined ? cf_exp(effect * (now - base)) : 1;
        }
}
