/* From rows of an outturn to cells of the run's variables: MODEL.md 11.1. */
#include "calibrate/hindcast_parts.h"

#include "base/text.h"
#include "engine/variables.h"

#include <limits.h>
#include <math.h>
#include <string.h>

/* What may not be summed over members. */
static const char *const shares[] = {
    "attained_by_19", "indicator_value", "indicator_pooled", "travel_minutes", "journey_minutes",
    "journey_reach",  "scarcity",        "good_share",       "access",         "coverage",
    "shift"};

static int is_share(const char *name)
{
    for (size_t k = 0; k < sizeof shares / sizeof *shares; k++)
        if (cf_text_same(shares[k], name))
            return 1;
    return 0;
}

/* ---- variables ---- */

static const struct cf_variable *in_layout(const struct cf_layout *layout, const char *name)
{
    for (int k = 0; k < layout->n_variables; k++)
        if (cf_text_same(layout->variable[k].name, name))
            return &layout->variable[k];
    return NULL;
}

static int can_be_scored(const struct cf_layout *layout, const struct cf_variable_row *row)
{
    return row->dim[0] && cf_text_same(row->dim[0], "year") && in_layout(layout, row->name);
}

/* The variables that the file names, in order of first row; those that the run has not are told. */
static void name_variables(struct cf_hindcast *h, const struct cf_layout *layout,
                           struct cf_names *used)
{
    const struct cf_outturn *o = h->query->outturn;
    const char *names[cf_n_variable_rows];
    size_t n = 0;
    struct cf_names unknown;
    cf_names_init(&unknown, h->arena);
    for (int i = 0; i < cf_n_variable_rows; i++)
        if (can_be_scored(layout, &cf_variable_rows[i]))
            names[n++] = cf_variable_rows[i].name;
    for (int row = 0; row < o->n_rows; row++) {
        int known = 0;
        for (size_t k = 0; k < n; k++)
            known |= cf_text_same(names[k], o->variable[row]);
        if (known) {
            cf_names_add(used, o->variable[row]);
        } else if (cf_names_find(&unknown, o->variable[row]) < 0) {
            cf_names_add(&unknown, o->variable[row]);
            cf_report_near(
                h->diag, CF_ERROR, "outturn.variable", o->variable_at[row], o->variable[row], names,
                n, "a run of this scenario leaves no variable '%s' by year", o->variable[row]);
        }
    }
}

/* Of draws what is scored is kept, of all years, and nothing else. */
static void keep_only(struct cf_hindcast *h, const struct cf_names *used)
{
    struct cf_future *f = &h->kept.scenario.future;
    f->n_retain = used->n + 1;
    f->retain = CF_TAKE(h->arena, (size_t)f->n_retain, struct cf_retain);
    f->retain[0] = (struct cf_retain){.variable = "*", .drop = 1};
    for (int k = 0; k < used->n; k++)
        f->retain[k + 1] = (struct cf_retain){.variable = used->name[k]};
    h->layout = cf_record_layout(h->arena, &h->kept);
}

static const char *const *codes_of(const struct cf_hindcast *h, const char *dim)
{
    const struct cf_model *m = h->model;
    if (cf_text_same(dim, "term"))
        return h->layout->term;
    if (cf_text_same(dim, "pool"))
        return h->layout->pool;
    if (cf_text_same(dim, "offer"))
        return m->provision.offer_code;
    if (cf_text_same(dim, "authority_to"))
        return m->axis[CF_AXIS_AUTHORITY].codes.name;
    for (int i = 0; i < CF_N_AXES; i++)
        if (cf_text_same(dim, cf_axis_specs[i].name))
            return m->axis[i].codes.name;
    const char **code = CF_TAKE(h->arena, (size_t)m->scenario.n_indicators, const char *);
    for (int i = 0; i < m->scenario.n_indicators; i++)
        code[i] = m->scenario.indicator[i].code;
    return code;
}

static int indicators_add_up(const struct cf_model *model)
{
    for (int i = 0; i < model->scenario.n_indicators; i++)
        if (model->scenario.indicator[i].ratio.has_denominator)
            return 0;
    return 1;
}

