#include "plan/sheet.h"

#include "base/text.h"
#include "model/view.h"

#include <math.h>

/*
 * What is asked for and what is there, for a member of a tier and a route or line.
 *
 *   of residents, by home area      demand, unplaced, too_far, crowded_out     learners
 *   of sites, by the site's member  arrivals, usable, enrolled, shortfall, spare
 *   good_share                      share of usable places at good or better sites
 *   viable_groups                   sum over offers of floor(enrolled / viable_group)
 *   scarcity                        the largest of its offers                  minutes
 *   coverage                        share of residents aged 16 to 18 within reach
 *
 * The members that have areas, or only sites, then `here`, all that have areas, and `all`, whose
 * sums are those of the file. output/README.md, Tables that answer.
 */
enum measure {
    DEMAND,
    ARRIVALS,
    USABLE,
    ENROLLED,
    UNPLACED,
    TOO_FAR,
    CROWDED_OUT,
    SHORTFALL,
    SPARE,
    GOOD_SHARE,
    VIABLE_GROUPS,
    SCARCITY,
    COVERAGE,
    N_MEASURES
};

static const struct {
    const char *name;
    enum cf_column_kind kind;
    const char *dims; /* of the variable that is added up, NULL: worked out otherwise */
} measures[N_MEASURES] = {
    [DEMAND] = {"demand", CF_COLUMN_NUMBER, "run year area line"},
    [ARRIVALS] = {"arrivals", CF_COLUMN_NUMBER, "run year offer"},
    [USABLE] = {"usable", CF_COLUMN_NUMBER, "run year offer"},
    [ENROLLED] = {"enrolled", CF_COLUMN_NUMBER, "run year offer"},
    [UNPLACED] = {"unplaced", CF_COLUMN_NUMBER, "run year area line"},
    [TOO_FAR] = {"too_far", CF_COLUMN_NUMBER, "run year area line"},
    [CROWDED_OUT] = {"crowded_out", CF_COLUMN_NUMBER, "run year area line"},
    [SHORTFALL] = {"shortfall", CF_COLUMN_NUMBER, "run year offer"},
    [SPARE] = {"spare", CF_COLUMN_NUMBER, "run year offer"},
    [GOOD_SHARE] = {"good_share", CF_COLUMN_SHARE, NULL},
    [VIABLE_GROUPS] = {"viable_groups", CF_COLUMN_NUMBER, NULL},
    [SCARCITY] = {"scarcity", CF_COLUMN_NUMBER, NULL},
    [COVERAGE] = {"coverage", CF_COLUMN_SHARE, NULL},
};

/* What a row is made of: NaN where nothing has been found yet that has such a value. */
struct cell {
    double value[N_MEASURES];
    double graded, residents; /* what good_share and coverage are shares of */
};

struct gaps {
    struct cf_sheet sheet;
    struct cf_tier tier;
    struct cf_subjects subjects;
    struct cf_reach reach;
    const int *offer_site, *offer_line;
    const double *added[N_MEASURES], *scarcity;
    const double *good_share; /* NULL: sites have no grades */
    struct cell *cell;        /* [tier.n + 2][subjects.n], the last two for here and for all */
};

/* What lies elsewhere is what has no areas: here is all without it. */
static const struct cf_member here = {"here", "all here"};

static void read_all(struct gaps *g)
{
    struct cf_sheet *sheet = &g->sheet;
    for (int q = 0; q < N_MEASURES; q++)
        if (measures[q].dims)
            g->added[q] = cf_sheet_read(sheet, measures[q].name, measures[q].dims);
    g->scarcity = cf_sheet_read(sheet, "scarcity", "run year offer");
    if (cf_results_find(sheet->results, "good_share"))
        g->good_share = cf_sheet_read(sheet, "good_share", "run year site");
    g->offer_site = cf_sheet_read_indices(sheet, "offer_site", "offer", sheet->J);
    g->offer_line = cf_sheet_read_indices(sheet, "offer_line", "offer", sheet->I);
    cf_sheet_reach(sheet, sheet->query->rows == CF_ROWS_LINE, &g->reach);
}

