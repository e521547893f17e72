#include "cli/calibrate_overlay.h"

#include "base/text.h"
#include "output/image.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* The overlay that `calibrate` leaves: tables of rates and entrants, what is uncertain of them, and
 * the years they were fitted to. */

#define LEAST_RATE (-0.95)
#define LEAST_SD 1e-6 /* smaller ones are as good as none */
#define LIKE_SIZE 2.0 /* times the smallest of a class */

static const char *area_of(const struct cf_model *model, int a)
{
    return model->axis[CF_AXIS_AREA].codes.name[a];
}
static const char *group_of(const struct cf_model *model, int g)
{
    return model->axis[CF_AXIS_GROUP].codes.name[g];
}

/* Survival is a table of its own: the rate is what is left to say. */
static double net_rate(const struct cf_calibrated *c, int a, int g, int x)
{
    const struct cf_model *m = c->model;
    const double survival =
        m->field[CF_FIELD_survival]
            .value[(size_t)g * (size_t)m->extent.X + (size_t)(x - m->extent.first_age)];
    return fmax(LEAST_RATE, exp(c->fit->rate[cf_survival_cell(c->fit, a, g, x)]) / survival - 1);
}

static int followed(const struct cf_model *m, int g, int x)
{
    return x - m->extent.first_age <= m->extent.last_x[g];
}

static void write_rates(const struct cf_calibrated *c, struct cf_text *text)
{
    const struct cf_model *m = c->model;
    cf_text_add(text, "area,group,age,value\n");
    for (int a = 0; a < c->fit->history->n_areas; a++)
        for (int g = 0; g < c->fit->history->G; g++)
            for (int x = m->scenario.first_age + 1; x <= m->scenario.last_age; x++)
                if (followed(m, g, x))
                    cf_text_format(text, "%s,%s,%d,%.6f\n", area_of(m, a), group_of(m, g), x,
                                   net_rate(c, a, g, x));
}

/* Who is at first_age in a later year: the children of the base year aged on, births held. */
static double entrants(const struct cf_calibrated *c, int a, int g, int years)
{
    const struct cf_history *h = c->fit->history;
    const int first = c->model->scenario.first_age, from = first > years ? first - years : 0;
    double n = h->stock[cf_history_cell(h, h->n_years - 1, a, g, from)];
    for (int x = from + 1; x <= first; x++)
        n *= exp(c->fit->rate[cf_survival_cell(c->fit, a, g, x)]);
    return n;
}

static void write_entrants(const struct cf_calibrated *c, struct cf_text *text)
{
    const struct cf_model *m = c->model;
    const int years = m->scenario.end_year - m->scenario.base_year;
    cf_text_add(text, "year,area,group,value\n");
    for (int t = 1; t <= years; t++)
        for (int a = 0; a < c->fit->history->n_areas; a++)
            for (int g = 0; g < c->fit->history->G; g++)
                cf_text_format(text, "%d,%s,%s,%.3f\n", m->scenario.base_year + t, area_of(m, a),
                               group_of(m, g), entrants(c, a, g, t));
}

/* Areas in order of size. */
struct sized {
    double persons;
    int area;
};

static int by_size(const void *a, const void *b)
{
    const struct sized *p = a, *q = b;
    return p->persons != q->persons ? (p->persons < q->persons ? -1 : 1) : p->area - q->area;
}

/* Single ages vary the more the fewer they are: areas of like size have one entry. */
static void write_age_noise(const struct cf_calibrated *c, const char *between,
                            struct cf_text *text)
{
    const struct cf_scenario *s = &c->model->scenario;
    const int A = c->fit->history->n_areas;
    struct sized *area = CF_TAKE(c->fit->arena, (size_t)A, struct sized);
    for (int a = 0; a < A; a++)
        area[a] =
            (struct sized){fmax(1, cf_survival_size(c->fit, a, s->first_age, s->last_age)), a};
    qsort(area, (size_t)A, sizeof *area, by_size);
    for (int from = 0, to, class = 1; from < A; from = to, class ++) {
        double inverse = 0;
        for (to = from; to < A && area[to].persons <= LIKE_SIZE * area[from].persons; to++)
            inverse += 1 / area[to].persons;
        cf_text_format(text,
                       "%s\n  { name = \"moves by area and age, size %d\"; field = \"net_rate\"; "
                       "op = \"add\"; by = [ \"area\", \"age\" ];\n    where = { area = [ ",
                       class > 1 ? "," : between, class);
        for (int i = from; i < to; i++)
            cf_text_format(text, "%s\"%s\"", i > from ? ", " : "", area_of(c->model, area[i].area));
        cf_text_format(text, " ]; };\n    dist = \"normal\"; mean = 0.0; sd = %.6f; ar1 = 0.0; }",
                       sqrt(c->noise->age_persons * inverse / (to - from)));
    }
}

static void write_noise(const struct cf_calibrated *c, struct cf_text *text)
{
    const struct cf_survival_noise *n = c->noise;
    const char *between = "";
    if (n->level_sd < LEAST_SD && n->age_persons < LEAST_SD)
        return;
    cf_text_add(text, "uncertain = (");
    if (n->level_sd >= LEAST_SD) {
        cf_text_format(text,
                       "\n  { name = \"moves by area\"; field = \"net_rate\"; op = \"add\"; by = "
                       "\"area\";\n    dist = \"normal\"; mean = 0.0; sd = %.6f; shared = %.4f;",
                       n->level_sd, n->shared);
        if (n->ar1 < 1)
            cf_text_format(text, " ar1 = %.4f;", n->ar1);
        cf_text_add(text, " }");
        between = ",";
    }
    if (n->age_persons >= LEAST_SD)
        write_age_noise(c, between, text);
    cf_text_add(text, "\n);\n");
}

