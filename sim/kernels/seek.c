#include "kernels/market.h"

/* One cell of an area: a group, age and level, and what its members want. */
struct cell {
    const struct cf_seekers *who;
    int g, x;
    const lanes *row;  /* [status] learners by first choice; the one number where everybody is at
                          school */
    const lanes *stay; /* [status] those of them who were there last year; NULL: all */
    int narrow;
    lanes *whole; /* [status] 1 / the sum of line_share over the lines that serve; 0: none does */
    lanes *share; /* [line] of its route's learners, 0 where the line does not serve the age */
    const int *line; /* [n] the lines that serve somebody, ascending */
    int n;
};

static const lanes none = {0};

static inline lanes most(lanes a, lanes b)
{
    return lanes_if(a > b, a, b);
}

static inline lanes learners(const struct cf_extent *e, const struct cell *c, int s)
{
    if (c->narrow)
        return s == e->school ? c->row[0] : none;
    return c->row[s];
}

/* Those of a status who were in it last year, and those who come to it. */
static inline void split(const struct cf_extent *e, const struct cell *c, int s, lanes *stays,
                         lanes *comes)
{
    const lanes all = learners(e, c, s);
    *stays = c->stay ? lanes_if(c->stay[s] < all, c->stay[s], all) : all;
    *comes = all - *stays;
}

static inline int pass_of(const struct cell *c)
{
    return c->who->protected_groups[c->g] ? CF_PROTECTED : CF_OTHERS;
}

static inline int serves(const struct cf_lines *lines, int i, int x)
{
    return x >= lines->from_x[i] && x <= lines->to_x[i];
}

/* Room for the shares of each level, then for what is worked out of a cell. */
static inline lanes *whole_of(const struct cf_extent *e, const struct cf_seekers *who, int l)
{
    return who->scratch + VIEW2(l, 0, e->S + who->lines->I);
}

static inline lanes *room_of(const struct cf_extent *e, const struct cf_seekers *who)
{
    return whole_of(e, who, e->L);
}

/* The lines that serve a level: how many, then which. */
static inline int *lines_of(const struct cf_seekers *who, int l)
{
    return who->list + l * (who->lines->I + 1);
}

/* The shares of a group at each level, rescaled over the lines that serve the age. Lines that are
 * wanted in no lane are left aside: they would add zeros. */
static inline void share_out(const struct cf_extent *e, const struct cf_seekers *who, int g, int x)
{
    const struct cf_lines *lines = who->lines;
    for (int l = 0; l < e->L; l++) {
        const lanes *wanted = who->line_share + VIEW3(g, l, e->L, 0, lines->I);
        lanes *whole = whole_of(e, who, l), *share = whole + e->S;
        for (int s = 0; s < e->S; s++)
            whole[s] = none;
        for (int i = 0; i < lines->I; i++)
            if (serves(lines, i, x))
                whole[lines->route[i]] += wanted[i];
        for (int s = 0; s < e->S; s++)
            whole[s] = cf_inverse(whole[s]);
        int *list = lines_of(who, l);
        list[0] = 0;
        for (int i = 0; i < lines->I; i++) {
            share[i] = serves(lines, i, x) ? wanted[i] * whole[lines->route[i]] : none;
            if (lanes_any(share[i] > none))
                list[++list[0]] = i;
        }
    }
}

/* The cell of a group, age and level, once its group's shares at the age are out. */
static inline struct cell open_cell(const struct cf_extent *e, const struct cf_seekers *who,
                                    const lanes *stock, int g, int x, int l)
{
    const size_t first = (size_t)g * cf_cells(e) + cf_cell(e, x);
    const int narrow = x < e->n_narrow;
    lanes *whole = whole_of(e, who, l);
    return (struct cell){.who = who,
                         .g = g,
                         .x = x,
                         .row = stock + first + (narrow ? 0 : l * e->S),
                         .stay =
                             who->stay && x >= e->choice_x ? who->stay + first + l * e->S : NULL,
                         .narrow = narrow,
                         .whole = whole,
                         .share = whole + e->S,
                         .line = lines_of(who, l) + 1,
                         .n = lines_of(who, l)[0]};
}

/* A status of the cell with learners whom no line serves, in any lane; -1: there is none. */
static inline int unserved(const struct cf_extent *e, const struct cell *c)
{
    for (int s = 0; s < e->S; s++)
        if (c->who->lines->provided[s] &&
            lanes_any((learners(e, c, s) > none) & ~(c->whole[s] > none)))
            return s;
    return -1;
}

/*
 * What the learners of one area look for at first, line by line and pass by pass.
 *
 *   demand[pass][i] += n[g][x][l][route of i] share[g][l][i]     of those whom the pass is about
 *
 * Continuers are those who were in the status last year, and everybody below choice_age; of the
 * others those in protected groups come first.
 *
 *   who      in   see kernels.h; refused, open are not read
 *   stock    in   [group][cells]   persons after choice and duty
 *   demand   out  [pass][line]     learners, added up
 *   missing  out  one              1 + index [group][age][level][status] of learners whom no line
 *                                  serves
 *
 * Conserves: the sum over lines and passes is that of the stock in provided statuses. MODEL.md 2.9.
 */
