#include "output/results_content.h"

#include "base/text.h"
#include "output/results_parts.h"
#include "output/results_provenance.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

enum {
    CHUNK_BYTES = 1 << 20, /* aimed at, where there are runs enough */
    MOST_CHUNK = 4 << 20,  /* a run of more is cut into several chunks */
    COUNT_STEP = 4096,     /* numbers that are put at a time */
};

size_t cf_results_n_central(const struct cf_results_plan *plan)
{
    return (size_t)plan->n_scenarios * (size_t)plan->n_points;
}

size_t cf_results_n_runs(const struct cf_results_plan *plan)
{
    return cf_results_n_central(plan) * ((size_t)plan->n_draws + 1);
}

size_t cf_results_rows(const struct cf_results_plan *plan, const struct cf_variable *variable)
{
    return variable->of_draws ? cf_results_n_runs(plan) : cf_results_n_central(plan);
}

size_t cf_results_chunk_runs(const struct cf_results_plan *plan, const struct cf_variable *variable)
{
    size_t runs = cf_results_rows(plan, variable), bytes = variable->size * sizeof(double);
    size_t most = bytes < CHUNK_BYTES && bytes > 0 ? CHUNK_BYTES / bytes : 1;
    return most < runs ? most : runs;
}

const char *cf_content_path(struct cf_content *c, const char *name)
{
    return cf_arena_format(&c->arena, "/%s", name);
}

/* ---- dimensions ---- */

/* A dimension of the root: codes, or numbers. Members there are none of make no dimension. */
void cf_content_scale(struct cf_content *c, const char *name, enum cf_h5_type type, size_t n,
                      const void *values, const char *long_name)
{
    if (n == 0)
        return;
    const char *path = cf_content_path(c, name);
    cf_names_add(&c->taken, name);
    c->scale[c->n_scales] = path;
    c->extent[c->n_scales++] = n;
    cf_h5_add(c->h5,
              &(struct cf_h5_shape){
                  .path = path, .type = type, .is_scale = 1, .n_dims = 1, .extent = {n}},
              values);
    cf_h5_put_text(c->h5, path, "long_name", long_name);
}

/* Index of a dimension of the root, or -1. */
int cf_content_find(const struct cf_content *c, const char *name)
{
    for (int k = 0; k < c->n_scales; k++)
        if (cf_text_same(c->scale[k] + 1, name))
            return k;
    return -1;
}

/* Put first + floor(k / each) mod `most` x step for k from 0 on, a piece at a time: there may be
 * millions. */
struct count {
    int first, step;
    size_t each, most;
};

static void put_count(struct cf_content *c, const char *path, const struct count *count, size_t n)
{
    int number[COUNT_STEP];
    for (size_t at = 0; at < n; at += COUNT_STEP) {
        const size_t m = n - at < COUNT_STEP ? n - at : COUNT_STEP;
        for (size_t k = 0; k < m; k++)
            number[k] = count->first + count->step * (int)((at + k) / count->each % count->most);
        cf_h5_put_rows(c->h5, path, CF_H5_INT, at, m, number);
    }
}

static void add_number_scale(struct cf_content *c, const char *name, int first, int step, size_t n,
                             const char *long_name)
{
    const struct count count = {first, step, 1, SIZE_MAX};
    cf_content_scale(c, name, CF_H5_INT, n, NULL, long_name);
    if (n)
        put_count(c, cf_content_path(c, name), &count, n);
}

static void add_axis(struct cf_content *c, enum cf_axis_id id)
{
    const struct cf_axis *axis = &c->model->axis[id];
    cf_content_scale(c, cf_axis_specs[id].name, CF_H5_TEXT, (size_t)axis->n, axis->codes.name,
                     cf_axis_specs[id].sentence);
}

/* What is said of each indicator; the first is its code. */
enum indicator_text {
    INDICATOR_CODE,
    INDICATOR_LABEL,
    INDICATOR_DEFINITION,
    INDICATOR_SOURCE,
    INDICATOR_BETTER,
    INDICATOR_RESPONSIBLE,
    INDICATOR_BENCHMARK,
    INDICATOR_UNIT
};

static const char *unit_of(const struct cf_indicator *indicator)
{
    if (!indicator->ratio.has_denominator)
        return "persons";
    return indicator->has_minus ? "difference of shares" : "share";
}

static const char **indicator_texts(struct cf_content *c, enum indicator_text what)
{
    static const char *const better[] = {"", "higher", "lower"};
    const struct cf_scenario *scenario = &c->model->scenario;
    const char **text = CF_TAKE(&c->arena, (size_t)scenario->n_indicators, const char *);
    for (int i = 0; i < scenario->n_indicators; i++) {
        const struct cf_indicator *indicator = &scenario->indicator[i];
        const char *const said[] = {indicator->code,
                                    indicator->label,
                                    indicator->definition,
                                    indicator->source,
                                    better[indicator->better],
                                    indicator->responsible,
                                    indicator->benchmark_source,
                                    unit_of(indicator)};
        text[i] = said[what];
    }
    return text;
}

