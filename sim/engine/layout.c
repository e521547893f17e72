#include "engine/layout.h"

#include "base/text.h"

#include <string.h>

/* How a variable is kept of draws: not at all, at report years, in all years. */
enum keeping { NOT_KEPT, KEPT_REPORT, KEPT_ALL };

struct layouter {
    struct cf_arena *arena;
    const struct cf_model *const *model;
    int n;
    struct cf_layout *layout;
};

static int extent_of(const struct layouter *l, const char *dim)
{
    const struct cf_model *m = l->model[0];
    if (!strcmp(dim, "term"))
        return CF_N_TERMS;
    if (!strcmp(dim, "indicator"))
        return m->scenario.n_indicators;
    if (!strcmp(dim, "pool"))
        return l->layout->n_pools;
    if (!strcmp(dim, "report_year"))
        return m->scenario.n_report_years;
    if (!strcmp(dim, "offer"))
        return m->provision.n_offers;
    if (!strcmp(dim, "authority_to"))
        return m->axis[CF_AXIS_AUTHORITY].n;
    if (!strcmp(dim, "entry"))
        return l->layout->n_entries;
    if (!strcmp(dim, "risk"))
        return l->layout->n_risks;
    for (int i = 0; i < CF_N_AXES; i++)
        if (!strcmp(dim, cf_axis_specs[i].name))
            return m->axis[i].n;
    return 0;
}

static int is_recorded(const struct layouter *l, const struct cf_variable_row *row)
{
    int any = !row->recorded;
    for (int k = 0; k < l->n && !any; k++)
        any = row->recorded(l->model[k]);
    for (int d = 0; d < CF_MOST_VARIABLE_DIMS && row->dim[d]; d++)
        any = any && extent_of(l, row->dim[d]) > 0;
    return any;
}

/* What is kept of draws: the row's own rule, then the entries of `retain` in order. */
static enum keeping keeping_of(const struct layouter *l, const struct cf_variable_row *row)
{
    const struct cf_future *f = &l->model[0]->scenario.future;
    enum keeping keeping = row->kept == CF_KEPT_EVERY    ? KEPT_ALL
                           : row->kept == CF_KEPT_REPORT ? KEPT_REPORT
                                                         : NOT_KEPT;
    if (cf_future_draws(f) == 0)
        return row->kept == CF_KEPT_EVERY ? KEPT_ALL : NOT_KEPT;
    for (int k = 0; k < f->n_retain; k++) {
        const struct cf_retain *r = &f->retain[k];
        if (strcmp(r->variable, "*") != 0 && strcmp(r->variable, row->name) != 0)
            continue;
        keeping = r->drop ? NOT_KEPT : r->report ? KEPT_REPORT : KEPT_ALL;
    }
    /* What says which draw was what costs nothing and is always told. */
    return cf_row_has_years(row) ? keeping : KEPT_ALL;
}

static void add(struct layouter *l, int row_index, const char *name, int of_draws, int report)
{
    const struct cf_variable_row *row = &cf_variable_rows[row_index];
    struct cf_variable *v = &l->layout->variable[l->layout->n_variables++];
    *v = (struct cf_variable){.name = name,
                              .units = row->units,
                              .long_name = row->long_name,
                              .size = 1,
                              .of_draws = of_draws,
                              .row = row_index};
    for (; v->n_dims < CF_MOST_VARIABLE_DIMS && row->dim[v->n_dims]; v->n_dims++) {
        const char *dim = row->dim[v->n_dims];
        v->dim[v->n_dims] = report && !strcmp(dim, "year") ? "report_year" : dim;
        v->extent[v->n_dims] = extent_of(l, v->dim[v->n_dims]);
        v->size *= (size_t)v->extent[v->n_dims];
    }
}

static void add_row(struct layouter *l, int i)
{
    const struct cf_variable_row *row = &cf_variable_rows[i];
    const enum keeping keeping = keeping_of(l, row);
    if (!is_recorded(l, row))
        return;
    if (row->kept != CF_KEPT_EVERY)
        add(l, i, row->name, 0, 0);
    if (keeping == NOT_KEPT)
        return;
    const char *name =
        row->kept == CF_KEPT_EVERY ? row->name : cf_arena_format(l->arena, "%s_draws", row->name);
    add(l, i, name, 1, keeping == KEPT_REPORT);
}