void CF_K(ask)(const struct cf_extent *e, const struct cf_seekers *who, const lanes *stock,
               lanes *demand, long *missing)
{
    const struct cf_lines *lines = who->lines;
    const int I = lines->I, from = lines->provided[e->school] ? 0 : e->choice_x;
    for (int g = 0; g < e->G; g++)
        for (int x = from; x <= e->last_x[g]; x++) {
            if (x == from || lines->others[x])
                share_out(e, who, g, x);
            for (int l = 0; l < (x < e->n_narrow ? 1 : e->L); l++) {
                const struct cell c = open_cell(e, who, stock, g, x, l);
                const int s = unserved(e, &c);
                if (s >= 0)
                    *missing = 1 + (long)VIEW4(g, x, e->X, l, e->L, s, e->S);
                for (int n = 0; n < c.n; n++) {
                    const int i = c.line[n];
                    lanes stays, comes;
                    split(e, &c, lines->route[i], &stays, &comes);
                    demand[CF_CONTINUERS * I + i] += stays * c.share[i];
                    demand[pass_of(&c) * I + i] += comes * c.share[i];
                }
            }
        }
}

/* Of a cell, those whom each line refused at first. Returns whether there are any. */
static inline int refuse(const struct cf_extent *e, const struct cell *c, lanes *refused)
{
    const struct cf_lines *lines = c->who->lines;
    const lanes *stayed = c->who->refused;
    const int I = lines->I;
    lanes any = none;
    for (int n = 0; n < c->n; n++) {
        const int i = c->line[n];
        lanes stays, comes;
        split(e, c, lines->route[i], &stays, &comes);
        refused[i] = c->share[i] *
                     (stays * stayed[CF_CONTINUERS * I + i] + comes * stayed[pass_of(c) * I + i]);
        any += refused[i];
    }
    return lanes_any(any > none);
}

/*
 * Those whom first choices left without a place, by group and route.
 *
 *   unplaced[g][s] += refused of the lines of route s
 *
 *   who       in   see kernels.h: refused
 *   stock     in   [group][cells]    persons after choice and duty
 *   unplaced  out  [group][status]   learners, added up
 */
void CF_K(count_refused)(const struct cf_extent *e, const struct cf_seekers *who,
                         const lanes *stock, lanes *unplaced)
{
    const struct cf_lines *lines = who->lines;
    const int from = lines->provided[e->school] ? 0 : e->choice_x;
    lanes *refused = room_of(e, who);
    for (int g = 0; g < e->G; g++)
        for (int x = from; x <= e->last_x[g]; x++) {
            if (x == from || lines->others[x])
                share_out(e, who, g, x);
            for (int l = 0; l < (x < e->n_narrow ? 1 : e->L); l++) {
                const struct cell c = open_cell(e, who, stock, g, x, l);
                if (!refuse(e, &c, refused))
                    continue;
                for (int n = 0; n < c.n; n++)
                    unplaced[VIEW2(g, lines->route[c.line[n]], e->S)] += refused[c.line[n]];
            }
        }
}

/*
 * Second choices in a cell: the refused of line i go to all statuses in proportion to those who
 * chose them, n h, with h = 1 where no place is needed, else the share of the route's lines still
 * open without i; within a status by share x open.
 *
 *   v[k]      = n[route of k] share[k] open[k]
 *   W[i]      = sum over statuses without places of n + sum over k other than i of v[k]
 *   landed[k] = v[k] sum over i other than k of refused[i] / W[i]         never as a difference:
 *                                                                         one W may be next to 0
 *   others    = sum over i of refused[i] / W[i]          what each status without places gains, of
 * n lost      = refused[i] where W[i] is 0
 */
static inline void choose_again(const struct cf_extent *e, const struct cell *c, const lanes *open,
                                const lanes *refused, lanes *landed, lanes *others, lanes *lost)
{
    const struct cf_lines *lines = c->who->lines;
    lanes *rate = landed + lines->I, run = none, after = none, later = none, earlier = none;
    for (int s = 0; s < e->S; s++)
        if (!lines->provided[s])
            run += learners(e, c, s);
    for (int n = 0; n < c->n; n++) {
        const int i = c->line[n];
        rate[i] = run;
        landed[i] = learners(e, c, lines->route[i]) * c->share[i] * open[i];
        run += landed[i];
    }
    for (int n = c->n - 1; n >= 0; n--) {
        const int i = c->line[n];
        const lanes weight = rate[i] + after;
        after += landed[i];
        landed[i] *= later;
        *lost += lanes_if(weight > none, none, refused[i]);
        rate[i] = refused[i] * cf_inverse(weight);
        later += rate[i];
    }
    for (int n = 0; n < c->n; n++) {
        const int i = c->line[n];
        landed[i] += learners(e, c, lines->route[i]) * c->share[i] * open[i] * earlier;
        earlier += rate[i];
    }
    *others = earlier;
}

