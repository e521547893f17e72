#include "kernels/build.h"

/* One row of a group, age and level: the equation of `choose`. What has nowhere to go is in
 * `lost`, by status; who stays where they were in `stay`, where that is wanted. */
static inline void choose_row(const struct cf_choice *choice, size_t at, int wide,
                              const lanes *effect, int S, lanes *row, lanes *stay)
{
    const double *narrow = choice->progression + at;
    const lanes *eight = wide ? choice->progression_wide + at : NULL;
    lanes *share = choice->scratch, *lost = choice->scratch + S;
    const lanes none = {0};
    for (int s = 0; s < S; s++) {
        lanes z = none;
        for (int to = 0; to < S; to++)
            z = lanes_fma(cf_heavy(narrow, eight, wide, (size_t)(s * S + to)), effect[to], z);
        const lanes_mask open = z > none;
        share[s] = lanes_if(open, row[s] / lanes_if(open, z, none + 1.0), none);
        lost[s] = lanes_if(open, none, row[s]);
    }
    for (int to = 0; to < S; to++) {
        lanes sum = none;
        for (int s = 0; s < S; s++)
            sum = lanes_fma(share[s], cf_heavy(narrow, eight, wide, (size_t)(s * S + to)), sum);
        row[to] = sum * effect[to];
    }
    for (int s = 0; stay && s < S; s++)
        stay[s] = share[s] * cf_heavy(narrow, eight, wide, (size_t)(s * S + s)) * effect[s];
}

/* The body of `choose`: `wide` tells which progression is read. */
static inline void choose(const struct cf_extent *e, const struct cf_choice *choice, int wide,
                          lanes *stock, struct cf_lost *out)
{
    const int L = e->L, S = e->S;
    const lanes none = {0};
    const lanes *lost = choice->scratch + S;
    for (int g = 0; g < e->G; g++)
        for (int x = e->choice_x; x <= e->last_x[g]; x++)
            for (int l = 0; l < L; l++) {
                const size_t at = (size_t)g * cf_cells(e) + cf_cell(e, x) + (size_t)(l * S);
                lanes *row = stock + at;
                const size_t first = VIEW4(g, x, e->X, l, L, 0, S);
                choose_row(choice, first * (size_t)S, wide, choice->effect + x * S, S, row,
                           choice->stay ? choice->stay + at : NULL);
                for (int s = 0; s < S; s++) {
                    if (!lanes_any(lost[s] > none))
                        continue;
                    row[e->fallback] += lost[s];
                    *out->persons += lost[s];
                    const lanes here = none + (1.0 + (double)(first + (size_t)s));
                    const lanes_mask worse =
                        (lost[s] > none) & lanes_mask_of(!choice->given[first + (size_t)s]);
                    *out->missing = lanes_if(worse, here, *out->missing);
                }
            }
}

/*
 * Everybody from choice_age on chooses what to do this year.
 *
 *   P[s->s'] = progression[s->s'] f[s'] / Z[s],   Z[s] = sum_s' progression[s->s'] f[s']
 *   next[s'] = sum_s now[s] P[s->s']
 *
 * All effects multiply the destination, so a row costs two small matrix-vector products and a
 * division a status. Where Z[s] is 0 the mass goes to the fallback status.
 *
 *   choice  in      progression [group][age][level][status][status_to], effect f [age][status]
 *   stock   in/out  [group][cells]   persons
 *   stay    out     [group][cells]   of them now[s] P[s->s], those who stay; where it is kept
 *   lost    out     one              persons who went to the fallback, added up
 *   row     out     one              1 + index [group][age][level][status] of one they came from
 *
 * Conserves: the sum over statuses of every group, age and level.   MODEL.md 2.6.
 */
void CF_K(choose)(const struct cf_extent *e, const struct cf_choice *choice, lanes *stock,
                  struct cf_lost *out)
{
    if (choice->progression_wide)
        choose(e, choice, 1, stock, out);
    else
        choose(e, choice, 0, stock, out);
}

/*
 * The duty to participate moves part of those it finds not participating.
 *
 *   moved = duty compliance sum over non-participating s of now[s]          (levels below exempt)
 *   next[s]  = now[s] (1 - duty compliance)                                 s not participating
 *   next[s'] = now[s'] + moved now[s'] weight[s'] / sum of now weight       s' participating
 *
 * and all of `moved` to the default status where that sum is 0.
 *
 *   law    in      duty, compliance [age]; weight, participates [status]
 *   stock  in/out  [group][cells]   persons
 *   stay   in/out  [group][cells]   of them those who stay in their status; who is moved does not
 *
 * Conserves: the sum over statuses of every group, age and level.   MODEL.md 2.7.
 */
void CF_K(comply)(const struct cf_extent *e, const struct cf_law *law, lanes *stock)
{
    const int S = e->S;
    const lanes none = {0};
    for (int g = 0; g < e->G; g++)
        for (int x = e->choice_x; x <= e->last_x[g]; x++) {
            const lanes rate = law->duty[x] * law->compliance[x];
            if (!lanes_any(rate > none))
                continue;
            for (int l = 0; l < law->exempt_level; l++) {
                const size_t at = (size_t)g * cf_cells(e) + cf_cell(e, x) + (size_t)(l * S);
                lanes *row = stock + at;
                lanes moved = none, pull = none;
                for (int s = 0; s < S; s++)
                    if (law->participates[s])
                        pull += row[s] * law->weight[s];
                    else
                        moved += row[s] * rate;
                const lanes_mask some = pull > none;
                const lanes each = lanes_if(some, moved / lanes_if(some, pull, none + 1.0), none);
                for (int s = 0; s < S; s++)
                    row[s] = law->participates[s] ? row[s] + row[s] * law->weight[s] * each
                                                  : row[s] - row[s] * rate;
                row[law->default_status] += lanes_if(some, none, moved);
                for (int s = 0; law->stay && s < S; s++)
                    if (!law->participates[s])
                        law->stay[at + (size_t)s] -= law->stay[at + (size_t)s] * rate;
            }
        }
}
