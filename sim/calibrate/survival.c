#include "calibrate/survival.h"

#include <math.h>

/* Rates of a cohort from one year to the next. MODEL.md 10.1. */

static double stock(const struct cf_survival *f, int y, int e, int g, int x)
{
    return f->history->stock[cf_history_cell(f->history, y, e, g, x)];
}

static int observed(const struct cf_survival *f, int y, int e)
{
    const struct cf_history *h = f->history;
    return !isnan(stock(f, y, e, h->G - 1, h->X - 1));
}

/*
 * One year of a cohort: log of what of it is there at age x of year y, as counted deaths and moves
 * have it and as much of the rest as goes on.
 */
static double one_year(const struct cf_survival *f, int y, int e, int g, int x)
{
    const struct cf_history *h = f->history;
    const size_t cell = cf_history_cell(h, y, e, g, x);
    const double before = stock(f, y - 1, e, g, x - 1);
    const double whole = log(h->stock[cell] / before);
    const double counted = log((before - h->deaths[cell] + h->net[cell]) / before);
    return isfinite(counted) ? counted + f->rules.unexplained * (whole - counted) : whole;
}

struct sums {
    double *top, *years, *squares; /* [X] */
};

/* The years from y0 to y1, between which nothing was observed: what happened to a cohort is spread
 * evenly over them. */
static void add_span(const struct cf_survival *f, int y0, int y1, int e, int g, struct sums *s)
{
    const int d = y1 - y0;
    for (int x = d; x < f->history->X; x++) {
        const double r = d == 1 ? one_year(f, y1, e, g, x)
                                : log(stock(f, y1, e, g, x) / stock(f, y0, e, g, x - d)) / d;
        for (int k = 0; isfinite(r) && k < d; k++) {
            s->top[x - k] += r;
            s->squares[x - k] += r * r;
            s->years[x - k] += 1;
        }
    }
}

static void fit_own(struct cf_survival *f, int e)
{
    const struct cf_history *h = f->history;
    int last = h->n_years - 1;
    while (last > 0 && !observed(f, last, e))
        last--;
    for (int g = 0; g < h->G; g++) {
        const size_t at = cf_survival_cell(f, e, g, 0);
        struct sums s = {f->own_rate + at, f->own_years + at, f->own_error + at};
        for (int y1 = last, y0 = last - 1; y0 >= 0 && last - y1 < f->rules.years; y0--) {
            if (!observed(f, y0, e))
                continue;
            add_span(f, y0, y1, e, g, &s);
            if (h->first_year + y0 < f->first_year)
                f->first_year = h->first_year + y0;
            y1 = y0;
        }
        for (int x = 0; x < h->X; x++) {
            const double n = s.years[x], mean = s.top[x] / n;
            f->own[e] |= n > 0 && x == h->X - 1;
            s.squares[x] = n > 1 ? sqrt(fmax(0, s.squares[x] / n - mean * mean) / (n - 1)) : NAN;
            s.top[x] = n > 0 ? mean : NAN;
        }
    }
}

/* The mean over all that have their own, by persons of the age in the year they end with. */
static void fit_mean(struct cf_survival *f)
{
    const struct cf_history *h = f->history;
    for (int g = 0; g < h->G; g++)
        for (int x = 0; x < h->X; x++) {
            double top = 0, bottom = 0;
            for (int e = 0; e < h->E; e++) {
                const double r = f->own_rate[cf_survival_cell(f, e, g, x)];
                int y = h->n_years - 1;
                while (y > 0 && !observed(f, y, e))
                    y--;
                if (!f->own[e] || isnan(r))
                    continue;
                top += stock(f, y, e, g, x) * r;
                bottom += stock(f, y, e, g, x);
            }
            f->mean_rate[(size_t)g * (size_t)h->X + (size_t)x] = bottom > 0 ? top / bottom : 0;
        }
}

/* Of entity e at age x: what its own history says, drawn to that of `to`, or of all. */
static double pooled(const struct cf_survival *f, int e, int to, int g, int x)
{
    const int X = f->history->X, s = f->rules.smooth;
    double sum = 0, n = 0;
    const double *towards = to >= 0 && f->own[to] ? f->own_rate + cf_survival_cell(f, to, g, 0)
                                                  : f->mean_rate + (size_t)g * (size_t)X;
    for (int z = x - s; z <= x + s; z++) {
        if (z < 1 || z >= X || isnan(f->own_rate[cf_survival_cell(f, e, g, z)]) ||
            isnan(towards[z]))
            continue;
        sum += f->own_rate[cf_survival_cell(f, e, g, z)] - towards[z];
        n++;
    }
    return (isnan(towards[x]) ? 0 : towards[x]) + (n > 0 ? (1 - f->rules.pool) * sum / n : 0);
}

/* Sums over the areas of a parent. */
static double of_parent(const struct cf_survival *f, int parent, const double *field, size_t first,
                        size_t stride)
{
    double sum = 0;
    for (int a = 0; a < f->history->n_areas; a++)
        if (f->parent[a] == parent)
            sum += field[first + (size_t)a * stride];
    return sum;
}

