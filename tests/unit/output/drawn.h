#ifndef CF_TEST_DRAWN_H
#define CF_TEST_DRAWN_H

/*
 * Results files with draws, made by hand: three areas, two groups, three years of which the last
 * two are reported, and as many scenarios, sweep points, draws and entries as a test wants. It adds
 * the variables itself.
 */
#include "unit/output/small_results.h"

#include "base/columns.h"
#include "output/h5.h"

enum { DRAWN_AREAS = 3, DRAWN_GROUPS = 2, DRAWN_AGES = 3, DRAWN_YEARS = 3, DRAWN_REPORTS = 2 };
enum { DRAWN_LINES = 2, DRAWN_MOST_ENTRIES = 6 };

struct drawn {
    int scenarios, points, draws;
    int entries, indicators, sweeps;
    const char *design;   /* NULL: none is said */
    int design_draws;     /* N, 0: not said */
    int design_steps;     /* 0: not said */
    const int *status;    /* [runs], NULL: all are ok */
    const char *sweep[2]; /* names */
};

static inline size_t drawn_runs(const struct drawn *d)
{
    return (size_t)d->scenarios * (size_t)d->points * ((size_t)d->draws + 1);
}

/* Number of a run, which is also its place on draw_run. */
static inline size_t drawn_run(const struct drawn *d, int scenario, int point, int draw)
{
    return ((size_t)scenario * (size_t)d->points + (size_t)point) * ((size_t)d->draws + 1) +
           (size_t)draw;
}

static inline size_t drawn_extent(const struct drawn *d, const char *dim)
{
    const struct {
        const char *name;
        size_t n;
    } dims[] = {{"run", (size_t)d->scenarios * (size_t)d->points},
                {"draw_run", drawn_runs(d)},
                {"scenario", (size_t)d->scenarios},
                {"point", (size_t)d->points},
                {"sweep", (size_t)d->sweeps},
                {"year", DRAWN_YEARS},
                {"report_year", DRAWN_REPORTS},
                {"area", DRAWN_AREAS},
                {"group", DRAWN_GROUPS},
                {"age", DRAWN_AGES},
                {"line", DRAWN_LINES},
                {"indicator", (size_t)d->indicators},
                {"entry", (size_t)d->entries}};
    for (size_t k = 0; k < sizeof dims / sizeof *dims; k++)
        if (strcmp(dims[k].name, dim) == 0)
            return dims[k].n;
    fail_msg("no dimension %s", dim);
    return 0;
}

/* A dataset along dimensions "draw_run year area"; a scale is its own. */
static inline void drawn_add(const struct drawn *d, cf_h5 *h5, const char *name,
                             enum cf_h5_type type, int is_scale, const char *dims,
                             const void *values)
{
    static char path[32], dim[8][32], words[64];
    struct cf_h5_shape shape = {.path = path, .type = type, .is_scale = is_scale};
    snprintf(path, sizeof path, "/%s", name);
    snprintf(words, sizeof words, "%s", dims);
    for (char *word = strtok(words, " "); word; word = strtok(NULL, " ")) {
        snprintf(dim[shape.n_dims], sizeof dim[0], "/%s", word);
        shape.dim[shape.n_dims] = is_scale ? NULL : dim[shape.n_dims];
        shape.extent[shape.n_dims++] = drawn_extent(d, word);
    }
    cf_h5_add(h5, &shape, values);
    if (type != CF_H5_TEXT)
        cf_h5_put_text(h5, path, "units", "1");
    if (type == CF_H5_NUMBER)
        cf_h5_put_text(h5, path, "long_name", name);
}

static inline void drawn_numbers(const struct drawn *d, cf_h5 *h5, const char *name,
                                 const char *dims, const double *values)
{
    drawn_add(d, h5, name, CF_H5_NUMBER, 0, dims, values);
}

static inline void drawn_whole(const struct drawn *d, cf_h5 *h5)
{
    static const char *const of_runs[] = {"run_scenario", "run_point", "run_draw"};
    const size_t n = drawn_runs(d), each = (size_t)d->draws + 1;
    int *number = calloc(n, sizeof *number);
    assert_non_null(number);
    for (size_t k = 0; k < n; k++)
        number[k] = (int)k;
    drawn_add(d, h5, "draw_run", CF_H5_INT, 1, "draw_run", number);
    for (size_t k = 0; k < n / each; k++)
        number[k] = (int)(k * each);
    drawn_add(d, h5, "run", CF_H5_INT, 1, "run", number);
    for (int what = 0; what < 3; what++) {
        for (size_t k = 0; k < n; k++)
            number[k] = what == 0   ? (int)(k / each / (size_t)d->points)
                        : what == 1 ? (int)(k / each % (size_t)d->points)
                                    : (int)(k % each);
        drawn_add(d, h5, of_runs[what], CF_H5_INT, 0, "draw_run", number);
    }
    memset(number, 0, n * sizeof *number);
    drawn_add(d, h5, "run_status", CF_H5_INT, 0, "draw_run", d->status ? d->status : number);
    free(number);
}

