#include "plan/value_parts.h"

#include "base/text.h"
#include "model/field.h"

#include <math.h>

/* Uncertain inputs and where today's figures for them come from: "have you got this? if not, how
 * are you going to get it?" */

static const char *text_or_none(const char *const *text, size_t k)
{
    return text && text[k] ? text[k] : "";
}

/* The row of sources.csv of a table; a parameter, which has no axes, stands in "parameters". */
static int find_source(const char *const *table, size_t n, const char *field)
{
    const int id = cf_field_find(field);
    for (size_t k = 0; k < n; k++)
        if (cf_text_same(table[k], field))
            return (int)k;
    for (size_t k = 0; id >= 0 && cf_field_specs[id].n_dims == 0 && k < n; k++)
        if (cf_text_same(table[k], "parameters"))
            return (int)k;
    return -1;
}

static void look_up_source(const cf_results *results, struct cf_input *input)
{
    static const char *const names[] = {"source_nature", "source_publisher", "source_title",
                                        "source_year"};
    const char **into[] = {&input->nature, &input->publisher, &input->title, &input->vintage};
    size_t n = 0, m;
    const char *const *table = cf_results_list(results, "source_table", &n);
    const int row = table && input->field[0] ? find_source(table, n, input->field) : -1;
    for (size_t k = 0; k < sizeof names / sizeof *names; k++) {
        const char *const *text = row >= 0 ? cf_results_list(results, names[k], &m) : NULL;
        *into[k] = text && (size_t)row < m ? text[row] : "";
    }
}

static void add_inputs(struct cf_value *v, const char *dim_name, const char *kind)
{
    cf_results *results = v->shortage.sheet.results;
    const struct cf_results_dim *dim = cf_results_dim(results, dim_name);
    const char *const *field = cf_results_attribute(results, dim_name, "field");
    const char *const *by = cf_results_attribute(results, dim_name, "by");
    for (size_t k = 0; dim && dim->code && k < dim->n; k++) {
        struct cf_input *input = &v->input[v->n_inputs++];
        const char *label = text_or_none(dim->label, k);
        *input = (struct cf_input){.name = dim->code[k],
                                   .label = label[0] ? label : dim->code[k],
                                   .kind = kind,
                                   .field = text_or_none(field, k),
                                   .by = text_or_none(by, k),
                                   .at = (int)k};
        look_up_source(results, input);
    }
}

static const struct cf_results_variable *find_along(const cf_results *results, const char *name,
                                                    const char *dim)
{
    const struct cf_results_variable *v = cf_results_find(results, name);
    return v && v->n_dims == 2 && cf_text_same(v->dim[0]->name, "draw_run") &&
                   cf_text_same(v->dim[1]->name, dim)
               ? v
               : NULL;
}

void cf_value_find_inputs(struct cf_value *v)
{
    struct cf_sheet *sheet = &v->shortage.sheet;
    if (sheet->status != CF_OK)
        return;
    const struct cf_results_dim *entry = cf_results_dim(sheet->results, "entry");
    const struct cf_results_dim *risk = cf_results_dim(sheet->results, "risk");
    v->input = CF_TAKE(&sheet->table->arena, (entry ? entry->n : 0) + (risk ? risk->n : 0),
                       struct cf_input);
    v->drawn = find_along(sheet->results, "draw_mean", "entry");
    if (!v->drawn) /* made before there was one */
        v->drawn = find_along(sheet->results, "draw_value", "entry");
    v->happened = find_along(sheet->results, "risk_happened", "risk");
    if (v->drawn)
        add_inputs(v, "entry", "entry");
    if (v->happened)
        add_inputs(v, "risk", "risk");
    if (v->n_inputs > 0 && v->shortage.ensemble.n_draws > 0)
        return;
    cf_report(sheet->diag, CF_ERROR, "value.missing", (struct cf_at){0},
              "a scenario says by `uncertain`, `risks` and `design` what is drawn",
              "these results have no %s", v->n_inputs > 0 ? "draws" : "uncertain inputs");
    sheet->status = CF_BAD_INPUT;
}

/* ---- words ---- */

static const struct {
    const char *nature, *known, *advice;
} natures[] = {
    {"real", "published",
     "it is published as it stands; what is not known is where it goes from there: get the next "
     "release"},
    {"estimated", "estimated",
     "it is worked out from published figures: get the figure itself from those who hold it"},
    {"illustrative", "judged", "it is judged or made up: count, ask or survey"},
};

static int nature_of(const struct cf_input *input)
{
    for (size_t k = 0; k < sizeof natures / sizeof *natures; k++)
        if (cf_text_same(natures[k].nature, input->nature))
            return (int)k;
    return -1;
}

const char *cf_value_known(const struct cf_input *input)
{
    const int k = nature_of(input);
    return cf_text_same(input->kind, "risk") ? "an event" : k >= 0 ? natures[k].known : "no source";
}

const char *cf_value_advice(struct cf_value *v, const struct cf_input *input)
{
    struct cf_arena *arena = &v->shortage.sheet.table->arena;
    const int k = nature_of(input);
    if (cf_text_same(input->kind, "risk"))
        return "an event: no figure to get, but signs to watch for, and an owner to ask";
    if (!input->field[0])
        return "these results do not say which table it is drawn for";
    if (k < 0)
        return cf_arena_format(arena, "%s: sources.csv names no source for it: find one",
                               input->field);
    return cf_arena_format(arena, "%s (%s%s%s): %s", input->field,
                           input->publisher[0] ? input->publisher : "no publisher",
                           input->vintage[0] ? ", " : "", input->vintage, natures[k].advice);
}