static void describe_variable(const struct cf_hindcast *h, const char *name,
                              struct cf_hindcast_variable *v)
{
    const char *of_draws = cf_arena_format(h->arena, "%s_draws", name);
    const struct cf_variable *draws = in_layout(h->layout, of_draws);
    *v = (struct cf_hindcast_variable){
        .name = name, .central = in_layout(h->layout, name), .area = -1, .age = -1};
    v->kept = draws ? draws : v->central;
    v->adds_up =
        !is_share(name) || (cf_text_same(name, "indicator_value") && indicators_add_up(h->model));
    v->n_dims = v->central->n_dims - 1;
    for (int d = 0; d < v->n_dims; d++) {
        v->dim[d] = v->central->dim[d + 1];
        v->extent[d] = v->central->extent[d + 1];
        v->code[d] = codes_of(h, v->dim[d]);
        if (cf_text_same(v->dim[d], "area"))
            v->area = d;
        if (cf_text_same(v->dim[d], "age"))
            v->age = d;
    }
}

/* ---- rows ---- */

static int dim_of(const struct cf_hindcast_variable *v, const char *name)
{
    for (int d = 0; d < v->n_dims; d++)
        if (cf_text_same(v->dim[d], name))
            return d;
    return -1;
}

/* A column that is a dimension of no variable of the file. */
static void check_columns(const struct cf_hindcast *h, const struct cf_outturn *o)
{
    struct cf_names names;
    cf_names_init(&names, h->arena);
    for (int k = 0; k < h->n_variables; k++)
        for (int d = 0; d < h->variable[k].n_dims; d++)
            cf_names_add(&names, h->variable[k].dim[d]);
    for (int c = 0; c < o->n_columns; c++) {
        int known = !o->column[c][0];
        for (int k = 0; k < h->n_variables; k++)
            known |= dim_of(&h->variable[k], o->column[c]) >= 0;
        if (!known)
            cf_report_near(h->diag, CF_ERROR, "outturn.column", o->column_at[c], o->column[c],
                           names.name, (size_t)names.n, "'%s' is no dimension of what is scored",
                           o->column[c]);
    }
}

/* Ages a-b, as far as they are followed; 0 where it is no such range. */
static int find_ages(const struct cf_hindcast *h, const char *text, int *low, int *high)
{
    const struct cf_scenario *s = &h->model->scenario;
    int first, last, single;
    if (!cf_parse_range(text, &first, &last, &single) || first < s->first_age || last > s->last_age)
        return 0;
    *low = first - s->first_age;
    *high = last - s->first_age;
    return 1;
}

/* The member that a cell of a row names, or all members where it names none. */
static int find_members(const struct cf_hindcast *h, const struct cf_outturn *o, int row, int d,
                        struct cf_hindcast_cell *cell)
{
    const struct cf_hindcast_variable *v = &h->variable[cell->variable];
    int c = 0;
    while (c < o->n_columns && !cf_text_same(o->column[c], v->dim[d]))
        c++;
    const char *code = c < o->n_columns ? cf_outturn_code(o, row, c) : "";
    const struct cf_at at = c < o->n_columns ? cf_outturn_at(o, row, c) : o->variable_at[row];
    cell->low[d] = 0;
    cell->high[d] = v->extent[d] - 1;
    if (!code[0] && !v->adds_up && v->extent[d] > 1) {
        cf_report(h->diag, CF_ERROR, "outturn.share", at, NULL,
                  "'%s' does not add up over members, and the row names no %s", v->name, v->dim[d]);
        return 0;
    }
    if (!code[0] ||
        (d == v->age && v->adds_up && find_ages(h, code, &cell->low[d], &cell->high[d])))
        return 1;
    for (int k = 0; k < v->extent[d]; k++)
        if (cf_text_same(v->code[d][k], code)) {
            cell->low[d] = cell->high[d] = k;
            return 1;
        }
    cf_report_near(h->diag, CF_ERROR, "outturn.code", at, code, v->code[d], (size_t)v->extent[d],
                   "the scenario has no %s '%s'", v->dim[d], code);
    return 0;
}

/* A cell that is filled and stands under a dimension that the row's variable has not. */
static int check_cells(const struct cf_hindcast *h, const struct cf_outturn *o, int row,
                       const struct cf_hindcast_variable *v)
{
    int good = 1;
    for (int c = 0; c < o->n_columns; c++) {
        if (!o->column[c][0] || !cf_outturn_code(o, row, c)[0] || dim_of(v, o->column[c]) >= 0)
            continue;
        good = 0;
        cf_report(h->diag, CF_ERROR, "outturn.dimension", cf_outturn_at(o, row, c), NULL,
                  "'%s' is not by %s", v->name, o->column[c]);
    }
    return good;
}

