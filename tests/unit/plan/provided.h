#ifndef CF_TEST_PROVIDED_H
#define CF_TEST_PROVIDED_H

/*
 * A results file of a place with provision, made by hand so that its every number is known: two
 * runs, three years, four areas, five sites of which one lies elsewhere, three lines, six offers.
 * A test changes what it is about and writes the file.
 */
#include "unit/output/small_results.h"

#include "output/h5.h"
#include "output/render_text.h"
#include "output/table.h"
#include "plan/plan_tables.h"

enum { RUNS = 2, YEARS = 3, REPORTS = 2, AREAS = 4, GROUPS = 2, AGES = 5, STATUSES = 4 };
enum { LINES = 3, SITES = 5, OFFERS = 6, AUTHORITIES = 3 };
enum { HILL, MEAD, DALE, FELL };                                        /* areas */
enum { SCHOOL, SIXTH, GFE, NEET };                                      /* statuses */
enum { ALEVEL, BRICKS, ART };                                           /* lines */
enum { S1_ALEVEL, S3_ALEVEL, S5_ALEVEL, S1_BRICKS, S2_BRICKS, S4_ART }; /* offers */

struct provided {
    const char *viable_group[LINES];
    double population[RUNS][YEARS][AREAS][GROUPS][AGES];
    double demand[RUNS][YEARS][AREAS][LINES], unplaced[RUNS][YEARS][AREAS][LINES];
    double too_far[RUNS][YEARS][AREAS][LINES], crowded_out[RUNS][YEARS][AREAS][LINES];
    double coverage[RUNS][YEARS][AREAS][LINES], access[RUNS][YEARS][AREAS][STATUSES];
    double usable[RUNS][YEARS][OFFERS], arrivals[RUNS][YEARS][OFFERS];
    double enrolled[RUNS][YEARS][OFFERS], shortfall[RUNS][YEARS][OFFERS];
    double spare[RUNS][YEARS][OFFERS], scarcity[RUNS][YEARS][OFFERS];
    double good_share[RUNS][YEARS][SITES];
    double flow[RUNS][YEARS][AUTHORITIES][AUTHORITIES][STATUSES];
    double flow_offer[RUNS][REPORTS][AREAS][OFFERS];
    double minutes[AREAS][SITES], reach[STATUSES];
    int tells_ages, coverage_age[AGES]; /* 1: the file says of which ages coverage is a share */
    int travels;                        /* 1: the file has travel by run and year too */
    double journey_minutes[RUNS][YEARS][AREAS][SITES], journey_reach[RUNS][YEARS][STATUSES];
    int offer_site[OFFERS], offer_line[OFFERS];
    const char *without;   /* a variable to leave out, NULL: none */
    const char *misshapen; /* one to give the dimension of runs alone */
};

/* ---- values ---- */

static inline void provide_some(double *value, size_t n, int rule)
{
    for (size_t k = 0; k < n; k++)
        value[k] = 2.385 * (double)(1 + (7 * k + 3 * (size_t)rule) % 11);
}
#define PROVIDE(array, rule) provide_some((double *)(array), sizeof(array) / sizeof(double), rule)