/* Path of the scenario as the overlay names it: from its own folder where they share it. */
static const char *from_overlay(struct cf_arena *arena, const char *overlay, const char *scenario)
{
    const char *folder =
        cf_path_plain(arena, cf_path_folder(arena, cf_path_absolute(arena, overlay)));
    const char *path = cf_path_plain(arena, cf_path_absolute(arena, scenario));
    const size_t n = strlen(folder);
    return cf_text_starts(path, folder) && path[n] == '/' ? path + n + 1 : path;
}

static void write_overlay(const struct cf_calibrated *c, const char *extends, const char *stem,
                          struct cf_text *text)
{
    const struct cf_scenario *s = &c->model->scenario;
    const struct cf_survival_rules *r = &c->fit->rules;
    cf_text_format(text,
                   "// Made by `cohortflow calibrate`: moves by cohort survival, years %d to %d.\n"
                   "// years %d, unexplained %g, pool %g, smooth %d, level %g, pattern %g, "
                   "pattern-births %g\n",
                   c->fit->first_year, s->base_year, r->years, r->unexplained, r->pool, r->smooth,
                   r->level, r->pattern, r->pattern_births);
    cf_text_format(text, "extends = \"%s\";\n", extends);
    cf_text_format(text,
                   "fitted = ( { field = \"net_rate\"; years = [ %d, %d ]; },\n"
                   "           { field = \"entrants\"; years = [ %d, %d ]; } );\n",
                   c->fit->first_year, s->base_year, c->fit->first_year, s->base_year);
    cf_text_format(text,
                   "tables = ( { name = \"net_rate\"; file = \"%s.net_rate.csv\"; },\n"
                   "           { name = \"entrants\"; file = \"%s.entrants.csv\"; } );\n",
                   stem, stem);
    write_noise(c, text);
}

enum cf_status cf_calibrate_write(const struct cf_calibrated *c, cf_diag *diag)
{
    struct cf_arena *arena = c->fit->arena;
    size_t length = strlen(c->overlay);
    if (length > 4 && cf_text_same(c->overlay + length - 4, ".cfg"))
        length -= 4;
    const char *stem = cf_arena_copy_n(arena, c->overlay, length);
    const char *slash = strrchr(stem, '/'), *name = slash ? slash + 1 : stem;
    struct cf_text rates = {0}, in = {0}, overlay = {0};
    write_rates(c, &rates);
    write_entrants(c, &in);
    write_overlay(c, from_overlay(arena, c->overlay, c->scenario), name, &overlay);
    const struct {
        const char *path;
        const struct cf_text *text;
    } file[] = {{cf_arena_format(arena, "%s.net_rate.csv", stem), &rates},
                {cf_arena_format(arena, "%s.entrants.csv", stem), &in},
                {c->overlay, &overlay}};
    enum cf_status status = CF_OK;
    for (size_t k = 0; status == CF_OK && k < sizeof file / sizeof *file; k++)
        status = cf_write_image(file[k].path, file[k].text->data, file[k].text->length, diag);
    cf_text_free(&rates);
    cf_text_free(&in);
    cf_text_free(&overlay);
    return status;
}

static double spread(const double *value, int n)
{
    double sum = 0, squares = 0;
    for (int i = 0; i < n; i++) {
        sum += value[i];
        squares += value[i] * value[i];
    }
    return n > 1 ? sqrt(fmax(0, (squares - sum * sum / n) / (n - 1))) : 0;
}

void cf_calibrate_print(const struct cf_survival *f, const struct cf_survival_noise *n)
{
    const struct cf_history *h = f->history;
    double error = 0, n_error = 0, own = 0;
    for (int e = 0; e < h->E; e++) {
        own += f->own[e];
        for (int g = 0; g < h->G; g++)
            for (int x = 1; x < h->X; x++) {
                const double se = f->own_error[cf_survival_cell(f, e, g, x)];
                if (isfinite(se)) {
                    error += se;
                    n_error++;
                }
            }
    }
    printf("%d areas, years %d to %d; %g with rates of their own ages, %d areas with neither these "
           "nor a parent's\n",
           h->n_areas, f->first_year, h->first_year + h->n_years - 1, own, f->n_without);
    if (h->n_later)
        printf("%d rows of later years were not read\n", h->n_later);
    printf("parameter        read off                                   known to\n");
    if (n_error > 0)
        printf("rate of an age   years of the past, %5.0f cells              %.5f (mean se)\n",
               n_error, error / n_error);
    printf("level of areas   totals of all ages                         spread %.5f\n",
           spread(f->level, h->n_areas));
    printf("error of a year  %s, %5d values   sd %.5f, shared %.2f, ar1 %.2f; of an age %.3f / "
           "sqrt(persons)\n",
           n->by_births ? "births and their children" : "years of the past        ", n->n_errors,
           n->level_sd, n->shared, n->ar1, sqrt(n->age_persons));
}
