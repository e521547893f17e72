#include "calibrate/cohort_trend.h"

#include "base/numeric.h"
#include "model/view.h"

#include <math.h>

/* Origins from the last but three on. */
enum { MOST_ORIGINS = 3 };

/* What is chosen among. 1 is not among the dampings: a trend that goes on for ever was never right.
 * 0.80 to 0.98 is the usual range (Gardner and McKenzie 1985). */
static const int cohorts_tried[] = {2, 3, 5};
static const double weight_tried[] = {0, 0.3, 0.5, 0.7};
static const double damping_tried[] = {0.80, 0.90, 0.95, 0.98};
static const double own_tried[] = {0, 0.25, 0.5};
static const double back_tried[] = {0, 0.02, 0.05, 0.10};
#define N_OF(list) (sizeof(list) / sizeof *(list))

static double log_odds(double share)
{
    return cf_log(share / (1 - share));
}

static double share_of(double z)
{
    return 1 / (1 + cf_exp(-z));
}

static double at(const struct cf_cohorts *c, int a, int t)
{
    return log_odds(c->share[VIEW2(a, t, c->n_cohorts)]);
}

/* Of all authorities together. */
static double national_at(const struct cf_cohorts *c, int t)
{
    double with = 0, all = 0;
    for (int a = 0; a < c->n_areas; a++) {
        with += c->share[VIEW2(a, t, c->n_cohorts)] * c->size[VIEW2(a, t, c->n_cohorts)];
        all += c->size[VIEW2(a, t, c->n_cohorts)];
    }
    return log_odds(with / all);
}

/* Least squares over the cohorts first .. origin. */
static double slope_of(const double *z, int first, int origin)
{
    const double middle = 0.5 * (first + origin);
    double above = 0, below = 0;
    for (int t = first; t <= origin; t++) {
        above += (t - middle) * z[t];
        below += (t - middle) * (t - middle);
    }
    return above / below;
}

/* Of an authority's log odds from the national ones, the newest counting most. */
static double distance_of(const double *own, const double *all, double weight_a_year, int first,
                          int origin)
{
    double sum = 0, weights = 0, weight = 1;
    for (int t = origin; t >= first; t--) {
        sum += weight * (own[t] - all[t]);
        weights += weight;
        weight *= weight_a_year;
    }
    return sum / weights;
}

void cf_cohort_project(const struct cf_cohorts *c, const struct cf_cohort_method *m, int origin,
                       int horizon, double *z, double *national)
{
    const int first = origin - m->cohorts + 1 > 0 ? origin - m->cohorts + 1 : 0;
    double all[c->n_cohorts], one[c->n_cohorts];
    for (int t = first; t <= origin; t++)
        all[t] = national_at(c, t);
    const double slope = slope_of(all, first, origin);
    double path = 0, step = 1;
    for (int h = 0; h < horizon; h++)
        national[h] = all[origin] + slope * (path += step *= m->damping);
    for (int a = 0; a < c->n_areas; a++) {
        for (int t = first; t <= origin; t++)
            one[t] = at(c, a, t);
        const double own = m->own * (slope_of(one, first, origin) - slope);
        double distance = distance_of(one, all, m->weight, first, origin);
        path = 0;
        step = 1;
        for (int h = 0; h < horizon; h++) {
            path += step *= m->damping;
            distance *= 1 - m->back;
            z[VIEW2(a, h, horizon)] = national[h] + own * path + distance;
        }
    }
}

/* ---- the choice ---- */

static int first_origin(const struct cf_cohorts *c)
{
    const int first = c->n_cohorts - 1 - MOST_ORIGINS;
    return first > 1 ? first : 1;
}