static void add_dimensions(struct cf_content *c)
{
    const struct cf_results_plan *plan = c->plan;
    const struct cf_scenario *scenario = &c->model->scenario;
    const struct cf_extent *e = &c->model->extent;
    const char **code = CF_TAKE(&c->arena, (size_t)plan->n_scenarios, const char *);
    for (int k = 0; k < plan->n_scenarios; k++)
        code[k] = plan->model[k]->scenario.name;
    add_number_scale(c, "run", 0, plan->n_draws + 1, cf_results_n_central(plan),
                     "number of a central run");
    add_number_scale(c, "draw_run", 0, 1, cf_results_n_runs(plan),
                     "number of a run, central ones included");
    if (plan->n_points > 1)
        add_number_scale(c, "point", 0, 1, (size_t)plan->n_points, "sweep point");
    cf_content_scale(c, "scenario", CF_H5_TEXT, (size_t)plan->n_scenarios, code, "scenario");
    add_number_scale(c, "year", e->base_year, 1, (size_t)e->Y,
                     cf_axis_specs[CF_AXIS_YEAR].sentence);
    cf_content_scale(c, "report_year", CF_H5_INT, (size_t)scenario->n_report_years,
                     scenario->report_year, "year that reports show");
    add_axis(c, CF_AXIS_AREA);
    add_axis(c, CF_AXIS_AUTHORITY);
    if (c->model->provision.I > 0)
        cf_content_scale(c, "authority_to", CF_H5_TEXT, (size_t)c->model->axis[CF_AXIS_AUTHORITY].n,
                         c->model->axis[CF_AXIS_AUTHORITY].codes.name,
                         "the provider's local authority");
    add_axis(c, CF_AXIS_GROUP);
    add_number_scale(c, "age", e->first_age, 1, (size_t)e->X, cf_axis_specs[CF_AXIS_AGE].sentence);
    add_axis(c, CF_AXIS_LEVEL);
    add_axis(c, CF_AXIS_STATUS);
    add_axis(c, CF_AXIS_LINE);
    add_axis(c, CF_AXIS_SITE);
    cf_content_scale(c, "offer", CF_H5_TEXT, (size_t)c->model->provision.n_offers,
                     c->model->provision.offer_code, "a line at a site: site/line");
    cf_content_scale(c, "pool", CF_H5_TEXT, (size_t)plan->layout->n_pools, plan->layout->pool,
                     "areas taken together: those of an authority, or all");
    cf_content_scale(c, "indicator", CF_H5_TEXT, (size_t)scenario->n_indicators,
                     indicator_texts(c, INDICATOR_CODE), "indicator");
    const struct cf_future *f = &c->model->scenario.future;
    const char **sweep = CF_TAKE(&c->arena, (size_t)f->n_sweeps, const char *);
    for (int k = 0; k < f->n_sweeps; k++)
        sweep[k] = f->sweep[k].name;
    cf_content_scale(c, "sweep", CF_H5_TEXT, (size_t)f->n_sweeps, sweep, "dimension of the sweep");
    cf_content_scale(c, "entry", CF_H5_TEXT, (size_t)plan->layout->n_entries, plan->layout->entry,
                     "uncertain entry");
    cf_content_scale(c, "risk", CF_H5_TEXT, (size_t)plan->layout->n_risks, plan->layout->risk,
                     "risk");
    cf_content_decision_scales(c);
    cf_content_scale(c, "term", CF_H5_TEXT, (size_t)plan->layout->n_terms, plan->layout->term,
                     "term of the ledger");
}

/* ---- labels and attributes of dimensions ---- */

/* The value names a variable in the file, so it may hold no slash. */
static const char *file_name(struct cf_content *c, const char *dim, const char *attribute)
{
    char *name = cf_arena_format(&c->arena, "%s_%s", dim, attribute);
    for (char *at = name; *at; at++)
        if (*at == '/' || (unsigned char)*at < ' ')
            *at = '_';
    return name;
}