static inline void provide(struct provided *p)
{
    static const char *const viable_group[] = {"10", "8", ""};
    static const double minutes[AREAS][SITES] = {
        {5, 20, 50, 90, 30}, {20, 5, 40, 90, 30}, {50, 40, 5, 70, 30}, {90, 90, 70, 5, 30}};
    *p = (struct provided){.reach = {(double)NAN, 45, 60, (double)NAN},
                           .offer_site = {0, 2, 4, 0, 1, 3},
                           .offer_line = {ALEVEL, ALEVEL, ALEVEL, BRICKS, BRICKS, ART}};
    memcpy(p->viable_group, viable_group, sizeof viable_group);
    memcpy(p->minutes, minutes, sizeof minutes);
    PROVIDE(p->population, 1);
    PROVIDE(p->demand, 2);
    PROVIDE(p->unplaced, 3);
    PROVIDE(p->too_far, 4);
    PROVIDE(p->crowded_out, 5);
    PROVIDE(p->usable, 6);
    PROVIDE(p->arrivals, 7);
    PROVIDE(p->enrolled, 8);
    PROVIDE(p->shortfall, 9);
    PROVIDE(p->spare, 10);
    PROVIDE(p->scarcity, 11);
    PROVIDE(p->flow, 12);
    PROVIDE(p->flow_offer, 13);
    for (size_t k = 0; k < sizeof p->coverage / sizeof(double); k++)
        ((double *)p->coverage)[k] = 1;
    for (size_t k = 0; k < sizeof p->access / sizeof(double); k++)
        ((double *)p->access)[k] = k % STATUSES == SIXTH || k % STATUSES == GFE ? 1 : (double)NAN;
    for (size_t k = 0; k < sizeof p->good_share / sizeof(double); k++)
        ((double *)p->good_share)[k] = 0.25 * (double)(k % 5);
}

/* Travel by run and year: the tables', until a test says otherwise. */
static inline void provide_journeys(struct provided *p)
{
    p->travels = 1;
    for (int run = 0; run < RUNS; run++)
        for (int y = 0; y < YEARS; y++) {
            memcpy(p->journey_minutes[run][y], p->minutes, sizeof p->minutes);
            memcpy(p->journey_reach[run][y], p->reach, sizeof p->reach);
        }
}

/* ---- the file ---- */

static const struct {
    const char *name;
    size_t n;
} provided_dims[] = {{"run", RUNS},
                     {"draw_run", RUNS},
                     {"scenario", RUNS},
                     {"year", YEARS},
                     {"report_year", REPORTS},
                     {"area", AREAS},
                     {"authority", AUTHORITIES},
                     {"authority_to", AUTHORITIES},
                     {"group", GROUPS},
                     {"age", AGES},
                     {"status", STATUSES},
                     {"line", LINES},
                     {"site", SITES},
                     {"offer", OFFERS}};

static inline size_t provided_extent(const char *dim)
{
    for (size_t k = 0; k < sizeof provided_dims / sizeof *provided_dims; k++)
        if (strcmp(provided_dims[k].name, dim) == 0)
            return provided_dims[k].n;
    return 0;
}

/* A dataset along dimensions "run year area"; a scale is its own. */
static inline void provided_add(cf_h5 *h5, const char *name, enum cf_h5_type type, int is_scale,
                                const char *dims, const void *values)
{
    static char path[32], dim[8][32], words[64];
    struct cf_h5_shape shape = {.path = path, .type = type, .is_scale = is_scale};
    snprintf(path, sizeof path, "/%s", name);
    snprintf(words, sizeof words, "%s", dims);
    for (char *word = strtok(words, " "); word; word = strtok(NULL, " ")) {
        snprintf(dim[shape.n_dims], sizeof dim[0], "/%s", word);
        shape.dim[shape.n_dims] = is_scale ? NULL : dim[shape.n_dims];
        shape.extent[shape.n_dims++] = provided_extent(word);
    }
    cf_h5_add(h5, &shape, values);
    if (type != CF_H5_TEXT)
        cf_h5_put_text(h5, path, "units", "1");
}