static int check_year(const struct cf_hindcast *h, const struct cf_outturn *o, int row)
{
    const struct cf_scenario *s = &h->model->scenario;
    if (o->year[row] > s->base_year && o->year[row] <= s->end_year)
        return 1;
    cf_report(h->diag, CF_ERROR, "outturn.year", o->year_at[row],
              "leave such rows out: the base year is what a projection starts from",
              "year %d is not from %d, the year after base_year, to end_year %d", o->year[row],
              s->base_year + 1, s->end_year);
    return 0;
}

/* Values that were fitted to a year know it: its error would flatter. Told once a year. */
static int check_fitted(const struct cf_hindcast *h, const struct cf_outturn *o, int row,
                        struct cf_names *told)
{
    const struct cf_scenario *s = &h->model->scenario;
    for (int k = 0; k < s->n_fitted; k++) {
        const struct cf_fitted *f = &s->fitted[k];
        if (o->year[row] < f->first || o->year[row] > f->last)
            continue;
        const char *year = cf_arena_format(h->arena, "%d", o->year[row]);
        if (cf_names_find(told, year) < 0)
            cf_report(h->diag, CF_ERROR, "hindcast.fitted", o->year_at[row],
                      "leave its rows out, or fit to earlier years",
                      "'%s' was fitted to %d to %d (%s:%d), so %d may not be scored",
                      cf_field_specs[f->field].name, f->first, f->last, f->at.path, f->at.line,
                      o->year[row]);
        cf_names_add(told, year);
        return 0;
    }
    return 1;
}

/* What tells one cell from another; `without` is a dim that does not, -1: none. */
static const char *key_of(const struct cf_hindcast *h, const struct cf_hindcast_cell *cell,
                          int without)
{
    struct cf_text text = {0};
    cf_text_format(&text, "%d/%d", cell->variable, cell->y);
    for (int d = 0; d < h->variable[cell->variable].n_dims; d++)
        if (d != without)
            cf_text_format(&text, "/%d-%d", cell->low[d], cell->high[d]);
    const char *key = cf_arena_copy(h->arena, text.data);
    cf_text_free(&text);
    return key;
}

static int bind_row(const struct cf_hindcast *h, const struct cf_outturn *o, int row,
                    struct cf_hindcast_cell *cell)
{
    *cell = (struct cf_hindcast_cell){.variable = -1,
                                      .y = o->year[row] - h->model->scenario.base_year,
                                      .value = o->value[row],
                                      .row = row};
    for (int k = 0; k < h->n_variables; k++)
        if (cf_text_same(h->variable[k].name, o->variable[row]))
            cell->variable = k;
    if (cell->variable < 0)
        return 0;
    const struct cf_hindcast_variable *v = &h->variable[cell->variable];
    int good = check_cells(h, o, row, v);
    for (int d = 0; d < v->n_dims; d++)
        good &= find_members(h, o, row, d, cell);
    return good;
}

static void bind_rows(struct cf_hindcast *h)
{
    const struct cf_outturn *o = h->query->outturn;
    struct cf_names seen, told;
    cf_names_init(&seen, h->arena);
    cf_names_init(&told, h->arena);
    h->cell = CF_TAKE(h->arena, (size_t)o->n_rows, struct cf_hindcast_cell);
    for (int row = 0; row < o->n_rows; row++) {
        struct cf_hindcast_cell *cell = &h->cell[h->n_cells];
        const int good = bind_row(h, o, row, cell), year = check_year(h, o, row);
        if (!(good & year) || !check_fitted(h, o, row, &told))
            continue;
        const char *key = key_of(h, cell, -1);
        const int before = cf_names_find(&seen, key);
        if (before >= 0)
            cf_report(h->diag, CF_ERROR, "outturn.twice", o->variable_at[row], NULL,
                      "the same value is given already, in line %d",
                      o->variable_at[h->cell[before].row].line);
        else
            h->n_cells = cf_names_add(&seen, key) + 1;
    }
}

/* ---- cases ---- */

static enum cf_status unknown_level(const struct cf_hindcast *h)
{
    const struct cf_axis *area = &h->model->axis[CF_AXIS_AREA];
    const char *names[area->n_attributes + 1];
    for (int k = 0; k < area->n_attributes; k++)
        names[k] = area->attribute[k].name;
    cf_report_near(h->diag, CF_ERROR, "hindcast.by", (struct cf_at){0}, h->query->by, names,
                   (size_t)area->n_attributes, "areas have no attribute '%s'", h->query->by);
    return CF_USAGE;
}

/* Cells of areas with the same value of the attribute are one case; without --by each is its own.
 */