/* Go through the cells of those who choose and were refused somewhere. */
#define FOR_REFUSED(e, who, stock, c, refused)                                                     \
    for (int g = 0; g < (e)->G; g++)                                                               \
        for (int x = (e)->choice_x; x <= (e)->last_x[g]; x++)                                      \
            for (int l = (share_at(e, who, g, x), 0); l < (e)->L; l++)                             \
                if ((c) = open_cell(e, who, stock, g, x, l), refuse(e, &(c), refused))

/* The shares stay those of the age before while the same lines serve. */
static inline void share_at(const struct cf_extent *e, const struct cf_seekers *who, int g, int x)
{
    if (x == e->choice_x || who->lines->others[x])
        share_out(e, who, g, x);
}

/*
 * What those look for who were refused in the round before: one more pass, of all together.
 *
 *   demand[i] += landed[g][x][l][i]      as choose_again
 *
 *   who     in   see kernels.h: open of `round` and, of earlier ones, open and refused_again
 *   stock   in   [group][cells]   persons after choice and duty
 *   round   in   0: the first of second choices
 *   demand  out  [line]           learners, added up
 *
 * MODEL.md 2.9.
 */
void CF_K(ask_again)(const struct cf_extent *e, const struct cf_seekers *who, const lanes *stock,
                     int round, lanes *demand)
{
    const int I = who->lines->I;
    lanes *refused = room_of(e, who), *landed = refused + I;
    struct cell c;
    FOR_REFUSED(e, who, stock, c, refused)
    {
        for (int r = 0; r <= round; r++) {
            lanes others, lost = none;
            choose_again(e, &c, who->open + r * I, refused, landed, &others, &lost);
            for (int n = 0; n < c.n && r < round; n++)
                refused[c.line[n]] = landed[c.line[n]] * who->refused_again[r * I + c.line[n]];
        }
        for (int n = 0; n < c.n; n++)
            demand[c.line[n]] += landed[c.line[n]];
    }
}

/* Of a cell, those whom first choices gave a place, added up over the lines of each status. Counted
 * and not what refusal leaves over: where nobody is placed nobody is left. */
static inline void keep_placed(const struct cf_extent *e, const struct cell *c, lanes *next)
{
    const struct cf_lines *lines = c->who->lines;
    const lanes *stayed = c->who->refused;
    const int I = lines->I;
    for (int s = 0; s < e->S; s++)
        next[s] = lines->provided[s] ? none : c->row[s];
    for (int n = 0; n < c->n; n++) {
        const int i = c->line[n];
        lanes stays, comes;
        split(e, c, lines->route[i], &stays, &comes);
        next[lines->route[i]] +=
            c->share[i] * (stays * most(1.0 - stayed[CF_CONTINUERS * I + i], none) +
                           comes * most(1.0 - stayed[pass_of(c) * I + i], none));
    }
}

/*
 * Everybody takes the place there is; who has none after the last round goes to the fallback.
 *
 *   next[s] = placed at first + landed (1 - refused again)             s provided, over its lines
 *   next[s] = now[s] + now[s] others                                   s not provided
 *   next[fallback] += lost + refused in the last round
 *
 *   who    in      see kernels.h
 *   stock  in/out  [group][cells]   persons; ages from choice_age on
 *
 * Conserves: the sum over statuses of every group, age and level.   MODEL.md 2.9.
 */
void CF_K(take_up)(const struct cf_extent *e, const struct cf_seekers *who, lanes *stock)
{
    const struct cf_lines *lines = who->lines;
    const int I = lines->I, S = e->S;
    lanes *refused = room_of(e, who), *landed = refused + I, *next = landed + 2 * I;
    struct cell c;
    FOR_REFUSED(e, who, stock, c, refused)
    {
        lanes lost = none, *row = stock + (c.row - stock);
        keep_placed(e, &c, next);
        for (int r = 0; r < who->n_rounds; r++) {
            lanes others;
            choose_again(e, &c, who->open + r * I, refused, landed, &others, &lost);
            for (int s = 0; s < S; s++)
                next[s] += lines->provided[s] ? none : row[s] * others;
            for (int n = 0; n < c.n; n++) {
                const int i = c.line[n];
                const lanes again = who->refused_again[r * I + i];
                next[lines->route[i]] += landed[i] * most(1.0 - again, none);
                refused[i] = landed[i] * again;
            }
        }
        for (int n = 0; n < c.n; n++)
            lost += refused[c.line[n]];
        next[e->fallback] += lost;
        for (int s = 0; s < S; s++)
            row[s] = next[s];
    }
}