static inline void provided_members(cf_h5 *h5, const struct provided *p)
{
    static const int run[] = {0, 1}, year[] = {2009, 2010, 2011}, age[] = {15, 16, 17, 18, 19};
    static const struct {
        const char *name, *dim; /* dim NULL: a scale */
        const char *value[6];
    } texts[] = {
        {"scenario", NULL, {"baseline", "thin"}},
        {"area", NULL, {"hill", "mead", "dale", "fell"}},
        {"authority", NULL, {"x", "y", "z"}},
        {"authority_to", NULL, {"x", "y", "z"}},
        {"group", NULL, {"f", "m"}},
        {"status", NULL, {"school", "sixth", "gfe", "neet"}},
        {"line", NULL, {"alevel", "bricks", "art"}},
        {"site", NULL, {"s1", "s2", "s3", "s4", "s5"}},
        {"offer",
         NULL,
         {"s1/alevel", "s3/alevel", "s5/alevel", "s1/bricks", "s2/bricks", "s4/art"}},
        {"area_name", "area", {"Hill", "Mead", "Dale", "Fell"}},
        {"area_consortium", "area", {"north", "north", "south", ""}},
        {"area_authority", "area", {"x", "x", "x", "y"}},
        {"area_region", "area", {"r", "r", "r", "r"}},
        {"status_name", "status", {"School", "Sixth form", "College", "NEET"}},
        {"line_route", "line", {"sixth", "gfe", "gfe"}},
        {"line_entitlement", "line", {"1", "0", "1"}},
        {"site_name", "site", {"First", "Second", "Third", "Fourth", "Fifth"}},
        {"site_area", "site", {"hill", "mead", "dale", "fell", ""}},
        {"site_authority", "site", {"x", "x", "x", "y", "z"}},
    };
    provided_add(h5, "run", CF_H5_INT, 1, "run", run);
    provided_add(h5, "draw_run", CF_H5_INT, 1, "draw_run", run);
    provided_add(h5, "year", CF_H5_INT, 1, "year", year);
    provided_add(h5, "report_year", CF_H5_INT, 1, "report_year", year + 1);
    provided_add(h5, "age", CF_H5_INT, 1, "age", age);
    for (size_t k = 0; k < sizeof texts / sizeof *texts; k++)
        provided_add(h5, texts[k].name, CF_H5_TEXT, !texts[k].dim,
                     texts[k].dim ? texts[k].dim : texts[k].name, texts[k].value);
    provided_add(h5, "line_viable_group", CF_H5_TEXT, 0, "line", p->viable_group);
}

static inline void provided_write(const struct provided *p, const char *path)
{
    static const int run[] = {0, 1}, zero[] = {0, 0};
    const struct {
        const char *name, *dims;
        const double *value;
    } variables[] = {
        {"population", "run year area group age", &p->population[0][0][0][0][0]},
        {"demand", "run year area line", &p->demand[0][0][0][0]},
        {"unplaced", "run year area line", &p->unplaced[0][0][0][0]},
        {"too_far", "run year area line", &p->too_far[0][0][0][0]},
        {"crowded_out", "run year area line", &p->crowded_out[0][0][0][0]},
        {"coverage", "run year area line", &p->coverage[0][0][0][0]},
        {"access", "run year area status", &p->access[0][0][0][0]},
        {"usable", "run year offer", &p->usable[0][0][0]},
        {"arrivals", "run year offer", &p->arrivals[0][0][0]},
        {"enrolled", "run year offer", &p->enrolled[0][0][0]},
        {"shortfall", "run year offer", &p->shortfall[0][0][0]},
        {"spare", "run year offer", &p->spare[0][0][0]},
        {"scarcity", "run year offer", &p->scarcity[0][0][0]},
        {"good_share", "run year site", &p->good_share[0][0][0]},
        {"flow", "run year authority authority_to status", &p->flow[0][0][0][0][0]},
        {"flow_offer", "run report_year area offer", &p->flow_offer[0][0][0][0]},
        {"minutes", "area site", &p->minutes[0][0]},
        {"reach", "status", p->reach},
        {"journey_minutes", "run year area site", &p->journey_minutes[0][0][0][0]},
        {"journey_reach", "run year status", &p->journey_reach[0][0][0]},
    };
    const size_t n_variables = sizeof variables / sizeof *variables - (p->travels ? 0 : 2);
    unsigned char *bytes;
    size_t length;
    cf_h5 *h5 = cf_h5_create(path);
    cf_h5_put_text(h5, "/", "format_version", "1");
    provided_members(h5, p);
    provided_add(h5, "run_scenario", CF_H5_INT, 0, "draw_run", run);
    provided_add(h5, "run_point", CF_H5_INT, 0, "draw_run", zero);
    provided_add(h5, "run_draw", CF_H5_INT, 0, "draw_run", zero);
    provided_add(h5, "run_status", CF_H5_INT, 0, "draw_run", zero);
    provided_add(h5, "offer_site", CF_H5_INT, 0, "offer", p->offer_site);
    provided_add(h5, "offer_line", CF_H5_INT, 0, "offer", p->offer_line);
    if (p->tells_ages)
        provided_add(h5, "coverage_age", CF_H5_INT, 0, "age", p->coverage_age);
    for (size_t k = 0; k < n_variables; k++) {
        const int misshapen = p->misshapen && strcmp(p->misshapen, variables[k].name) == 0;
        if (!p->without || strcmp(p->without, variables[k].name) != 0)
            provided_add(h5, variables[k].name, CF_H5_NUMBER, 0,
                         misshapen ? "run" : variables[k].dims, variables[k].value);
    }
    assert_int_equal(cf_h5_finish(h5, &bytes, &length), 0);
    cf_h5_close(h5);
}

