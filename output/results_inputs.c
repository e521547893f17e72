#include "output/results_parts.h"

#include "base/text.h"

#include <math.h>
#include <string.h>

/* A number for each indicator, or for each indicator and year. */
static void add_indicator_number(struct cf_content *c, const char *name, enum cf_h5_type type,
                                 int by_year, const void *values, const char *long_name)
{
    const int scale = cf_content_find(c, "indicator"), year = cf_content_find(c, "year");
    const char *path = cf_content_path(c, name);
    cf_h5_add(c->h5,
              &(struct cf_h5_shape){.path = path,
                                    .type = type,
                                    .n_dims = by_year ? 2 : 1,
                                    .dim = {c->scale[scale], by_year ? c->scale[year] : NULL},
                                    .extent = {c->extent[scale], by_year ? c->extent[year] : 0}},
              values);
    cf_h5_put_text(c->h5, path, "long_name", long_name);
    cf_h5_put_text(c->h5, path, "units", "1");
}

/* What the offers are, and the travel that the first scenario's tables give for the base year. */
void cf_content_provision(struct cf_content *c)
{
    const struct cf_model *m = c->model;
    const struct cf_provision *p = &m->provision;
    struct {
        const char *name, *dim[2], *units, *long_name;
        enum cf_h5_type type;
        const void *values;
    } rows[] = {
        {"coverage_age", {"age"}, "1", "1: an age that coverage is a share of", CF_H5_INT, NULL},
        {"offer_site",
         {"offer"},
         "1",
         "site of the offer, counted from 0",
         CF_H5_INT,
         p->offer_site},
        {"offer_line",
         {"offer"},
         "1",
         "line of the offer, counted from 0",
         CF_H5_INT,
         p->offer_line},
        {"minutes",
         {"area", "site"},
         "min",
         "door to door, in the tables",
         CF_H5_NUMBER,
         m->field[CF_FIELD_minutes].value},
        {"reach",
         {"status"},
         "min",
         "the longest journey anybody makes for the route, in the tables",
         CF_H5_NUMBER,
         m->field[CF_FIELD_reach].value},
    };
    if (p->I == 0)
        return;
    int *counts = CF_TAKE(&c->arena, (size_t)m->extent.X, int);
    for (int x = 0; x < m->extent.X; x++)
        counts[x] = p->coverage_ages.member[x];
    rows[0].values = counts;
    for (size_t k = 0; k < sizeof rows / sizeof *rows; k++) {
        struct cf_h5_shape shape = {.path = cf_content_path(c, rows[k].name), .type = rows[k].type};
        for (; shape.n_dims < 2 && rows[k].dim[shape.n_dims]; shape.n_dims++) {
            const int scale = cf_content_find(c, rows[k].dim[shape.n_dims]);
            if (scale < 0)
                break; /* no sites: no offers and no journeys */
            shape.dim[shape.n_dims] = c->scale[scale];
            shape.extent[shape.n_dims] = c->extent[scale];
        }
        if (shape.n_dims == 0 || (shape.n_dims < 2 && rows[k].dim[shape.n_dims]))
            continue;
        cf_h5_add(c->h5, &shape, rows[k].values);
        cf_h5_put_text(c->h5, shape.path, "long_name", rows[k].long_name);
        cf_h5_put_text(c->h5, shape.path, "units", rows[k].units);
    }
}