/* Net rate of all ages over the years that totals are known of, and of those of the parent. */
static void fit_levels(struct cf_survival *f)
{
    const struct cf_history *h = f->history;
    for (int a = 0; a < h->n_areas; a++) {
        double top = 0, bottom = 0, top_all = 0, bottom_all = 0;
        for (int y = 1; y < h->n_years; y++) {
            const size_t now = cf_history_all(h, y, 0), before = cf_history_all(h, y - 1, 0);
            const double moved = h->moved[now + (size_t)a];
            const double all = of_parent(f, f->parent[a], h->moved, now, 1);
            if (isnan(moved) || isnan(all) || isnan(h->total[before + (size_t)a]))
                continue;
            top += moved;
            bottom += h->total[before + (size_t)a];
            top_all += all;
            bottom_all += of_parent(f, f->parent[a], h->total, before, 1);
        }
        if (bottom > 0 && bottom_all > 0)
            f->level[a] = top / bottom - top_all / bottom_all;
    }
}

static double persons(const struct cf_survival *f, int a, int x)
{
    double sum = 0;
    for (int g = 0; g < f->history->G; g++)
        sum += stock(f, f->history->n_years - 1, a, g, x);
    return sum;
}

static double births(const struct cf_survival *f, int a, int x)
{
    const int y = f->history->n_years - 1 - x;
    return y < 0 ? NAN : f->history->births[cf_history_all(f->history, y, a)];
}

/* Share of an area in its parent, in logs, of those aged x and of the births they come from. */
static double standing(const struct cf_survival *f, int a, int x, int born)
{
    double own = born ? births(f, a, x) : persons(f, a, x), all = 0;
    for (int b = 0; b < f->history->n_areas; b++)
        if (f->parent[b] == f->parent[a])
            all += born ? births(f, b, x) : persons(f, b, x);
    return log(own / all);
}

static void fit_steps(struct cf_survival *f)
{
    const int X = f->history->X;
    for (int a = 0; a < f->history->n_areas; a++)
        for (int x = 1; x < X; x++) {
            const size_t at = (size_t)a * (size_t)X + (size_t)x;
            const double step = standing(f, a, x, 0) - standing(f, a, x - 1, 0);
            const double born = standing(f, a, x, 1) - standing(f, a, x - 1, 1);
            f->by_births[at] = isfinite(step) && isfinite(born);
            f->step[at] = f->by_births[at] ? step - born : isfinite(step) ? step : 0;
        }
}

/* Steps of the ages around x, up to school age; what happens later is of single ages. */
static double smoothed_step(const struct cf_survival *f, int a, int x)
{
    enum { LAST_SMOOTH = 16, AROUND = 2 };
    const int X = f->history->X;
    const double *step = f->step + (size_t)a * (size_t)X;
    double sum = 0, n = 0;
    if (x > LAST_SMOOTH)
        return step[x];
    for (int z = x - AROUND; z <= x + AROUND; z++)
        if (z >= 1 && z < X && z <= LAST_SMOOTH) {
            sum += step[z];
            n++;
        }
    return sum / n;
}

/* What the area has beside its parent. */
static double beside(const struct cf_survival *f, int a, int x)
{
    const struct cf_survival_rules *r = &f->rules;
    const double level = r->level * f->level[a], n = persons(f, a, x);
    const double weight =
        (f->by_births[(size_t)a * (size_t)f->history->X + (size_t)x] ? r->pattern_births
                                                                     : r->pattern) *
        n / (n + r->half);
    return level + weight * (smoothed_step(f, a, x) - level);
}

void cf_survival_fit(struct cf_survival *f)
{
    const struct cf_history *h = f->history;
    const size_t rows = (size_t)h->G * (size_t)h->X, A = (size_t)h->n_areas, E = (size_t)h->E;
    f->own = CF_TAKE(f->arena, E, unsigned char);
    f->own_rate = CF_TAKE(f->arena, E * rows, double);
    f->own_years = CF_TAKE(f->arena, E * rows, double);
    f->own_error = CF_TAKE(f->arena, E * rows, double);
    f->mean_rate = CF_TAKE(f->arena, rows, double);
    f->level = CF_TAKE(f->arena, A, double);
    f->step = CF_TAKE(f->arena, A * (size_t)h->X, double);
    f->by_births = CF_TAKE(f->arena, A * (size_t)h->X, unsigned char);
    f->rate = CF_TAKE(f->arena, A * rows, double);
    f->first_year = h->first_year + h->n_years - 1;
    f->n_without = 0;
    for (int e = 0; e < h->E; e++)
        fit_own(f, e);
    fit_mean(f);
    fit_levels(f);
    fit_steps(f);
    for (int a = 0; a < h->n_areas; a++) {
        const int p = f->parent[a], from = f->own[a] ? a : p >= 0 && f->own[p] ? p : -1;
        f->n_without += from < 0;
        for (int g = 0; g < h->G; g++)
            for (int x = 1; x < h->X; x++) {
                const double r = from < 0 ? f->mean_rate[(size_t)g * (size_t)h->X + (size_t)x]
                                          : pooled(f, from, from == a ? p : -1, g, x);
                f->rate[cf_survival_cell(f, a, g, x)] = f->own[a] ? r : r + beside(f, a, x);
            }
    }
}
