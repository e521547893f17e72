#include "programme.h"

#include <math.h>

/* Half of what is random here is awkward on purpose: zeros, equal costs, amounts that just do. */

static int one_in(struct place_random *r, int n)
{
    return place_whole(r, 1, n) == 1;
}

static double between(struct place_random *r, double low, double high)
{
    return low + (high - low) * place_uniform(r);
}

static void add_budget(struct test_programme *t, struct place_random *r)
{
    double capital[2] = {0}, annual[2] = {0};
    for (int k = 0; k < t->p.n_options; k++) {
        const struct cf_programme_option *o = &t->option[k];
        capital[o->part] += o->capital * o->max_units;
        annual[o->part] += fmax(o->annual, 0) * o->max_units;
    }
    test_add_budget(t);
    for (int part = 0; part < 2; part++) {
        const double tight = between(r, 0.1, 1.2) * (t->p.n_options > 12 ? 0.4 : 1);
        for (int y = 0; y < t->p.n_years; y++) {
            t->capital[part][y] = floor(capital[part] * tight * between(r, 0.3, 1));
            t->revenue[part][y] = floor(annual[part] * between(r, 0.2, 1.1));
        }
    }
}

static void add_options(struct test_programme *t, const struct test_programme_size *size,
                        struct place_random *r)
{
    int starts = 0;
    for (int k = 0; k < size->options; k++) {
        struct cf_programme_option o = {.capital = place_whole(r, 0, 20) * 5000.0,
                                        .annual = place_whole(r, -1, 12) * 1000.0,
                                        .lead = place_whole(r, 0, size->years > 3 ? 3 : 1),
                                        .life = one_in(r, 4) ? place_whole(r, 1, 3) : 20,
                                        .max_units = place_whole(r, 1, size->most_units),
                                        .part = one_in(r, 3),
                                        .barred = one_in(r, 12)};
        o.annuity = o.capital * 0.08;
        const int more = o.max_units * (size->years - o.lead);
        if (size->most_starts && starts + more > size->most_starts)
            continue;
        starts += more;
        const int new = test_add_option(t, o);
        if (new > 0 && one_in(r, 4))
            test_add_need(t, new, place_whole(r, 0, new - 1));
        if (new > 0 && one_in(r, 5))
            test_add_exclude(t, new, place_whole(r, 0, new - 1));
    }
}

/* Demands of a line in a year by area, what is there anyway, and what options give at a site. */
static void add_line(struct test_programme *t, const struct test_programme_size *size, int line,
                     int year, struct place_random *r)
{
    const int first_demand = t->p.n_demands, first_supply = t->p.n_supplies;
    const double level = between(r, 0, 1) * (1 + 0.1 * year);
    for (int a = 0; a < size->areas; a++) {
        const int d = test_add_demand(t, year, 0);
        const double mean = one_in(r, 3) ? 0 : between(r, 0, 40) * level;
        for (int f = 0; f < t->p.n_futures; f++)
            t->short_of[d][f] = floor(10 * mean * between(r, 0.2, 1.8)) / 10;
        t->demand[d].protected_share = place_uniform(r);
    }
    for (int site = 0; site < size->sites; site++) {
        const int offer = line * size->sites + site;
        if (one_in(r, 3)) {
            const int s = test_add_supply(t, -1, year, offer, 0);
            for (int f = 0; f < t->p.n_futures; f++)
                t->amount[s][f] = place_whole(r, 0, 12);
        }
    }
    for (int k = 0; k < t->p.n_options; k++) {
        const int pools = k % 9 == 4, releases = k % 7 == 2;
        if (k % size->lines != line && !(pools && one_in(r, 2)))
            continue;
        const int offer = line * size->sites + (k / size->lines) % size->sites;
        const int s = test_add_supply(t, k, year, pools ? -1 : offer, 0);
        const double amount = releases ? -place_whole(r, 1, 5) : place_whole(r, 2, 25);
        for (int f = 0; f < t->p.n_futures; f++)
            t->amount[s][f] = releases ? amount : floor(amount * between(r, 0.7, 1.2));
    }
    for (int s = first_supply; s < t->p.n_supplies; s++) {
        for (int a = 0; a < size->areas; a++) {
            const int distance = t->supply[s].offer < 0 ? 1 : (t->supply[s].offer * 7 + a * 3) % 5;
            if (distance < 2 || (distance == 2 && one_in(r, 2)))
                test_add_arc(t, s, first_demand + a);
        }
    }
}

struct test_programme *test_random_programme(struct place_random *r,
                                             const struct test_programme_size *size)
{
    struct test_programme *t =
        test_programme_new(size->years, size->futures, place_whole(r, 2000, 9000));
    double sum = 0;
    for (int y = 0; y < size->years; y++)
        t->discount[y] = pow(1.035, -y);
    for (int f = 0; f < size->futures; f++)
        sum += t->weight[f] = place_whole(r, 1, 4);
    for (int f = 0; f < size->futures; f++)
        t->weight[f] /= sum;
    add_options(t, size, r);
    for (int line = 0; line < size->lines; line++)
        for (int y = 0; y < size->years; y++)
            add_line(t, size, line, y, r);
    for (int k = 0; k < t->p.n_options; k++)
        for (int y = 0; y < size->years && k % 3 == 0; y++)
            test_add_viable(t, k, y, place_whole(r, 2, 10), one_in(r, 3) ? 3 : 0);
    if (!one_in(r, 5))
        add_budget(t, r);
    return t;
}
