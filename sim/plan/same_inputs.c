#include "plan/same_inputs.h"

#include "base/text.h"

#include <stdlib.h>
#include <string.h>

/* Of files that differ so many are named. */
enum { MOST_NAMED = 8 };

struct compared {
    const cf_results *results;
    const struct cf_model *model;
    const char *const *apart;
    cf_diag *diag;
    int scenario;
    int n_differ; /* files */
};

static struct cf_at at_scenario(const struct compared *c)
{
    return (struct cf_at){.path = c->model->scenario.path};
}

/* ---- design ---- */

static int number_of(const cf_results *results, const char *name)
{
    const char *text = cf_results_text(results, name);
    int number = 0;
    return text && cf_parse_int(text, &number) ? number : 0;
}

struct cf_results_design cf_results_design(const cf_results *results)
{
    const char *name = cf_results_text(results, "design");
    const char *seed = cf_results_text(results, "seed");
    struct cf_results_design design = {.kind = CF_DESIGN_NONE,
                                       .draws = number_of(results, "design_draws"),
                                       .steps = number_of(results, "design_steps"),
                                       .seed = seed ? strtoull(seed, NULL, 10) : 0};
    for (int k = 0; name && k < CF_N_DESIGNS; k++)
        if (cf_text_same(cf_design_names[k], name))
            design.kind = (enum cf_design_kind)k;
    return design;
}

static void compare_design(const struct compared *c, enum cf_status *status)
{
    const struct cf_results_design then = cf_results_design(c->results);
    const struct cf_design *now = &c->model->scenario.future.design;
    const int any = now->kind != CF_DESIGN_NONE;
    if (then.kind == now->kind &&
        (!any || (then.draws == now->draws && then.steps == now->steps && then.seed == now->seed)))
        return;
    *status = CF_BAD_INPUT;
    cf_report(c->diag, CF_ERROR, "inputs.design", at_scenario(c), NULL,
              "the results were made by another design: %s of %d, seed %llu, not %s of %d, seed "
              "%llu",
              cf_design_names[then.kind], then.draws, then.seed, cf_design_names[now->kind],
              now->draws, now->seed);
}

/* ---- settings ---- */

/* The start of the next line of the settings, beyond those of `design`, which are compared apart;
 * NULL at the end. */
static const char *skip_design(const char *line)
{
    static const char begins[] = "design = {", ends[] = "\n};\n";
    if (!line || !cf_text_starts(line, begins))
        return line;
    const char *end = strstr(line, ends);
    return end ? end + sizeof ends - 1 : line + strlen(line);
}

static size_t line_length(const char *line)
{
    return strcspn(line, "\n");
}

/* Lines of both settings, one after the other, as far as they are the same. 1: to the end. */
static int go_along(const char **then, const char **now)
{
    for (;;) {
        *then = skip_design(*then);
        *now = skip_design(*now);
        const size_t a = line_length(*then), b = line_length(*now);
        if (a != b || memcmp(*then, *now, a) != 0)
            return 0;
        if (!(*then)[a] || !(*now)[b])
            return !(*then)[a] == !(*now)[b];
        *then += a + 1;
        *now += b + 1;
    }
}

/* A line for people, without its indent; "nothing" at the end. */
static const char *shown(struct cf_text *room, const char *line)
{
    const char *from = line + strspn(line, " ");
    const size_t length = line_length(from);
    if (length == 0)
        return "nothing";
    cf_text_format(room, "%.*s", (int)(length < 100 ? length : 100), from);
    return room->data;
}

static void compare_settings(const struct compared *c, enum cf_status *status)
{
    size_t n;
    const char *const *text = cf_results_list(c->results, "scenario_text", &n);
    const char *then = text && (size_t)c->scenario < n ? text[c->scenario] : "";
    const char *now = c->model->scenario.resolved ? c->model->scenario.resolved : "";
    struct cf_text one = {0}, other = {0};
    if (go_along(&then, &now))
        return;
    *status = CF_BAD_INPUT;
    cf_report(c->diag, CF_ERROR, "inputs.settings", at_scenario(c),
              "give what `run` was given by --set, or run the scenario again",
              "the settings are not those that the results were made with: `%s` now, `%s` then",
              shown(&one, now), shown(&other, then));
    cf_text_free(&one);
    cf_text_free(&other);
}