double cf_cohort_error(const struct cf_cohorts *level, int n_levels,
                       const struct cf_cohort_method *method)
{
    double sum = 0, count = 0;
    for (int l = 0; l < n_levels; l++) {
        const struct cf_cohorts *c = &level[l];
        for (int origin = first_origin(c); origin < c->n_cohorts - 1; origin++) {
            const int H = c->n_cohorts - 1 - origin;
            double z[(size_t)c->n_areas * (size_t)H], national[H];
            cf_cohort_project(c, method, origin, H, z, national);
            for (int h = 0; h < H; h++, count++)
                for (int a = 0; a < c->n_areas; a++)
                    sum += fabs(share_of(z[VIEW2(a, h, H)]) -
                                c->share[VIEW2(a, origin + 1 + h, c->n_cohorts)]) /
                           c->n_areas;
        }
    }
    return sum / count;
}

struct cf_cohort_method cf_cohort_choose(const struct cf_cohorts *level, int n_levels,
                                         double *error, int *n_tried)
{
    struct cf_cohort_method best = {0};
    *error = HUGE_VAL;
    *n_tried = 0;
    for (size_t k = 0; k < N_OF(cohorts_tried); k++)
        for (size_t w = 0; w < N_OF(weight_tried); w++)
            for (size_t f = 0; f < N_OF(damping_tried); f++)
                for (size_t p = 0; p < N_OF(own_tried); p++)
                    for (size_t r = 0; r < N_OF(back_tried); r++) {
                        const struct cf_cohort_method m = {cohorts_tried[k], weight_tried[w],
                                                           damping_tried[f], own_tried[p],
                                                           back_tried[r]};
                        const double one = cf_cohort_error(level, n_levels, &m);
                        ++*n_tried;
                        if (one < *error) {
                            *error = one;
                            best = m;
                        }
                    }
    return best;
}

/* ---- the bands ---- */

/* Mean square of the changes of the national yearly steps. */
static double national_noise(const struct cf_cohorts *c)
{
    double sum = 0;
    for (int t = 2; t < c->n_cohorts; t++) {
        const double change = national_at(c, t) - 2 * national_at(c, t - 1) + national_at(c, t - 2);
        sum += change * change;
    }
    return sum / (c->n_cohorts - 2);
}

/* Mean squares of the errors of the distances by horizon, and through them the line g + u h; none
 * of both below 0. */
static void local_noise(const struct cf_cohorts *c, const struct cf_cohort_method *m, double *g,
                        double *u)
{
    double n[MOST_ORIGINS + 1] = {0}, square[MOST_ORIGINS + 1] = {0};
    for (int origin = first_origin(c); origin < c->n_cohorts - 1; origin++) {
        const int H = c->n_cohorts - 1 - origin;
        double z[(size_t)c->n_areas * (size_t)H], national[H];
        cf_cohort_project(c, m, origin, H, z, national);
        for (int a = 0; a < c->n_areas; a++)
            for (int h = 0; h < H; h++) {
                const int t = origin + 1 + h;
                const double error =
                    (z[VIEW2(a, h, H)] - national[h]) - (at(c, a, t) - national_at(c, t));
                square[h + 1] += error * error;
                n[h + 1]++;
            }
    }
    double s0 = 0, s1 = 0, s2 = 0, y0 = 0, y1 = 0;
    for (int h = 1; h <= MOST_ORIGINS; h++) {
        s0 += n[h];
        s1 += n[h] * h;
        s2 += n[h] * h * h;
        y0 += square[h];
        y1 += square[h] * h;
    }
    const double below = s0 * s2 - s1 * s1;
    *u = below > 0 ? fmax(0, (s0 * y1 - s1 * y0) / below) : 0;
    *g = fmax(0, (y0 - *u * s1) / s0);
}

void cf_cohort_spread(const struct cf_cohorts *c, const struct cf_cohort_method *m, int horizon,
                      double *sd)
{
    const double noise = national_noise(c);
    double g, u, path = 0, step = 1, squares = 0;
    local_noise(c, m, &g, &u);
    for (int h = 0; h < horizon; h++) {
        path += step *= m->damping;
        squares += path * path;
        sd[h] = sqrt(noise * squares + g + u * (h + 1));
    }
}
