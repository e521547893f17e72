#include "plan/sheet.h"

#include "model/view.h"

#include <stdlib.h>

/*
 * Pairs of sites that teach the same line to groups both of which are too small, near each other:
 * with e the enrolled of an offer, v the viable group of its line, `smaller` the one of the two
 * that has fewer learners, and f[a] those of the smaller that live in area a,
 *
 *   0 < e[one] < v,  0 < e[other] < v
 *   an area a with f[a] >= 1/2 sum_a f[a],  minutes[a][one] <= T,  minutes[a][other] <= T
 *
 * Of each line the largest together come first, at the end those of which one side is hardly a
 * person.
 *
 * T is asked for, or the reach of the route. Who else learns at a site outside every area is not in
 * the results: such sites are left out. output/README.md, Tables that answer.
 */
static const double most_of = 0.5;
/* A smaller group below this is hardly a person. */
static const double hardly_any = 0.5;

/* A pair, by line or summed over the lines of a route. */
struct duplicate {
    int k, n, subject, member;      /* run and year asked for, subject, member of the tier */
    int site[2], n_lines, n_viable; /* lines of which both together make a group */
    double enrolled[2];
    size_t order; /* in which it was found */
    int area;     /* where the smaller's learners live, of the first line */
    double share;
};

struct search {
    struct cf_sheet sheet;
    struct cf_tier tier;
    struct cf_subjects subjects;
    const double *usable, *enrolled;
    const double *flow;    /* [run][report_year][area][offer] */
    const double *minutes; /* [area][site] */
    const double *reach;   /* [status] */
    int *offer;            /* [line][site] -1: none */
    struct duplicate *found;
    size_t n_found, room;
};

static void read_all(struct search *f)
{
    struct cf_sheet *s = &f->sheet;
    f->usable = cf_sheet_read(s, "usable", "run year offer");
    f->enrolled = cf_sheet_read(s, "enrolled", "run year offer");
    f->flow = cf_sheet_read(s, "flow_offer", "run report_year area offer");
    f->minutes = cf_sheet_read(s, "minutes", "area site");
    f->reach = cf_sheet_read(s, "reach", "status");
    const int *site = cf_sheet_read_indices(s, "offer_site", "offer", s->J);
    const int *line = cf_sheet_read_indices(s, "offer_line", "offer", s->I);
    if (s->status != CF_OK)
        return;
    f->offer = CF_TAKE(&s->table->arena, (size_t)s->I * (size_t)s->J, int);
    for (size_t p = 0; p < (size_t)s->I * (size_t)s->J; p++)
        f->offer[p] = -1;
    for (int o = 0; o < s->O; o++)
        f->offer[VIEW2(line[o], site[o], s->J)] = o;
    for (int n = 0; n < s->n_years; n++)
        if (s->year[n].r < 0 && s->status == CF_OK) {
            cf_report(
                s->diag, CF_ERROR, "plan.year", (struct cf_at){0},
                "setting report_years says which these are",
                "where learners of a site live is kept for report years only, which %d is not",
                s->year[n].number);
            s->status = CF_USAGE;
        }
}

/* Whether a line is taught at a site, to a group that is too small; its offer, or -1. */
static int small_offer(const struct search *f, int k, int y, int i, int j)
{
    const int o = f->offer[VIEW2(i, j, f->sheet.J)];
    if (o < 0)
        return -1;
    const size_t at = VIEW3(k, y, f->sheet.Y, o, f->sheet.O);
    const double viable = f->sheet.viable_group[i], enrolled = f->enrolled[at];
    return f->usable[at] > 0 && enrolled > 0 && !cf_is_group(enrolled, viable) ? o : -1;
}

