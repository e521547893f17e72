#include "calibrate/survival.h"

#include <math.h>

/* How far one year's change was off what was fitted. MODEL.md 10.3. */

enum { YOUNGEST = 4 }; /* years of settling before a cohort's level is read */
#define OUTLIER 0.5    /* in logs: barracks, boarding schools, a new town */

struct errors {
    const struct cf_survival *fit;
    int low, high; /* ages */
    int y;
};

static double change(const struct errors *s, int e, int g, int x)
{
    const struct cf_history *h = s->fit->history;
    return log(h->stock[cf_history_cell(h, s->y, e, g, x)] /
               h->stock[cf_history_cell(h, s->y - 1, e, g, x - 1)]) -
           s->fit->own_rate[cf_survival_cell(s->fit, e, g, x)];
}

double cf_survival_size(const struct cf_survival *f, int e, int low, int high)
{
    const struct cf_history *h = f->history;
    double sum = 0;
    for (int y = h->n_years - 1; y >= 0; y--) {
        sum = 0;
        for (int g = 0; g < h->G; g++)
            for (int x = low; x <= high; x++)
                sum += h->stock[cf_history_cell(h, y, e, g, x)];
        if (isfinite(sum))
            break;
    }
    return sum / (high - low + 1);
}

/* Spread of single ages: the sum of squares times persons, and of how many. */
struct spread {
    double sum;
    int n;
};

/* Mean over ages and groups of an entity's errors of the year, NaN where not observed, and their
 * spread around it. */
static double level_error(const struct errors *s, int e, struct spread *ages)
{
    double sum = 0, squared = 0, n = 0;
    for (int x = s->low; x <= s->high; x++) {
        double r = 0;
        for (int g = 0; g < s->fit->history->G; g++)
            r += change(s, e, g, x) / s->fit->history->G;
        sum += r;
        squared += r * r;
        n++;
    }
    if (!isfinite(sum))
        return NAN;
    ages->sum += (squared - sum * sum / n) * cf_survival_size(s->fit, e, s->low, s->high);
    ages->n += (int)n - 1;
    return sum / n;
}

static void from_past_years(const struct cf_survival *f, int low, int high,
                            struct cf_survival_noise *noise)
{
    const struct cf_history *h = f->history;
    double *error = CF_TAKE(f->arena, (size_t)h->n_years * (size_t)h->E, double);
    double common = 0, all = 0, pairs = 0;
    struct spread ages = {0};
    int n = 0, n_years = 0, n_pairs = 0;
    for (int y = 0; y < h->n_years; y++) {
        const struct errors s = {f, low, high, y};
        double mean = 0;
        int there = 0;
        for (int e = 0; e < h->E; e++) {
            double *at = &error[cf_history_all(h, y, e)];
            *at = y > 0 && f->own[e] ? level_error(&s, e, &ages) : NAN;
            if (isnan(*at))
                continue;
            mean += *at;
            all += *at * *at;
            there++;
            if (y > 1 && !isnan(error[cf_history_all(h, y - 1, e)])) {
                pairs += *at * error[cf_history_all(h, y - 1, e)];
                n_pairs++;
            }
        }
        n += there;
        if (there > 1) {
            common += mean * mean / ((double)there * there);
            n_years++;
        }
    }
    *noise = (struct cf_survival_noise){.n_errors = n};
    if (n < 2 || n_years < 2)
        return;
    const double variance = all / n;
    noise->level_sd = sqrt(variance * n_years / (n_years - 1.0));
    noise->shared = fmin(1, common / n_years / variance);
    noise->ar1 = n_pairs > 0 ? fmax(0, fmin(0.95, pairs / n_pairs / variance)) : 0;
    noise->age_persons = ages.n > 0 ? ages.sum / ages.n : 0;
}

/* Of an area: how far its cohorts of two ages went apart that its level does not say; NaN where
 * births are not known. */
static double went_apart(const struct cf_survival *f, int a, int from, int to)
{
    double e = 0;
    for (int x = from + 1; x <= to; x++) {
        const size_t at = (size_t)a * (size_t)f->history->X + (size_t)x;
        if (!f->by_births[at])
            return NAN;
        e += f->step[at] - f->rules.level * f->level[a];
    }
    return fabs(e) > OUTLIER ? NAN : e;
}

/*
 * Of areas whose own past is not known by age: births of each year, and the children of them, say
 * how far cohorts of different ages went apart. Over the areas, h years from age z on,
 *
 *   variance of went_apart = c + level_sd^2 h^2
 *
 * if an area's level stays what it is; c is what the two cohorts have of their own.
 */
static void level_from_births(const struct cf_survival *f, struct cf_survival_noise *noise)
{
    const struct cf_history *h = f->history;
    double n_ages = 0, s_u = 0, s_uu = 0, s_v = 0, s_uv = 0;
    for (int to = YOUNGEST + 1; to < h->X; to++) {
        double sum = 0, squares = 0, n = 0;
        for (int a = 0; a < h->n_areas; a++) {
            const double e = went_apart(f, a, YOUNGEST, to);
            if (isnan(e))
                continue;
            sum += e;
            squares += e * e;
            n++;
        }
        if (n < 3)
            break;
        const double u = (double)(to - YOUNGEST) * (to - YOUNGEST);
        const double v = (squares - sum * sum / n) / (n - 1);
        n_ages++;
        s_u += u;
        s_uu += u * u;
        s_v += v;
        s_uv += u * v;
        noise->n_errors = (int)n;
    }
    if (n_ages < 3)
        return;
    const double slope = (s_uv - s_u * s_v / n_ages) / (s_uu - s_u * s_u / n_ages);
    noise->level_sd = sqrt(fmax(0, slope));
    noise->by_births = 1;
    noise->ar1 = 1;
}

/* What single cohorts have of their own, from how far each stands off its neighbours of one area:
 * a second difference has six times the variance; they have had x years for it. */
static void ages_from_births(const struct cf_survival *f, struct cf_survival_noise *noise)
{
    const struct cf_history *h = f->history;
    struct spread ages = {0};
    for (int a = 0; a < h->n_areas; a++)
        for (int x = YOUNGEST; x + 1 < h->X; x++) {
            const double here = went_apart(f, a, x - 1, x), next = went_apart(f, a, x, x + 1);
            if (isnan(here) || isnan(next))
                continue;
            ages.sum += (next - here) * (next - here) / 6 * cf_survival_size(f, a, x, x) / x;
            ages.n++;
        }
    if (ages.n > 0)
        noise->age_persons = ages.sum / ages.n;
}

void cf_survival_errors(const struct cf_survival *f, int low, int high,
                        struct cf_survival_noise *noise)
{
    int own = 1;
    for (int a = 0; a < f->history->n_areas; a++)
        own &= f->own[a];
    from_past_years(f, low, high, noise);
    if (own)
        return;
    const double common = noise->shared * noise->level_sd * noise->level_sd;
    struct cf_survival_noise areas = *noise;
    level_from_births(f, &areas);
    if (!areas.by_births)
        return;
    ages_from_births(f, &areas);
    const double variance = areas.level_sd * areas.level_sd + common;
    areas.level_sd = sqrt(variance);
    areas.shared = variance > 0 ? common / variance : 0;
    *noise = areas;
}
