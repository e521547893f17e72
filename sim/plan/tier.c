#include "plan/sheet.h"

#include "model/view.h"

#include <math.h>

/*
 * The lowest tier at which every member has learners enough for a group of a line, at a site of its
 * own that they can reach:
 *
 *   D[m][i] = max_j in m  sum_a in m, near j  demand[a][i],   near: minutes[a][j] <= reach[s of i]
 *
 * A line is of a tier where the share p of its members has D >= viable_group; what binds is the D
 * of the member that decides it, the ceil(p n)th largest. Tiers go up by the number of their
 * members. A larger viable_group never moves a line down. output/README.md, Tables that answer.
 */
enum { MOST_TIERS = 4, NO_TIER = MOST_TIERS };
static const char *const tier_names[MOST_TIERS] = {"consortium", "authority", "subregion",
                                                   "region"};

struct tiers {
    struct cf_sheet sheet;
    struct cf_tier tier[MOST_TIERS]; /* lowest first */
    int n_tiers;
    struct cf_tier by; /* a row for each of its members; of_area NULL: not asked for */
    struct cf_subjects subjects;
    const double *demand;  /* [run][year][area][line] */
    const double *minutes; /* [area][site] */
    const double *reach;   /* [status] */
    double *most;          /* D of the members of a tier that are looked at */
    int *member;           /* which they are */
};

/* What decides whether a line is of a tier: its binding demand, and whose it is. */
struct binding {
    double demand;
    int member;
};

/* Members by which areas go; those without a name are no members. */
static int count_members(const struct cf_tier *tier)
{
    int n = 0;
    for (int m = 0; m < tier->n_home; m++)
        n += tier->member[m].code[0] != '\0';
    return n;
}

/* The tiers that the areas have, the one with most members first; areas themselves where there is
 * none. */
static void find_tiers(struct tiers *t)
{
    struct cf_sheet *s = &t->sheet;
    for (int k = 0; k < MOST_TIERS; k++) {
        struct cf_tier tier;
        if (!cf_results_attribute(s->results, "area", tier_names[k]))
            continue;
        cf_sheet_tier(s, tier_names[k], NULL, &tier);
        if (s->status != CF_OK || count_members(&tier) == 0)
            continue;
        int at = t->n_tiers++;
        for (; at > 0 && count_members(&t->tier[at - 1]) < count_members(&tier); at--)
            t->tier[at] = t->tier[at - 1];
        t->tier[at] = tier;
    }
    if (t->n_tiers == 0)
        cf_sheet_tier(s, "area", NULL, &t->tier[t->n_tiers++]);
}

/* Learners of a member who can come together at a site. */
static double demand_at(const struct tiers *t, int k, int y, int i, const struct cf_tier *tier,
                        int member, int site)
{
    const struct cf_sheet *s = &t->sheet;
    double demand = 0;
    for (int a = 0; a < s->A; a++)
        if (tier->of_area[a] == member &&
            t->minutes[VIEW2(a, site, s->J)] <= t->reach[s->line_route[i]])
            demand += t->demand[VIEW4(k, y, s->Y, a, s->A, i, s->I)];
    return demand;
}

/* Whether a member of a tier has an area in the member of the rows' tier. */
static int meets(const struct tiers *t, const struct cf_tier *tier, int member, int by_member)
{
    for (int a = 0; a < t->sheet.A; a++)
        if (tier->of_area[a] == member && (!t->by.of_area || t->by.of_area[a] == by_member))
            return tier->member[member].code[0] != '\0';
    return 0;
}

/* The ceil(p n)th largest of n. */
static struct binding find_binding(const struct tiers *t, int n)
{
    const double share = t->sheet.query->share > 0 ? t->sheet.query->share : 1;
    const int needed = (int)fmax(1, ceil(share * n - 1e-9));
    struct binding binding = {.member = -1};
    for (int p = 0; p < n; p++) {
        int larger = 0;
        for (int q = 0; q < n; q++)
            larger += t->most[q] > t->most[p] || (t->most[q] == t->most[p] && q < p);
        if (larger == needed - 1)
            binding = (struct binding){t->most[p], t->member[p]};
    }
    return binding;
}

static struct binding bind_line(struct tiers *t, int k, int y, int i, const struct cf_tier *tier,
                                int by_member)
{
    const struct cf_sheet *s = &t->sheet;
    int n = 0;
    for (int m = 0; m < tier->n_home; m++) {
        if (!meets(t, tier, m, by_member))
            continue;
        t->most[n] = 0;
        for (int j = 0; j < s->J && s->line_route[i] >= 0; j++)
            if (tier->of_site[j] == m)
                t->most[n] = fmax(t->most[n], demand_at(t, k, y, i, tier, m, j));
        t->member[n++] = m;
    }
    return find_binding(t, n);
}

/* The lowest tier of a line, or NO_TIER; what binds at each. */
static int tier_of_line(struct tiers *t, int k, int y, int i, int by_member,
                        struct binding binding[MOST_TIERS])
{
    int lowest = NO_TIER;
    for (int q = t->n_tiers - 1; q >= 0; q--) {
        binding[q] = bind_line(t, k, y, i, &t->tier[q], by_member);
        if (cf_is_group(binding[q].demand, t->sheet.viable_group[i]))
            lowest = q;
    }
    return lowest;
}