/* ---- files ---- */

/* Whether a file may differ without a run being another. */
static int may_differ(const struct compared *c, const char *name)
{
    int may = cf_text_same(name, "budget.csv") || cf_text_same(name, "criteria.csv") ||
              (cf_text_same(name, "options.csv") && c->model->scenario.decision.n_actions == 0);
    for (int k = 0; c->apart && c->apart[k]; k++)
        may |= cf_text_same(name, c->apart[k]);
    return may;
}

static void differs(struct compared *c, const char *name, const char *what)
{
    if (c->n_differ++ < MOST_NAMED)
        cf_report(c->diag, CF_ERROR, "inputs.changed", at_scenario(c),
                  "put back what it was, or run the scenario again", "'%s' %s", name, what);
}

/* Every file that is read now must have been read then. Of one scenario the reverse holds too; of
 * several a file may be another's. */
static void compare_files(struct compared *c, enum cf_status *status)
{
    const struct cf_model *m = c->model;
    size_t n, n_hashes;
    const char *const *name = cf_results_list(c->results, "input_file", &n);
    const char *const *sha256 = cf_results_list(c->results, "input_sha256", &n_hashes);
    const struct cf_results_dim *scenarios = cf_results_dim(c->results, "scenario");
    n = n < n_hashes ? n : n_hashes;
    for (int i = 0; i < m->n_files; i++) {
        int named = 0, same = may_differ(c, m->file[i].name);
        for (size_t k = 0; k < n; k++)
            if (cf_text_same(name[k], m->file[i].name)) {
                named = 1;
                same |= cf_text_same(sha256[k], m->file[i].sha256);
            }
        if (!same)
            differs(c, m->file[i].name,
                    named ? "is not what the results were made from"
                          : "was not there when the results were made");
    }
    for (size_t k = 0; scenarios && scenarios->n == 1 && k < n; k++) {
        int there = may_differ(c, name[k]);
        for (int i = 0; i < m->n_files; i++)
            there |= cf_text_same(name[k], m->file[i].name);
        if (!there)
            differs(c, name[k], "is no longer read, and the results were made from it");
    }
    if (c->n_differ > 0)
        *status = CF_BAD_INPUT;
    if (c->n_differ > MOST_NAMED)
        cf_report(c->diag, CF_ERROR, "inputs.changed", at_scenario(c), NULL,
                  "and %d more files differ", c->n_differ - MOST_NAMED);
}

/* ---- all ---- */

static enum cf_status find_scenario(struct compared *c)
{
    const struct cf_results_dim *dim = cf_results_dim(c->results, "scenario");
    for (size_t k = 0; k < dim->n; k++)
        if (cf_text_same(dim->code[k], c->model->scenario.name)) {
            c->scenario = (int)k;
            return CF_OK;
        }
    cf_report_near(c->diag, CF_ERROR, "inputs.scenario", at_scenario(c), c->model->scenario.name,
                   dim->code, dim->n, "the results are of no scenario '%s'",
                   c->model->scenario.name);
    return CF_BAD_INPUT;
}

enum cf_status cf_same_inputs(const cf_results *results, const struct cf_model *model,
                              const char *const *apart, int *scenario, cf_diag *diag)
{
    struct compared c = {.results = results, .model = model, .apart = apart, .diag = diag};
    enum cf_status status = find_scenario(&c);
    *scenario = c.scenario;
    if (status != CF_OK)
        return status;
    compare_files(&c, &status);
    /* Where a file differs the settings follow from it. */
    if (status == CF_OK)
        compare_settings(&c, &status);
    if (status == CF_OK)
        compare_design(&c, &status);
    return status;
}