void cf_content_companion(struct cf_content *c, const char *dim, const char *attribute,
                          const char *const *text, const char *long_name)
{
    int scale = cf_content_find(c, dim);
    if (scale < 0)
        return;
    const char *name = file_name(c, dim, attribute), *path = cf_content_path(c, name);
    if (cf_names_find(&c->taken, name) >= 0) {
        cf_report(c->diag, CF_WARNING, "results.name", (struct cf_at){0}, NULL,
                  "attribute '%s' of %s is left out of the results: '%s' is something else there",
                  attribute, dim, name);
        return;
    }
    cf_names_add(&c->taken, name);
    if (c->n_companions == c->room) {
        struct cf_companion *more =
            CF_TAKE(&c->arena, (size_t)c->room * 2 + 16, struct cf_companion);
        if (c->n_companions)
            memcpy(more, c->companion, (size_t)c->n_companions * sizeof *more);
        c->companion = more;
        c->room = c->room * 2 + 16;
    }
    c->companion[c->n_companions++] = (struct cf_companion){c->scale[scale], name};
    cf_h5_add(c->h5,
              &(struct cf_h5_shape){.path = path,
                                    .type = CF_H5_TEXT,
                                    .n_dims = 1,
                                    .dim = {c->scale[scale]},
                                    .extent = {c->extent[scale]}},
              text);
    cf_h5_put_text(c->h5, path, "long_name", long_name);
}

static void add_labels(struct cf_content *c)
{
    static const enum cf_axis_id labelled[] = {CF_AXIS_AREA,  CF_AXIS_AUTHORITY, CF_AXIS_GROUP,
                                               CF_AXIS_LEVEL, CF_AXIS_STATUS,    CF_AXIS_LINE,
                                               CF_AXIS_SITE};
    const struct cf_results_plan *plan = c->plan;
    const char **title = CF_TAKE(&c->arena, (size_t)plan->n_scenarios, const char *);
    for (int k = 0; k < plan->n_scenarios; k++)
        title[k] = plan->model[k]->scenario.title ? plan->model[k]->scenario.title : "";
    cf_content_companion(c, "scenario", "name", title, "title of the scenario");
    for (size_t k = 0; k < sizeof labelled / sizeof *labelled; k++)
        if (c->model->axis[labelled[k]].label)
            cf_content_companion(c, cf_axis_specs[labelled[k]].name, "name",
                                 c->model->axis[labelled[k]].label, "label");
    cf_content_companion(c, "pool", "name", plan->layout->pool_label, "label");
    cf_content_companion(c, "term", "name", plan->layout->term_label, "label");
    cf_content_companion(c, "risk", "name", plan->layout->risk_label, "label");
    for (size_t k = 0; k < sizeof labelled / sizeof *labelled; k++) {
        const struct cf_axis *axis = &c->model->axis[labelled[k]];
        for (int j = 0; j < axis->n_attributes; j++) {
            const struct cf_attribute *attribute = &axis->attribute[j];
            const char *name = cf_axis_specs[labelled[k]].name;
            cf_content_companion(c, name, attribute->name, attribute->value,
                                 cf_arena_format(&c->arena, "%s of the %s", attribute->name, name));
        }
    }
}

static void add_indicator_texts(struct cf_content *c)
{
    static const struct {
        enum indicator_text what;
        const char *attribute, *long_name;
    } rows[] = {
        {INDICATOR_LABEL, "name", "label"},
        {INDICATOR_DEFINITION, "definition", "what is counted"},
        {INDICATOR_SOURCE, "source", "where the published figure comes from"},
        {INDICATOR_BETTER, "better", "higher or lower"},
        {INDICATOR_RESPONSIBLE, "responsible", "who answers for it"},
        {INDICATOR_BENCHMARK, "benchmark_source", "where its benchmark comes from"},
        {INDICATOR_UNIT, "unit", "a share, a difference of shares, or persons"},
    };
    for (size_t k = 0; k < sizeof rows / sizeof *rows; k++)
        cf_content_companion(c, "indicator", rows[k].attribute, indicator_texts(c, rows[k].what),
                             rows[k].long_name);
}

/* ---- variables ---- */

static void add_run_number(struct cf_content *c, const char *name, const struct count *count,
                           const char *long_name)
{
    const char *path = cf_content_path(c, name);
    int scale = cf_content_find(c, "draw_run");
    cf_h5_add(c->h5,
              &(struct cf_h5_shape){.path = path,
                                    .type = CF_H5_INT,
                                    .n_dims = 1,
                                    .dim = {c->scale[scale]},
                                    .extent = {c->extent[scale]}},
              NULL);
    if (count)
        put_count(c, path, count, c->extent[scale]);
    cf_h5_put_text(c->h5, path, "long_name", long_name);
    cf_h5_put_text(c->h5, path, "units", "1");
}

/* Which run is what. How each ended is known at the end only. */
static void add_runs(struct cf_content *c)
{
    const size_t each = (size_t)c->plan->n_draws + 1, points = (size_t)c->plan->n_points;
    const struct count scenario = {0, 1, each * points, SIZE_MAX}, point = {0, 1, each, points};
    const struct count draw = {0, 1, 1, each};
    add_run_number(c, "run_scenario", &scenario, "scenario of the run, counted from 0");
    add_run_number(c, "run_point", &point, "sweep point of the run, counted from 0");
    add_run_number(c, "run_draw", &draw, "draw of the run, 0 the central one");
    add_run_number(c, "run_status", NULL,
                   "how the run ended: 0 ok, 1 not computed, 2 placing did not converge, "
                   "3 not finite, 4 ledger not closed");
}