/* The file but its variables. */
static inline cf_h5 *drawn_begin(const struct drawn *d, const char *path)
{
    static const int year[] = {2009, 2010, 2011}, age[] = {17, 18, 19}, point[] = {0, 1, 2, 3};
    static const char *const scenario[] = {"baseline", "high", "low"};
    static const char *const area[] = {"hill", "mead", "dale"}, *const group[] = {"f", "m"};
    static const char *const area_name[] = {"The Hill", "Mead", ""};
    static const char *const consortium[] = {"north", "north", "south"};
    static const char *const line[] = {"alevel", "bricks"};
    static const char *const indicator[] = {"ni79", "ni117"};
    static const char *const entry[] = {"duty", "pull", "birth", "fourth", "fifth", "sixth"};
    cf_h5 *h5 = cf_h5_create(path);
    cf_h5_put_text(h5, "/", "format_version", "1");
    if (d->design)
        cf_h5_put_text(h5, "/", "design", d->design);
    if (d->design_draws)
        cf_h5_put_int(h5, "/", "design_draws", d->design_draws);
    if (d->design_steps)
        cf_h5_put_int(h5, "/", "design_steps", d->design_steps);
    cf_h5_put_int(h5, "/", "seed", 2009);
    drawn_add(d, h5, "scenario", CF_H5_TEXT, 1, "scenario", scenario);
    drawn_whole(d, h5);
    drawn_add(d, h5, "point", CF_H5_INT, 1, "point", point);
    drawn_add(d, h5, "year", CF_H5_INT, 1, "year", year);
    drawn_add(d, h5, "report_year", CF_H5_INT, 1, "report_year", year + 1);
    drawn_add(d, h5, "area", CF_H5_TEXT, 1, "area", area);
    drawn_add(d, h5, "area_name", CF_H5_TEXT, 0, "area", area_name);
    drawn_add(d, h5, "area_consortium", CF_H5_TEXT, 0, "area", consortium);
    drawn_add(d, h5, "group", CF_H5_TEXT, 1, "group", group);
    drawn_add(d, h5, "age", CF_H5_INT, 1, "age", age);
    drawn_add(d, h5, "line", CF_H5_TEXT, 1, "line", line);
    if (d->indicators)
        drawn_add(d, h5, "indicator", CF_H5_TEXT, 1, "indicator", indicator);
    if (d->entries)
        drawn_add(d, h5, "entry", CF_H5_TEXT, 1, "entry", entry);
    if (d->sweeps)
        drawn_add(d, h5, "sweep", CF_H5_TEXT, 1, "sweep", d->sweep);
    return h5;
}

static inline void drawn_end(cf_h5 *h5)
{
    unsigned char *bytes;
    size_t length;
    if (cf_h5_finish(h5, &bytes, &length) != 0)
        fail_msg("%s", cf_h5_error(h5));
    cf_h5_close(h5);
}

/* Numbers from 0 to 1, without order, the same every time (splitmix64). */
static inline double drawn_random(unsigned long long *state)
{
    unsigned long long z = *state += 0x9e3779b97f4a7c15ull;
    z = (z ^ z >> 30) * 0xbf58476d1ce4e5b9ull;
    z = (z ^ z >> 27) * 0x94d049bb133111ebull;
    return ((double)((z ^ z >> 31) >> 11) + 0.5) * 0x1p-53;
}

/* ---- tables ---- */

static inline const struct cf_column *drawn_column(const struct cf_table *table, const char *name)
{
    for (int c = 0; c < table->n_columns; c++)
        if (strcmp(table->column[c].name, name) == 0)
            return &table->column[c];
    fail_msg("no column %s", name);
    return NULL;
}

/* The columns' names, a comma between. */
static inline void assert_columns(const struct cf_table *table, const char *expected)
{
    char names[512] = "";
    for (int c = 0; c < table->n_columns; c++) {
        const size_t length = strlen(names);
        snprintf(names + length, sizeof names - length, "%s%s", c ? "," : "",
                 table->column[c].name);
    }
    assert_string_equal(names, expected);
}

static inline void assert_close(double value, double expected, double within)
{
    if (!(fabs(value - expected) <= within))
        fail_msg("%.17g, not %.17g", value, expected);
}

#endif