/* Run, year, member and subject of a row; returns the column behind them. */
static struct cf_column *put_keys(struct tiers *t, size_t row, int k, int year, int by_member,
                                  int subject)
{
    struct cf_column *column = &t->sheet.table->column[2];
    cf_put_run(&t->sheet, row, k);
    (column++)->integer[row] = year;
    if (t->by.of_area)
        cf_put_member(column++, row, &t->by.member[by_member]);
    cf_put_member(column++, row, &t->subjects.member[subject]);
    return column;
}

static void put_line(struct tiers *t, int k, const struct cf_sheet_year *year, int by_member, int i)
{
    struct binding binding[MOST_TIERS];
    const size_t row = t->sheet.table->n_rows++;
    const double viable = t->sheet.viable_group[i];
    struct cf_column *column = put_keys(t, row, k, year->number, by_member, i);
    const int lowest = tier_of_line(t, t->sheet.run[k], year->y, i, by_member, binding);
    const int shown = lowest == NO_TIER ? t->n_tiers - 1 : lowest;
    (column++)->number[row] = viable > 0 ? viable : (double)NAN;
    for (int q = 0; q < t->n_tiers; q++)
        (column++)->number[row] = binding[q].demand;
    (column++)->text[row] = lowest == NO_TIER ? "none" : t->tier[lowest].name;
    if (binding[shown].member >= 0)
        cf_put_member(column, row, &t->tier[shown].member[binding[shown].member]);
}

/* How many lines of a route are of each tier. */
static void put_route(struct tiers *t, int k, const struct cf_sheet_year *year, int by_member,
                      int subject)
{
    struct binding binding[MOST_TIERS];
    const size_t row = t->sheet.table->n_rows++;
    struct cf_column *column = put_keys(t, row, k, year->number, by_member, subject);
    for (int i = 0; i < t->sheet.I; i++) {
        if (t->subjects.of_line[i] != subject)
            continue;
        const int lowest = tier_of_line(t, t->sheet.run[k], year->y, i, by_member, binding);
        column[0].integer[row]++;
        column[lowest == NO_TIER ? t->n_tiers + 1 : lowest + 1].integer[row]++;
    }
}

static void add_columns(struct tiers *t, int by_line, size_t rows)
{
    struct cf_sheet *s = &t->sheet;
    struct cf_arena *arena = &s->table->arena;
    cf_add_run_columns(s, rows);
    cf_add_year_column(s, rows);
    if (t->by.of_area)
        cf_add_member_column(s, t->by.name, rows);
    cf_add_member_column(s, t->subjects.name, rows);
    if (by_line)
        cf_add_column(s->table, "viable_group", CF_COLUMN_NUMBER, rows);
    else
        cf_add_column(s->table, "lines", CF_COLUMN_INT, rows);
    for (int q = 0; q < t->n_tiers; q++)
        cf_add_column(s->table,
                      cf_arena_format(arena, by_line ? "demand_%s" : "%s_lines", t->tier[q].name),
                      by_line ? CF_COLUMN_NUMBER : CF_COLUMN_INT, rows);
    if (by_line) {
        cf_add_column(s->table, "tier", CF_COLUMN_TEXT, rows);
        cf_add_member_column(s, "binds", rows);
    } else {
        cf_add_column(s->table, "no_tier_lines", CF_COLUMN_INT, rows);
    }
}

static const char *const notes[] = {
    "demand of a tier: that of the member that binds, the smallest of those that must have a group "
    "(all of them, unless --share says fewer)",
    "borders play no part: of a member's residents all count who are near a site of its own, "
    "whatever "
    "the level of collaboration",
    NULL};

static void fill(struct tiers *t, int by_line)
{
    struct cf_sheet *s = &t->sheet;
    s->table->notes = notes;
    const int rows_of = t->by.of_area ? t->by.n_home : 1;
    int most = 1;
    for (int q = 0; q < t->n_tiers; q++)
        most = t->tier[q].n_home > most ? t->tier[q].n_home : most;
    t->most = CF_TAKE(&s->table->arena, (size_t)most, double);
    t->member = CF_TAKE(&s->table->arena, (size_t)most, int);
    s->table->title = by_line ? "The lowest tier with learners enough for a group of each line"
                              : "Lines by the lowest tier with learners enough for a group";
    add_columns(t, by_line,
                (size_t)s->n_runs * (size_t)s->n_years * (size_t)rows_of * (size_t)t->subjects.n);
    for (int k = 0; k < s->n_runs; k++)
        for (int n = 0; n < s->n_years; n++)
            for (int m = 0; m < rows_of; m++)
                for (int subject = 0; subject < t->subjects.n; subject++)
                    (by_line ? put_line : put_route)(t, k, &s->year[n], m, subject);
}

enum cf_status cf_tier_table(struct cf_table *table, cf_results *results,
                             const struct cf_plan_query *query, cf_diag *diag)
{
    const int by_line = query->rows != CF_ROWS_ROUTE;
    struct tiers tiers = {0};
    cf_sheet_open(&tiers.sheet, table, results, query, 0, diag);
    if (query->by)
        cf_sheet_tier(&tiers.sheet, query->by, NULL, &tiers.by);
    cf_sheet_subjects(&tiers.sheet, by_line, &tiers.subjects);
    tiers.demand = cf_sheet_read(&tiers.sheet, "demand", "run year area line");
    tiers.minutes = cf_sheet_read(&tiers.sheet, "minutes", "area site");
    tiers.reach = cf_sheet_read(&tiers.sheet, "reach", "status");
    find_tiers(&tiers);
    if (tiers.sheet.status == CF_OK)
        fill(&tiers, by_line);
    return cf_sheet_close(&tiers.sheet);
}
