#include "engine/record_places.h"

#include "engine/placing.h"

#include <math.h>

static const lanes none = {0};

/* [line][area] as the model has it, [area][line] as the record does. */
static void put_by_line(const struct cf_worker *w, const struct cf_put *to, const lanes *value)
{
    const int A = w->e->A, I = w->placing->p->I;
    for (int a = 0; a < A; a++)
        for (int i = 0; i < I; i++)
            cf_put(to, VIEW2(a, i, I), &value[VIEW2(i, a, A)]);
}

static void put_all(const struct cf_put *to, const lanes *value, size_t n)
{
    for (size_t i = 0; i < n; i++)
        cf_put(to, i, &value[i]);
}

static size_t n_offers(const struct cf_worker *w)
{
    return (size_t)w->placing->p->n_offers;
}

void cf_record_first_choice(struct cf_worker *w, const struct cf_put *to)
{
    put_all(to, w->placing->first_choice, (size_t)w->e->A * (size_t)w->e->X * (size_t)w->e->S);
}

void cf_record_demand(struct cf_worker *w, const struct cf_put *to)
{
    put_by_line(w, to, w->placing->first_demand);
}

void cf_record_placed(struct cf_worker *w, const struct cf_put *to)
{
    put_by_line(w, to, w->placing->placed);
}

void cf_record_unplaced(struct cf_worker *w, const struct cf_put *to)
{
    put_by_line(w, to, w->placing->unplaced);
}

void cf_record_too_far(struct cf_worker *w, const struct cf_put *to)
{
    put_by_line(w, to, w->placing->too_far);
}

/* unplaced = too_far + crowded_out */
void cf_record_crowded_out(struct cf_worker *w, const struct cf_put *to)
{
    const struct cf_placing *k = w->placing;
    const int A = w->e->A, I = k->p->I;
    for (int a = 0; a < A; a++)
        for (int i = 0; i < I; i++) {
            const size_t ia = VIEW2(i, a, A);
            const lanes rest = k->unplaced[ia] - k->too_far[ia];
            cf_put(to, VIEW2(a, i, I), &rest);
        }
}

void cf_record_unplaced_group(struct cf_worker *w, const struct cf_put *to)
{
    put_all(to, w->placing->unplaced_group,
            (size_t)w->placing->p->H * (size_t)w->e->G * (size_t)w->e->S);
}

/* Mean minutes of the placed; not a number where nobody is. */
void cf_record_minutes(struct cf_worker *w, const struct cf_put *to)
{
    const struct cf_placing *k = w->placing;
    const int A = w->e->A, I = k->p->I;
    for (int a = 0; a < A; a++)
        for (int i = 0; i < I; i++) {
            const lanes mean = k->travelled[VIEW2(i, a, A)] / k->placed[VIEW2(i, a, A)];
            cf_put(to, VIEW2(a, i, I), &mean);
        }
}

void cf_record_journey_minutes(struct cf_worker *w, const struct cf_put *to)
{
    const int A = w->e->A, J = w->placing->p->J;
    for (int a = 0; a < A; a++)
        for (int j = 0; j < J; j++) {
            lanes minutes = none;
            for (int n = 0; n < to->n_lanes; n++)
                minutes[n] = cf_minutes_of(w, a, j, n);
            cf_put(to, VIEW2(a, j, J), &minutes);
        }
}

void cf_record_journey_reach(struct cf_worker *w, const struct cf_put *to)
{
    put_all(to, w->inputs.reach, (size_t)w->e->S);
}

void cf_record_usable(struct cf_worker *w, const struct cf_put *to)
{
    put_all(to, w->placing->usable, n_offers(w));
}

void cf_record_arrivals(struct cf_worker *w, const struct cf_put *to)
{
    put_all(to, w->placing->arrivals, n_offers(w));
}

void cf_record_enrolled(struct cf_worker *w, const struct cf_put *to)
{
    put_all(to, w->placing->enrolled, n_offers(w));
}

static void put_excess(const struct cf_put *to, const lanes *more, const lanes *less, size_t n)
{
    for (size_t o = 0; o < n; o++) {
        const lanes over = more[o] - less[o], excess = lanes_if(over > none, over, none);
        cf_put(to, o, &excess);
    }
}

/* max(0, arrivals - usable) */
void cf_record_shortfall(struct cf_worker *w, const struct cf_put *to)
{
    put_excess(to, w->placing->arrivals, w->placing->usable, n_offers(w));
}

/* max(0, usable - enrolled) */
void cf_record_spare(struct cf_worker *w, const struct cf_put *to)
{
    put_excess(to, w->placing->usable, w->placing->enrolled, n_offers(w));
}

void cf_record_scarcity(struct cf_worker *w, const struct cf_put *to)
{
    put_all(to, w->placing->scarcity, n_offers(w));
}

void cf_record_good_share(struct cf_worker *w, const struct cf_put *to)
{
    put_all(to, w->placing->good, (size_t)w->placing->p->J);
}

void cf_record_access(struct cf_worker *w, const struct cf_put *to)
{
    put_all(to, w->placing->access, (size_t)w->e->A * (size_t)w->e->S);
}

/* The share of an area's residents of coverage_ages: all or none of them; not a number where there
 * are none. */
void cf_record_coverage(struct cf_worker *w, const struct cf_put *to)
{
    const struct cf_placing *k = w->placing;
    const int A = w->e->A, I = k->p->I;
    for (int a = 0; a < A; a++) {
        lanes residents = none;
        for (int x = 0; x < w->e->X; x++) {
            if (!k->p->coverage_ages.member[x])
                continue;
            w->kernels->count_statuses(w->e, cf_area_stock(w, a), x, w->persons);
            for (int s = 0; s < w->e->S; s++)
                residents += w->persons[s];
        }
        for (int i = 0; i < I; i++) {
            const lanes share = lanes_if(residents > none, k->coverage[VIEW2(i, a, A)], none + NAN);
            cf_put(to, VIEW2(a, i, I), &share);
        }
    }
}

void cf_record_flow(struct cf_worker *w, const struct cf_put *to)
{
    const size_t H = (size_t)w->placing->p->H;
    put_all(to, w->placing->flow, H * H * (size_t)w->e->S);
}

void cf_record_flow_offer(struct cf_worker *w, const struct cf_put *to)
{
    put_all(to, w->placing->from, (size_t)w->e->A * n_offers(w));
}