/* The area near both sites where most learners of an offer live, or -1; *share of them. */
static int common_area(const struct search *f, int k, int r, int offer, const int site[2],
                       double within, double *share)
{
    const struct cf_sheet *s = &f->sheet;
    double all = 0;
    for (int a = 0; a < s->A; a++)
        all += f->flow[VIEW4(k, r, s->R, a, s->A, offer, s->O)];
    for (int a = 0; a < s->A; a++) {
        const double here = f->flow[VIEW4(k, r, s->R, a, s->A, offer, s->O)];
        *share = here / all;
        if (here > 0 && here >= most_of * all && f->minutes[VIEW2(a, site[0], s->J)] <= within &&
            f->minutes[VIEW2(a, site[1], s->J)] <= within)
            return a;
    }
    return -1;
}

/* Add what two sites duplicate of a line to the pair. */
static void look_at_line(const struct search *f, int k, const struct cf_sheet_year *year, int i,
                         struct duplicate *pair)
{
    const struct cf_sheet *s = &f->sheet;
    const double asked = s->query->minutes;
    const int route = s->line_route[i];
    double enrolled[2], share;
    int offer[2];
    for (int p = 0; p < 2; p++) {
        offer[p] = small_offer(f, k, year->y, i, pair->site[p]);
        if (offer[p] < 0)
            return;
        enrolled[p] = f->enrolled[VIEW3(k, year->y, s->Y, offer[p], s->O)];
    }
    if (!(asked > 0) && route < 0)
        return;
    const int area = common_area(f, k, year->r, offer[enrolled[1] <= enrolled[0]], pair->site,
                                 asked > 0 ? asked : f->reach[route], &share);
    if (area < 0)
        return;
    if (pair->n_lines++ == 0) {
        pair->area = area;
        pair->share = share;
    }
    for (int p = 0; p < 2; p++)
        pair->enrolled[p] += enrolled[p];
    pair->n_viable += cf_is_group(enrolled[0] + enrolled[1], s->viable_group[i]);
}

static void keep(struct search *f, const struct duplicate *pair)
{
    if (f->n_found == f->room) {
        f->room = f->room * 2 + 64;
        f->found = realloc(f->found, f->room * sizeof *f->found);
        if (!f->found)
            cf_out_of_memory();
    }
    f->found[f->n_found] = *pair;
    f->found[f->n_found].order = f->n_found;
    f->n_found++;
}

static int hardly_a_pair(const struct duplicate *pair)
{
    return pair->enrolled[0] < hardly_any || pair->enrolled[1] < hardly_any;
}

/* Of a run, year and subject: those with a person on each side first, the largest together first.
 */
static int by_size(const void *a, const void *b)
{
    const struct duplicate *one = a, *other = b;
    const double size = one->enrolled[0] + one->enrolled[1];
    const double other_size = other->enrolled[0] + other->enrolled[1];
    if (hardly_a_pair(one) != hardly_a_pair(other))
        return hardly_a_pair(one) - hardly_a_pair(other);
    if (size != other_size)
        return size > other_size ? -1 : 1;
    return one->order < other->order ? -1 : one->order > other->order;
}

static void search_subject(struct search *f, int k, int n, int subject)
{
    const struct cf_sheet *s = &f->sheet;
    const size_t first = f->n_found;
    for (int j = 0; j < s->J; j++) {
        for (int other = j + 1; other < s->J; other++) {
            struct duplicate pair = {.k = k, .n = n, .subject = subject, .site = {j, other}};
            if (s->site_area[j] < 0 || s->site_area[other] < 0)
                continue;
            if (s->query->by && f->tier.of_site[j] != f->tier.of_site[other])
                continue;
            pair.member = s->query->by ? f->tier.of_site[j] : 0;
            for (int i = 0; i < s->I; i++)
                if (f->subjects.of_line[i] == subject)
                    look_at_line(f, s->run[k], &s->year[n], i, &pair);
            if (pair.n_lines > 0)
                keep(f, &pair);
        }
    }
    if (f->n_found > first)
        qsort(f->found + first, f->n_found - first, sizeof *f->found, by_size);
}

