#include "plan/compare_parts.h"

static void warn_of_failed(const struct cf_compare *c)
{
    for (int side = 0; side < 2; side++)
        cf_warn_of_failed(&c->ensemble[side], 0, c->ensemble[side].n_scenarios, c->diag);
}

static enum cf_status compare(struct cf_compare *c)
{
    struct cf_compare_tally *t = &c->tally;
    enum cf_status status = cf_compare_match(c);
    if (status != CF_OK)
        return status;
    cf_compare_inputs(c);
    status = cf_compare_headlines(c);
    if (status == CF_OK)
        status = cf_compare_variables(c);
    if (status != CF_OK)
        return status;
    const int draws = c->ensemble[0].n_draws != c->ensemble[1].n_draws ||
                      (c->ensemble[0].n_draws > 0 && !c->paired);
    c->out->differ =
        t->differing + t->only[0] + t->only[1] + t->members[0] + t->members[1] > 0 || draws;
    cf_compare_answer(c);
    warn_of_failed(c);
    return CF_OK;
}

enum cf_status cf_compare(struct cf_comparison *comparison, const struct cf_compared file[2],
                          const struct cf_compare_query *query, cf_diag *diag)
{
    struct cf_compare c = {.file = file, .query = query, .out = comparison, .diag = diag};
    *comparison = (struct cf_comparison){0};
    cf_arena_init(&comparison->inputs.arena);
    cf_arena_init(&comparison->variables.arena);
    cf_arena_init(&comparison->headlines.arena);
    cf_arena_init(&c.arena);
    const enum cf_status status = compare(&c);
    cf_arena_free(&c.arena);
    if (status != CF_OK)
        cf_comparison_free(comparison);
    return status;
}

void cf_comparison_free(struct cf_comparison *comparison)
{
    cf_table_free(&comparison->inputs);
    cf_table_free(&comparison->variables);
    cf_table_free(&comparison->headlines);
}