/* ---- tables of it ---- */

/* A file of the place, and the table of it; both until provided_close. */
struct told {
    cf_results *file;
    struct cf_table table;
};

static inline struct told provided_table(const struct provided *p, cf_plan_table *make,
                                         struct cf_plan_query query)
{
    struct told told;
    provided_write(p, "provided.h5");
    assert_int_equal(cf_results_open("provided.h5", &told.file, NULL), CF_OK);
    assert_int_equal(make(&told.table, told.file, &query, NULL), CF_OK);
    return told;
}

static inline void provided_close(struct told *told)
{
    cf_table_free(&told->table);
    cf_results_close(told->file);
}

/* The call is refused: with this status, saying this. */
static inline void assert_refused(const struct provided *p, cf_plan_table *make,
                                  struct cf_plan_query query, enum cf_status status,
                                  const char *said)
{
    cf_results *file;
    struct cf_table table;
    cf_diag *diag = cf_diag_open();
    provided_write(p, "refused.h5");
    assert_int_equal(cf_results_open("refused.h5", &file, NULL), CF_OK);
    assert_int_equal(make(&table, file, &query, diag), status);
    assert_int_equal(cf_diag_count(diag, CF_ERROR), 1);
    if (!small_said(diag, said))
        fail_msg("%s", cf_diag_message(diag, 0).text);
    cf_results_close(file);
    cf_diag_close(diag);
}

static inline const struct cf_column *column_of(const struct cf_table *table, const char *name)
{
    for (int c = 0; c < table->n_columns; c++)
        if (strcmp(table->column[c].name, name) == 0)
            return &table->column[c];
    fail_msg("no column %s", name);
    return NULL;
}

static inline double number_at(const struct cf_table *table, const char *column, size_t row)
{
    return column_of(table, column)->number[row];
}

static inline const char *text_at(const struct cf_table *table, const char *column, size_t row)
{
    return column_of(table, column)->text[row];
}

/* The row with these texts, "" for any; run and year as told. Fails unless there is one only. */
static inline size_t row_of(const struct cf_table *table, int run, int year, const char *column,
                            const char *text, const char *other, const char *other_text)
{
    size_t found = table->n_rows, n = 0;
    for (size_t row = 0; row < table->n_rows; row++) {
        if (column_of(table, "run")->integer[row] != run ||
            column_of(table, "year")->integer[row] != year ||
            strcmp(text_at(table, column, row), text) != 0 ||
            (other && strcmp(text_at(table, other, row), other_text) != 0))
            continue;
        found = row;
        n++;
    }
    if (n != 1)
        fail_msg("%zu rows with %s %s in %d", n, column, text, year);
    return found;
}

static inline void assert_near(double value, double expected)
{
    if (!(fabs(value - expected) <= 1e-9 * fmax(1, fabs(expected))))
        fail_msg("%.17g, not %.17g", value, expected);
}

#endif