/* Where a number of a member and subject is added to: its own cell, that of all, and that of all
 * here. */
struct cells {
    struct cell *cell[3];
    int n;
};

static struct cells cells_of(const struct gaps *g, int member, int subject)
{
    return (struct cells){{&g->cell[VIEW2(member, subject, g->subjects.n)],
                           &g->cell[VIEW2(g->tier.n + 1, subject, g->subjects.n)],
                           &g->cell[VIEW2(g->tier.n, subject, g->subjects.n)]},
                          member < g->tier.n_home ? 3 : 2};
}

static void add(double *sum, double value)
{
    if (!isnan(value))
        *sum = isnan(*sum) ? value : *sum + value;
}

static void add_residents(struct gaps *g, int k, int y)
{
    const struct cf_sheet *s = &g->sheet;
    static const enum measure of_residents[] = {DEMAND, UNPLACED, TOO_FAR, CROWDED_OUT};
    for (int a = 0; a < s->A; a++) {
        for (int i = 0; i < s->I; i++) {
            if (g->subjects.of_line[i] < 0)
                continue;
            const size_t at = VIEW4(k, y, s->Y, a, s->A, i, s->I);
            const struct cells into = cells_of(g, g->tier.of_area[a], g->subjects.of_line[i]);
            for (int c = 0; c < into.n; c++)
                for (size_t q = 0; q < sizeof of_residents / sizeof *of_residents; q++)
                    into.cell[c]->value[of_residents[q]] += g->added[of_residents[q]][at];
        }
    }
}

/* Residents within reach, who become a share at the end. */
static void add_reach(struct gaps *g, int k, int y)
{
    const struct cf_sheet *s = &g->sheet;
    for (int a = 0; a < s->A; a++) {
        const double residents = cf_residents(s, &g->reach, k, y, a);
        for (int subject = 0; subject < g->subjects.n; subject++) {
            const double share = cf_within_reach(s, &g->reach, &g->subjects, k, y, a, subject);
            const struct cells into = cells_of(g, g->tier.of_area[a], subject);
            if (isnan(share))
                continue;
            for (int c = 0; c < into.n; c++) {
                add(&into.cell[c]->value[COVERAGE], share * residents);
                into.cell[c]->residents += residents;
            }
        }
    }
}

static void add_offer(struct gaps *g, struct cell *cell, int i, size_t at, double good)
{
    static const enum measure of_sites[] = {ARRIVALS, USABLE, ENROLLED, SHORTFALL, SPARE};
    const double viable = g->sheet.viable_group[i], scarcity = g->scarcity[at];
    for (size_t q = 0; q < sizeof of_sites / sizeof *of_sites; q++)
        cell->value[of_sites[q]] += g->added[of_sites[q]][at];
    if (viable > 0)
        add(&cell->value[VIABLE_GROUPS], cf_count_groups(g->added[ENROLLED][at], viable));
    cell->value[SCARCITY] = fmax(cell->value[SCARCITY], scarcity); /* of NaN and one: the one */
    if (!isnan(good)) {
        add(&cell->value[GOOD_SHARE], good * g->added[USABLE][at]);
        cell->graded += g->added[USABLE][at];
    }
}

static void add_sites(struct gaps *g, int k, int y)
{
    const struct cf_sheet *s = &g->sheet;
    for (int o = 0; o < s->O; o++) {
        const int i = g->offer_line[o], j = g->offer_site[o];
        if (g->subjects.of_line[i] < 0)
            continue;
        const double good = g->good_share ? g->good_share[VIEW3(k, y, s->Y, j, s->J)] : (double)NAN;
        const struct cells into = cells_of(g, g->tier.of_site[j], g->subjects.of_line[i]);
        for (int c = 0; c < into.n; c++)
            add_offer(g, into.cell[c], i, VIEW3(k, y, s->Y, o, s->O), good);
    }
}

static void start_cells(struct gaps *g)
{
    const size_t n = (size_t)(g->tier.n + 2) * (size_t)g->subjects.n;
    for (size_t c = 0; c < n; c++) {
        g->cell[c] = (struct cell){0};
        for (int q = GOOD_SHARE; q < N_MEASURES; q++)
            g->cell[c].value[q] = (double)NAN;
    }
}

