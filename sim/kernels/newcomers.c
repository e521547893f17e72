#include "kernels/build.h"

/*
 * Add persons to a row with the level and status mix that MODEL.md 2.3 gives newcomers, lane by
 * lane the first of these that is not empty: the row itself, this year's pool, the base stock (at
 * choice_age and below with the school status), and at choice_age and below the lowest level at
 * school. Where none serves, `no_mix` becomes 1 + x and nobody is added.
 *
 * Returns the persons added.
 */
static inline lanes add_newcomers(const struct cf_extent *e, const struct cf_newcomers *from,
                                  size_t first, int x, const lanes *persons, lanes *row,
                                  lanes *no_mix)
{
    const int width = cf_width(e, x), S = e->S;
    const lanes none = {0};
    const lanes *pool = from->pool + first + cf_cell(e, x);
    const lanes *base = from->base + first + cf_cell(e, x);
    const lanes here = cf_row_sum(row, width), there = cf_row_sum(pool, width);
    const lanes then = cf_row_sum(base, width);
    const lanes_mask own = here > none, pooled = ~own & (there > none);
    const lanes_mask based = ~own & ~pooled & (then > none), bare = ~own & ~pooled & ~based;
    const lanes total =
        lanes_if(own, here, lanes_if(pooled, there, lanes_if(based, then, none + 1.0)));
    const lanes each = *persons / total;
    const int at_school = x <= e->choice_x;
    for (int c = 0; c < width; c++) {
        const lanes mine = lanes_if(own, row[c], lanes_if(pooled, pool[c], none));
        const lanes old = at_school ? none : lanes_if(based, base[c], none);
        row[c] += each * (mine + old);
    }
    if (!at_school) {
        *no_mix = lanes_if(bare & (*persons != none), none + (1.0 + x), *no_mix);
        return lanes_if(bare, none, *persons);
    }
    if (lanes_any(based))
        for (int c = 0; c < width; c++) {
            const int school = width == 1 ? 0 : c / S * S + e->school;
            row[school] += each * lanes_if(based, base[c], none);
        }
    row[cf_school_cell(e, x)] += lanes_if(bare, *persons, none);
    return *persons;
}

/*
 * Net migration from outside, in persons.
 *
 *   external[g][x] >= 0:  next = now + external mix          (mix as add_newcomers)
 *   external[g][x] <  0:  next = now max(0, 1 + external / sum now)
 *
 *   newcomers  in      pool, base [group][cells]
 *   external   in      [group][age]     persons a year, net
 *   stock      in/out  [group][cells]   persons
 *   ledger     out     external as asked, clipped what the cells did not have; added up
 *
 * Conserves: sum next == sum now + external + clipped.   MODEL.md 2.3.
 */
void CF_K(external)(const struct cf_extent *e, const struct cf_newcomers *newcomers,
                    const lanes *external, lanes *stock, struct cf_external_ledger *ledger)
{
    const lanes none = {0};
    for (int g = 0; g < e->G; g++) {
        const size_t first = (size_t)g * cf_cells(e);
        for (int x = 0; x <= e->last_x[g]; x++) {
            const lanes asked = external[VIEW2(g, x, e->X)];
            if (!lanes_any(asked != none))
                continue;
            lanes *row = stock + first + cf_cell(e, x);
            const int width = cf_width(e, x);
            const lanes here = cf_row_sum(row, width);
            const lanes coming = lanes_if(asked > none, asked, none);
            const lanes going = lanes_if(asked < none, -asked, none);
            const lanes_mask emptied = going >= here;
            const lanes some = lanes_if(here > none, here, none + 1.0);
            const lanes stays = lanes_if(emptied & (going > none), none, (some - going) / some);
            const lanes_mask leaving = going > none;
            for (int c = 0; c < width; c++)
                row[c] = lanes_if(leaving, row[c] * stays, row[c]);
            *ledger->clipped +=
                lanes_if(emptied, going - here, none) * lanes_if(leaving, none + 1.0, none);
            *ledger->external +=
                add_newcomers(e, newcomers, first, x, &coming, row, ledger->no_mix);
            *ledger->external -= going;
        }
    }
}

/*
 * New homes bring young people, split over the groups as the area's own stock at that age (where
 * there is none: as all areas'; where there is none: equally over the groups followed).
 *
 *   next[g][x] = now + dwellings child_yield[x] n[g][x] / sum_g n[g][x]      (mix as add_newcomers)
 *
 *   housing  in      dwellings one, child_yield [age], everywhere [group][age] persons
 *   stock    in/out  [group][cells]   persons
 *   housed   out     one              persons, added up
 *   no_mix   out     one              1 + age index where there is no mix to take
 *
 * Conserves: sum next == sum now + housed.   MODEL.md 2.3.
 */
void CF_K(house)(const struct cf_extent *e, const struct cf_newcomers *newcomers,
                 const struct cf_housing *housing, lanes *stock, lanes *housed, lanes *no_mix)
{
    const lanes none = {0};
    for (int x = 0; x < e->X; x++) {
        const lanes persons = *housing->dwellings * housing->child_yield[x];
        lanes here = none, there = none;
        double followed = 0;
        for (int g = 0; g < e->G; g++) {
            if (x > e->last_x[g])
                continue;
            const lanes *row = stock + (size_t)g * cf_cells(e) + cf_cell(e, x);
            here += cf_row_sum(row, cf_width(e, x));
            there += housing->everywhere[VIEW2(g, x, e->X)];
            followed += 1;
        }
        if (followed == 0 || !lanes_any(persons != none))
            continue;
        const lanes_mask own = here > none, all = ~own & (there > none);
        const lanes total = lanes_if(own, here, lanes_if(all, there, none + followed));
        for (int g = 0; g < e->G; g++) {
            if (x > e->last_x[g])
                continue;
            const size_t first = (size_t)g * cf_cells(e);
            lanes *row = stock + first + cf_cell(e, x);
            const lanes mine = cf_row_sum(row, cf_width(e, x));
            const lanes weight = lanes_if(
                own, mine, lanes_if(all, housing->everywhere[VIEW2(g, x, e->X)], none + 1.0));
            const lanes part = persons * weight / total;
            *housed += add_newcomers(e, newcomers, first, x, &part, row, no_mix);
        }
    }
}