static void put_pair(struct search *f, const struct duplicate *pair)
{
    struct cf_sheet *s = &f->sheet;
    struct cf_column *column = &s->table->column[2];
    const size_t row = s->table->n_rows++;
    const int by_line = s->query->rows != CF_ROWS_ROUTE;
    cf_put_run(s, row, pair->k);
    (column++)->integer[row] = s->year[pair->n].number;
    if (s->query->by)
        cf_put_member(column++, row, &f->tier.member[pair->member]);
    cf_put_member(column++, row, &f->subjects.member[pair->subject]);
    for (int p = 0; p < 2; p++) {
        const struct cf_member site = cf_site_member(s, pair->site[p]);
        cf_put_member(column++, row, &site);
        (column++)->number[row] = pair->enrolled[p];
    }
    (column++)->number[row] = pair->enrolled[0] + pair->enrolled[1];
    if (!by_line) {
        (column++)->integer[row] = pair->n_lines;
        column->integer[row] = pair->n_viable;
        return;
    }
    const struct cf_member area = cf_area_member(s, pair->area);
    (column++)->number[row] = s->viable_group[pair->subject];
    (column++)->text[row] = pair->n_viable ? "yes" : "no";
    cf_put_member(column++, row, &area);
    (column++)->number[row] = pair->share;
    for (int p = 0; p < 2; p++)
        (column++)->number[row] = f->minutes[VIEW2(pair->area, pair->site[p], s->J)];
}

static void add_columns(struct search *f)
{
    struct cf_sheet *s = &f->sheet;
    const size_t rows = f->n_found;
    cf_add_run_columns(s, rows);
    cf_add_year_column(s, rows);
    if (s->query->by)
        cf_add_member_column(s, f->tier.name, rows);
    cf_add_member_column(s, f->subjects.name, rows);
    cf_add_member_column(s, "site", rows);
    cf_add_column(s->table, "enrolled", CF_COLUMN_NUMBER, rows);
    cf_add_member_column(s, "other_site", rows);
    cf_add_column(s->table, "other_enrolled", CF_COLUMN_NUMBER, rows);
    cf_add_column(s->table, "combined", CF_COLUMN_NUMBER, rows);
    if (s->query->rows == CF_ROWS_ROUTE) {
        cf_add_column(s->table, "lines", CF_COLUMN_INT, rows);
        cf_add_column(s->table, "viable_lines", CF_COLUMN_INT, rows);
        return;
    }
    cf_add_column(s->table, "viable_group", CF_COLUMN_NUMBER, rows);
    cf_add_column(s->table, "viable", CF_COLUMN_TEXT, rows);
    cf_add_member_column(s, "area", rows);
    cf_add_column(s->table, "area_share", CF_COLUMN_SHARE, rows);
    cf_add_column(s->table, "minutes", CF_COLUMN_NUMBER, rows);
    cf_add_column(s->table, "other_minutes", CF_COLUMN_NUMBER, rows);
}

static const char *const notes[] = {
    "near: both within the reach of the route from an area where at least half of the smaller "
    "group live, unless --minutes says nearer",
    "viable: both together make a group of the line; the largest first, at the end those of which "
    "the smaller group is below half a learner",
    NULL};

static void fill(struct search *f)
{
    struct cf_sheet *s = &f->sheet;
    s->table->notes = notes;
    for (int k = 0; k < s->n_runs; k++)
        for (int n = 0; n < s->n_years; n++)
            for (int subject = 0; subject < f->subjects.n; subject++)
                search_subject(f, k, n, subject);
    s->table->title = "Pairs of sites near each other that teach the same to groups too small";
    add_columns(f);
    for (size_t p = 0; p < f->n_found; p++)
        put_pair(f, &f->found[p]);
    free(f->found);
}

enum cf_status cf_duplicates_table(struct cf_table *table, cf_results *results,
                                   const struct cf_plan_query *query, cf_diag *diag)
{
    struct search search = {0};
    cf_sheet_open(&search.sheet, table, results, query, 1, diag);
    if (query->by)
        cf_sheet_tier(&search.sheet, query->by, NULL, &search.tier);
    cf_sheet_subjects(&search.sheet, query->rows != CF_ROWS_ROUTE, &search.subjects);
    read_all(&search);
    if (search.sheet.status == CF_OK)
        fill(&search);
    return cf_sheet_close(&search.sheet);
}