/* What the indicators are held against. */
void cf_content_indicators(struct cf_content *c)
{
    const struct cf_scenario *scenario = &c->model->scenario;
    const size_t n = (size_t)scenario->n_indicators, Y = (size_t)c->model->extent.Y;
    if (n == 0)
        return;
    double *target = CF_TAKE(&c->arena, n * Y, double);
    double *benchmark = CF_TAKE(&c->arena, n * Y, double);
    double *baseline = CF_TAKE(&c->arena, n, double);
    int *offset = CF_TAKE(&c->arena, n, int);
    for (size_t i = 0; i < n; i++) {
        const struct cf_indicator *indicator = &scenario->indicator[i];
        memcpy(target + i * Y, indicator->target, Y * sizeof *target);
        memcpy(benchmark + i * Y, indicator->benchmark, Y * sizeof *benchmark);
        baseline[i] = indicator->baseline;
        offset[i] = indicator->published_offset;
    }
    add_indicator_number(
        c, "indicator_target", CF_H5_NUMBER, 1, target,
        "target for the value of the year, by when that is published; none: not set");
    add_indicator_number(c, "benchmark_value", CF_H5_NUMBER, 1, benchmark,
                         "figure of others for the value of the year, by when that is published");
    add_indicator_number(c, "indicator_baseline", CF_H5_NUMBER, 0, baseline,
                         "published value to start from");
    add_indicator_number(c, "indicator_published_offset", CF_H5_INT, 0, offset,
                         "years from the year of a value to the year it is published for");
}

/* sweep_value[scenario][point][sweep]: the value that each dimension has at each point. */
void cf_content_sweep(struct cf_content *c)
{
    const struct cf_future *f = &c->model->scenario.future;
    const size_t N = (size_t)c->plan->n_scenarios, P = (size_t)c->plan->n_points;
    const size_t W = (size_t)f->n_sweeps;
    const int scenario = cf_content_find(c, "scenario"), sweep = cf_content_find(c, "sweep");
    const int point = cf_content_find(c, "point");
    if (W == 0 || point < 0)
        return;
    double *value = CF_TAKE(&c->arena, N * P * W, double);
    for (size_t p = 0; p < P; p++) {
        size_t rest = p;
        for (size_t k = W; k-- > 0; rest /= (size_t)f->sweep[k].n)
            for (size_t n = 0; n < N; n++)
                value[(n * P + p) * W + k] = f->sweep[k].value[rest % (size_t)f->sweep[k].n];
    }
    const char *path = cf_content_path(c, "sweep_value");
    cf_h5_add(c->h5,
              &(struct cf_h5_shape){.path = path,
                                    .type = CF_H5_NUMBER,
                                    .n_dims = 3,
                                    .dim = {c->scale[scenario], c->scale[point], c->scale[sweep]},
                                    .extent = {N, P, W}},
              value);
    cf_h5_put_text(c->h5, path, "long_name", "value of the sweep's dimension at the point");
    cf_h5_put_text(c->h5, path, "units", "1");
}

/* The uncertain entry of that name, of the first scenario that has it. */
static const struct cf_uncertain *find_entry(const struct cf_content *c, const char *name)
{
    for (int k = 0; k < c->plan->n_scenarios; k++) {
        const struct cf_future *f = &c->plan->model[k]->scenario.future;
        for (int u = 0; u < f->n_uncertain; u++)
            if (cf_text_same(f->uncertain[u].name, name))
                return &f->uncertain[u];
    }
    return NULL;
}

/* What each uncertain entry is drawn for: the table, and the axes whose members, and years, have
 * draws of their own. */
void cf_content_entries(struct cf_content *c)
{
    const size_t n = (size_t)c->plan->layout->n_entries;
    const char **field = CF_TAKE(&c->arena, n, const char *);
    const char **by = CF_TAKE(&c->arena, n, const char *);
    for (size_t k = 0; k < n; k++) {
        const struct cf_uncertain *u = find_entry(c, c->plan->layout->entry[k]);
        field[k] = by[k] = "";
        if (!u)
            continue;
        const struct cf_field_spec *spec = &cf_field_specs[u->field];
        field[k] = spec->name;
        for (int d = 0; d < spec->n_dims; d++)
            if (u->by[d])
                by[k] = cf_arena_format(&c->arena, "%s%s%s", by[k], by[k][0] ? " " : "",
                                        spec->dim[d].name);
        if (!isnan(u->ar1))
            by[k] = cf_arena_format(&c->arena, "%s%syear", by[k], by[k][0] ? " " : "");
    }
    cf_content_companion(c, "entry", "field", field, "the table it is drawn for");
    cf_content_companion(c, "entry", "by", by, "axes whose members are drawn each for itself");
}