/* Names of the labels and attributes of a variable's dimensions, "" where there are none. */
static char *coordinates(struct cf_content *c, const struct cf_h5_shape *shape)
{
    struct cf_text text = {0};
    cf_text_add(&text, "");
    for (int d = 0; d < shape->n_dims; d++) {
        for (int k = 0; k < c->n_companions; k++) {
            if (c->companion[k].dim == shape->dim[d] && !strchr(c->companion[k].name, ' '))
                cf_text_format(&text, "%s%s", text.length ? " " : "", c->companion[k].name);
        }
    }
    char *names = cf_arena_copy(&c->arena, text.data);
    cf_text_free(&text);
    return names;
}

static void set_chunks(struct cf_content *c, const struct cf_variable *variable,
                       struct cf_h5_shape *shape)
{
    size_t bytes = sizeof(double);
    shape->chunk[0] = cf_results_chunk_runs(c->plan, variable);
    for (int d = 1; d < shape->n_dims; d++)
        shape->chunk[d] = shape->extent[d];
    for (int d = 0; d < shape->n_dims; d++)
        bytes *= shape->chunk[d];
    for (int d = 1; d < shape->n_dims && bytes > MOST_CHUNK; d++) {
        bytes /= shape->chunk[d];
        shape->chunk[d] = bytes < MOST_CHUNK ? MOST_CHUNK / bytes : 1;
        bytes *= shape->chunk[d];
    }
}

static enum cf_status add_variable(struct cf_content *c, const struct cf_variable *variable)
{
    /* Draws are many, next to noise in their last digits, and read a few runs at a time: packing
     * them takes longer than computing them and gains little. */
    struct cf_h5_shape shape = {.type = CF_H5_NUMBER,
                                .n_dims = variable->n_dims + 1,
                                .plain = variable->of_draws && c->plan->n_draws > 0};
    shape.path = cf_content_path(c, variable->name);
    for (int d = 0; d < shape.n_dims; d++) {
        const char *dim = d ? variable->dim[d - 1] : variable->of_draws ? "draw_run" : "run";
        int scale = cf_content_find(c, dim);
        if (scale < 0 || (d && c->extent[scale] != (size_t)variable->extent[d - 1])) {
            cf_report(c->diag, CF_ERROR, "results.dimension", (struct cf_at){0}, NULL,
                      "variable '%s' has the dimension '%s', which the model has not",
                      variable->name, dim);
            return CF_INTERNAL;
        }
        shape.dim[d] = c->scale[scale];
        shape.extent[d] = c->extent[scale];
    }
    set_chunks(c, variable, &shape);
    const char *names = coordinates(c, &shape);
    cf_h5_add(c->h5, &shape, NULL);
    cf_h5_put_text(c->h5, shape.path, "long_name", variable->long_name);
    cf_h5_put_text(c->h5, shape.path, "units", variable->units);
    if (names[0])
        cf_h5_put_text(c->h5, shape.path, "coordinates", names);
    return CF_OK;
}

enum cf_status cf_results_content(const struct cf_results_plan *plan, cf_h5 *h5, cf_diag *diag)
{
    enum cf_status status = CF_OK;
    struct cf_content c = {.plan = plan, .model = plan->model[0], .h5 = h5, .diag = diag};
    cf_arena_init(&c.arena);
    cf_names_init(&c.taken, &c.arena);
    static const char *const run_numbers[] = {"run_scenario", "run_point", "run_draw",
                                              "run_status"};
    for (size_t k = 0; k < sizeof run_numbers / sizeof *run_numbers; k++)
        cf_names_add(&c.taken, run_numbers[k]);
    static const char *const of_offers[] = {
        "sweep_value",  "coverage_age", "offer_site", "offer_line",     "minutes",       "reach",
        "action_units", "action_share", "planning",   "budget_capital", "budget_revenue"};
    for (size_t k = 0; k < sizeof of_offers / sizeof *of_offers; k++)
        cf_names_add(&c.taken, of_offers[k]);
    for (int k = 0; k < plan->layout->n_variables; k++)
        cf_names_add(&c.taken, plan->layout->variable[k].name);
    add_dimensions(&c);
    add_labels(&c);
    add_indicator_texts(&c);
    cf_results_provenance(plan, h5, &c.arena);
    add_runs(&c);
    cf_content_provision(&c);
    cf_content_sweep(&c);
    cf_content_indicators(&c);
    cf_content_entries(&c);
    cf_content_decisions(&c);
    for (int k = 0; status == CF_OK && k < plan->layout->n_variables; k++)
        status = add_variable(&c, &plan->layout->variable[k]);
    cf_arena_free(&c.arena);
    return status;
}