static enum cf_status gather_cases(struct cf_hindcast *h)
{
    const struct cf_axis *area = &h->model->axis[CF_AXIS_AREA];
    const int k = h->query->by ? cf_axis_attribute(area, h->query->by) : -1;
    const int whole = !h->query->by || cf_text_same(h->query->by, "area");
    struct cf_names cases;
    if (!whole && k < 0)
        return unknown_level(h);
    cf_names_init(&cases, h->arena);
    h->scored = CF_TAKE(h->arena, (size_t)h->n_cells, struct cf_hindcast_case);
    for (int c = 0; c < h->n_cells; c++) {
        struct cf_hindcast_cell *cell = &h->cell[c];
        const struct cf_hindcast_variable *v = &h->variable[cell->variable];
        const char *key = key_of(h, cell, whole ? -1 : v->area);
        if (!whole && (v->area < 0 || !v->adds_up)) {
            cf_report(h->diag, CF_ERROR, "hindcast.by", (struct cf_at){0}, NULL,
                      "'%s' does not add up over areas", v->name);
            return CF_USAGE;
        }
        if (!whole)
            key = cf_arena_format(h->arena, "%s %s", key,
                                  cell->low[v->area] == cell->high[v->area]
                                      ? area->attribute[k].value[cell->low[v->area]]
                                      : "*");
        const int n = cases.n, at = cf_names_add(&cases, key);
        if (at == n)
            h->scored[at] = (struct cf_hindcast_case){.variable = cell->variable, .y = cell->y};
        h->scored[at].outturn += cell->value;
        cell->scored = at;
    }
    h->n_cases = cases.n;
    return CF_OK;
}

/* ---- what somebody else had projected ---- */

/* One row of it; members and years that are not scored are nobody's mistake, but counted. */
static void bind_official_row(struct cf_hindcast *h, const struct cf_outturn *o, int row,
                              const struct cf_names *cells, double *value)
{
    struct cf_hindcast_cell cell;
    struct cf_hindcast quiet = *h;
    quiet.diag = NULL;
    const int at =
        bind_row(&quiet, o, row, &cell) ? cf_names_find(cells, key_of(h, &cell, -1)) : -1;
    h->n_official++;
    if (at < 0) {
        h->n_official_unused++;
        return;
    }
    if (!isnan(value[at]))
        cf_report(h->diag, CF_ERROR, "outturn.twice", o->variable_at[row], NULL,
                  "the same value is given already, further up");
    value[at] = cell.value;
}

/* The projection of each cell; a case of which a cell has none has none. */
static void bind_official(struct cf_hindcast *h)
{
    const struct cf_outturn *o = h->query->official;
    struct cf_names cells;
    double *value = CF_TAKE(h->arena, (size_t)h->n_cells, double);
    cf_names_init(&cells, h->arena);
    for (int c = 0; c < h->n_cells; c++) {
        cf_names_add(&cells, key_of(h, &h->cell[c], -1));
        value[c] = (double)NAN;
    }
    if (o)
        check_columns(h, o);
    for (int row = 0; o && row < o->n_rows; row++)
        bind_official_row(h, o, row, &cells, value);
    if (o && h->n_official_unused == h->n_official)
        cf_report(h->diag, CF_ERROR, "hindcast.official", (struct cf_at){.path = o->path},
                  "its rows name variable, year and members as those of the outturn do",
                  "no row of the official projection is of a cell that is scored");
    for (int c = 0; c < h->n_cells; c++)
        h->scored[h->cell[c].scored].other[CF_OTHER_OFFICIAL] += value[c];
}

enum cf_status cf_hindcast_bind(struct cf_hindcast *h)
{
    struct cf_names used;
    struct cf_arena *arena = h->arena;
    const size_t before = cf_diag_count(h->diag, CF_ERROR);
    cf_names_init(&used, arena);
    name_variables(h, cf_record_layout(arena, h->model), &used);
    keep_only(h, &used);
    h->n_variables = used.n;
    h->variable = CF_TAKE(arena, (size_t)used.n, struct cf_hindcast_variable);
    for (int k = 0; k < used.n; k++)
        describe_variable(h, used.name[k], &h->variable[k]);
    if (used.n > 0)
        check_columns(h, h->query->outturn);
    bind_rows(h);
    if (cf_diag_count(h->diag, CF_ERROR) > before)
        return CF_BAD_INPUT;
    const enum cf_status status = gather_cases(h);
    if (status == CF_OK)
        bind_official(h);
    return status == CF_OK && cf_diag_count(h->diag, CF_ERROR) > before ? CF_BAD_INPUT : status;
}