/* As people read it: members that have sites and no areas lie elsewhere. */
static struct cf_member row_of(const struct gaps *g, int m)
{
    if (m >= g->tier.n)
        return m == g->tier.n ? here : cf_all_members;
    struct cf_member member = g->tier.member[m];
    if (m >= g->tier.n_home && !cf_text_same(member.label, "elsewhere"))
        member.label =
            cf_arena_format(&g->sheet.table->arena, "elsewhere: %s", g->tier.member[m].label);
    return member;
}

static void put_cells(struct gaps *g, int k, const struct cf_sheet_year *year)
{
    struct cf_table *table = g->sheet.table;
    struct cf_column *column = &table->column[2];
    for (int m = 0; m <= g->tier.n + 1; m++) {
        const struct cf_member member = row_of(g, m);
        for (int subject = 0; subject < g->subjects.n; subject++) {
            struct cell *cell = &g->cell[VIEW2(m, subject, g->subjects.n)];
            const size_t row = table->n_rows++;
            cf_put_run(&g->sheet, row, k);
            column[0].integer[row] = year->number;
            cf_put_member(&column[1], row, &member);
            cf_put_member(&column[2], row, &g->subjects.member[subject]);
            cell->value[GOOD_SHARE] /= cell->graded; /* 0 / 0: undefined */
            cell->value[COVERAGE] /= cell->residents;
            for (int q = 0; q < N_MEASURES; q++)
                column[3 + q].number[row] = cell->value[q];
        }
    }
}

static const char *const notes[] = {
    "too far: would stay away however much room there is; the place's own `outside` share (0.2% "
    "unless tables/outside.csv says otherwise) is part of it, so it is no measure of buses alone",
    "shortfall: places missing for those who would come if there were room; where nothing is "
    "offered nobody would come: see unplaced",
    "enrolled may be more than usable at sites that teach out",
    "scarcity: minutes farther the marginal learner would travel for one more place",
    "coverage: within reach, full or not; each area is one point",
    NULL};

static void fill(struct gaps *g)
{
    struct cf_sheet *sheet = &g->sheet;
    sheet->table->notes = notes;
    const size_t cells = (size_t)(g->tier.n + 2) * (size_t)g->subjects.n;
    const size_t rows = cells * (size_t)sheet->n_runs * (size_t)sheet->n_years;
    sheet->table->title = cf_arena_format(&sheet->table->arena, "Demand and provision by %s and %s",
                                          g->tier.name, g->subjects.name);
    cf_add_run_columns(sheet, rows);
    cf_add_year_column(sheet, rows);
    cf_add_member_column(sheet, g->tier.name, rows);
    cf_add_member_column(sheet, g->subjects.name, rows);
    for (int q = 0; q < N_MEASURES; q++)
        cf_add_column(sheet->table, measures[q].name, measures[q].kind, rows);
    g->cell = CF_TAKE(&sheet->table->arena, cells, struct cell);
    for (int k = 0; k < sheet->n_runs; k++) {
        for (int n = 0; n < sheet->n_years; n++) {
            start_cells(g);
            add_residents(g, sheet->run[k], sheet->year[n].y);
            add_reach(g, sheet->run[k], sheet->year[n].y);
            add_sites(g, sheet->run[k], sheet->year[n].y);
            put_cells(g, k, &sheet->year[n]);
        }
    }
}

enum cf_status cf_gap_table(struct cf_table *table, cf_results *results,
                            const struct cf_plan_query *query, cf_diag *diag)
{
    struct gaps gaps = {0};
    cf_sheet_open(&gaps.sheet, table, results, query, 1, diag);
    cf_sheet_tier(&gaps.sheet, query->by, "authority", &gaps.tier);
    cf_sheet_subjects(&gaps.sheet, query->rows == CF_ROWS_LINE, &gaps.subjects);
    read_all(&gaps);
    if (gaps.sheet.status == CF_OK)
        fill(&gaps);
    return cf_sheet_close(&gaps.sheet);
}