/* What is kept of draws comes first in a record. */
static void place_all(struct cf_layout *layout)
{
    for (int of_draws = 1; of_draws >= 0; of_draws--) {
        for (int k = 0; k < layout->n_variables; k++) {
            struct cf_variable *v = &layout->variable[k];
            if (v->of_draws != of_draws)
                continue;
            v->offset = layout->length;
            layout->length += v->size;
        }
        if (of_draws)
            layout->draw_length = layout->length;
    }
}

/* Names of the uncertain entries and risks of all models, in order of first appearance. */
static void name_entries(struct layouter *l)
{
    struct cf_names entries, risks, labels;
    cf_names_init(&entries, l->arena);
    cf_names_init(&risks, l->arena);
    cf_names_init(&labels, l->arena);
    for (int k = 0; k < l->n; k++) {
        const struct cf_future *f = &l->model[k]->scenario.future;
        for (int i = 0; i < f->n_uncertain; i++)
            cf_names_add(&entries, f->uncertain[i].name);
        for (int i = 0; i < f->n_risks; i++)
            cf_names_add(&risks, f->risk[i].code);
    }
    l->layout->n_entries = entries.n;
    l->layout->entry = entries.name;
    l->layout->n_risks = risks.n;
    l->layout->risk = risks.name;
    const char **label = CF_TAKE(l->arena, (size_t)risks.n, const char *);
    for (int k = l->n - 1; k >= 0; k--)
        for (int i = 0; i < l->model[k]->scenario.future.n_risks; i++) {
            const struct cf_risk *risk = &l->model[k]->scenario.future.risk[i];
            label[cf_names_find(&risks, risk->code)] = risk->label ? risk->label : risk->code;
        }
    l->layout->risk_label = label;
}

/* Pools are the areas', and so those of all models; without indicators there is nothing to pool. */
static void name_pools(struct layouter *l)
{
    struct cf_pools pools;
    if (l->model[0]->scenario.n_indicators == 0)
        return;
    cf_pools_of(l->model[0], l->arena, &pools);
    l->layout->n_pools = pools.n;
    l->layout->pool = pools.code;
    l->layout->pool_label = pools.label;
}

struct cf_layout *cf_record_layout_of(struct cf_arena *arena, const struct cf_model *const *model,
                                      int n)
{
    struct layouter l = {.arena = arena, .model = model, .n = n};
    l.layout = CF_TAKE(arena, 1, struct cf_layout);
    l.layout->variable = CF_TAKE(arena, 2 * (size_t)cf_n_variable_rows, struct cf_variable);
    l.layout->n_terms = CF_N_TERMS;
    l.layout->term = cf_term_names;
    l.layout->term_label = cf_term_labels;
    name_entries(&l);
    name_pools(&l);
    for (int i = 0; i < cf_n_variable_rows; i++)
        add_row(&l, i);
    place_all(l.layout);
    return l.layout;
}

struct cf_layout *cf_record_layout(struct cf_arena *arena, const struct cf_model *model)
{
    return cf_record_layout_of(arena, &model, 1);
}

enum cf_status cf_check_retain(const struct cf_model *model, cf_diag *diag)
{
    const struct cf_future *f = &model->scenario.future;
    const char *names[cf_n_variable_rows];
    enum cf_status status = CF_OK;
    for (int i = 0; i < cf_n_variable_rows; i++)
        names[i] = cf_variable_rows[i].name;
    for (int k = 0; k < f->n_retain; k++) {
        int known = !strcmp(f->retain[k].variable, "*");
        for (int i = 0; i < cf_n_variable_rows; i++)
            known |= !strcmp(f->retain[k].variable, names[i]);
        if (known)
            continue;
        status = CF_BAD_INPUT;
        cf_report_near(diag, CF_ERROR, "retain.unknown", f->retain[k].at, f->retain[k].variable,
                       names, (size_t)cf_n_variable_rows, "unknown variable '%s' in 'retain'",
                       f->retain[k].variable);
    }
    return status;
}
