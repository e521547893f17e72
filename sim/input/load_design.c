#include "input/future_parts.h"

#include "base/text.h"

#include <math.h>

#define MORRIS_LEVELS 4

/* What each kind of design reads: 0 nothing of it, 1 where it is given, 2 it must be. */
struct needs {
    int draws, steps, file;
    int entries; /* 1: it varies entries, and there must be one */
    int sobol;   /* Sobol dimensions it takes for each entry */
};
static const struct needs kinds[CF_N_DESIGNS] = {
    [CF_DESIGN_MONTECARLO] = {.draws = 2},
    [CF_DESIGN_LHS] = {.draws = 2},
    [CF_DESIGN_SOBOL] = {.draws = 2, .sobol = 1},
    [CF_DESIGN_MORRIS] = {.draws = 2, .steps = 1, .entries = 1},
    [CF_DESIGN_SALTELLI] = {.draws = 2, .entries = 1, .sobol = 2},
    [CF_DESIGN_GRID] = {.steps = 2, .entries = 1},
    [CF_DESIGN_FILE] = {.file = 2, .entries = 1},
};

/* The design of a scenario while it is read. MODEL.md 5. */
struct reading {
    struct cf_model *model;
    struct cf_future *future;
    const struct cf_node *group;
    int broken; /* the scenario could not be read in full: what is missing is not told */
    cf_diag *diag;
};

static const struct cf_node *get(const struct reading *r, const char *key)
{
    return cf_setting(r->group, CF_SCOPE_DESIGN, key);
}

/* Where the setting stands, else where the design does. */
static struct cf_at at_of(const struct reading *r, const char *key)
{
    const struct cf_node *node = get(r, key);
    return node != NULL ? node->at : r->group->at;
}

static const char *name_of(const struct reading *r)
{
    return cf_design_names[r->future->design.kind];
}

/* 0 where the kind is not known. Draws without a kind are plain ones. */
static int load_kind(const struct reading *r)
{
    const struct cf_node *node = get(r, "kind");
    r->future->design.kind = CF_DESIGN_NONE;
    if (node == NULL && cf_node_find(r->group, "kind") != NULL)
        return 0;
    if (node == NULL)
        r->future->design.kind = CF_DESIGN_MONTECARLO;
    for (int k = 0; k < CF_N_DESIGNS && node != NULL; k++)
        if (cf_text_same(cf_design_names[k], node->text)) {
            r->future->design.kind = (enum cf_design_kind)k;
            return 1;
        }
    if (node != NULL)
        cf_report_near(r->diag, CF_ERROR, "design.kind", node->at, node->text, cf_design_names,
                       CF_N_DESIGNS, "unknown kind '%s' of design", node->text);
    return node == NULL;
}

/* need: of `kinds`. What other files say of another kind is left alone. */
static void check_need(const struct reading *r, const char *key, int need)
{
    const struct cf_node *node = cf_node_find(r->group, key);
    if (need == 2 && node == NULL && !r->broken &&
        !cf_setting_elsewhere(r->group, CF_SCOPE_DESIGN, key))
        cf_report(r->diag, CF_ERROR, "design.missing", at_of(r, "kind"), NULL,
                  "a design of kind '%s' needs '%s'", name_of(r), key);
    else if (need == 0 && node != NULL)
        cf_report(r->diag, CF_NOTICE, "design.unused", node->key_at, NULL,
                  "'%s' is not read by a design of kind '%s'", key, name_of(r));
}

static void check_entries(const struct reading *r, const struct needs *needs)
{
    const int n = r->future->n_uncertain;
    if (needs->entries && n == 0)
        cf_report(r->diag, CF_ERROR, "design.entries", at_of(r, "kind"), NULL,
                  "a design of kind '%s' varies uncertain entries, and there are none", name_of(r));
    else if (n == 0 && r->future->n_risks == 0 && !r->broken)
        cf_report(r->diag, CF_WARNING, "design.alike", at_of(r, "kind"), NULL,
                  "there are neither uncertain entries nor risks: all draws will be alike");
    if (needs->sobol * n > CF_MOST_SOBOL)
        cf_report(r->diag, CF_ERROR, "design.dimensions", at_of(r, "kind"),
                  "montecarlo and lhs take any number",
                  "a design of kind '%s' takes %d uncertain entries at most, there are %d",
                  name_of(r), CF_MOST_SOBOL / needs->sobol, n);
}

static void check_steps(const struct reading *r)
{
    const struct cf_design *design = &r->future->design;
    const int n = r->future->n_uncertain;
    if (design->kind == CF_DESIGN_MORRIS && design->steps < 2)
        cf_report(r->diag, CF_ERROR, "design.steps", at_of(r, "steps"), NULL,
                  "a design of kind 'morris' moves between levels, and needs at least 2 steps");
    if (design->kind != CF_DESIGN_GRID || get(r, "steps") == NULL)
        return;
    double rows = 1;
    for (int k = 0; k < n && rows <= CF_MOST_GRID; k++)
        rows *= design->steps;
    if (rows > CF_MOST_GRID)
        cf_report(r->diag, CF_ERROR, "design.grid", at_of(r, "steps"),
                  "take fewer steps, or another kind",
                  "a grid of %d steps of %d entries has more than %d rows", design->steps, n,
                  CF_MOST_GRID);
}

/* Nothing is said to be drawn, or how. */
static void tell_none(const struct cf_future *f, cf_diag *diag)
{
    if (f->n_uncertain == 0 && f->n_risks == 0)
        return;
    cf_report(diag, CF_NOTICE, "design.none", f->n_uncertain > 0 ? f->uncertain->at : f->risk->at,
              "write design = { kind = \"lhs\"; draws = 1000; seed = 1; };",
              "there is no design: of what is uncertain the central run alone is made");
}

void cf_load_design(struct cf_model *model, const struct cf_config *config, cf_diag *diag)
{
    struct cf_future *f = &model->scenario.future;
    struct reading r = {.model = model,
                        .future = f,
                        .group = cf_setting(config->root, CF_SCOPE_TOP, "design"),
                        .broken = config->broken,
                        .diag = diag};
    if (cf_node_find(config->root, "design") == NULL)
        tell_none(f, diag);
    if (r.group == NULL)
        return;
    cf_check_settings(r.group, CF_SCOPE_DESIGN, " in 'design'", diag);
    f->design = (struct cf_design){
        .draws = cf_setting_whole(r.group, CF_SCOPE_DESIGN, "draws", 1),
        .steps = cf_setting_whole(r.group, CF_SCOPE_DESIGN, "steps", MORRIS_LEVELS),
        .seed = cf_setting_seed(r.group, CF_SCOPE_DESIGN, "seed", 0),
        .at = r.group->at};
    if (!load_kind(&r) || f->design.kind == CF_DESIGN_NONE)
        return;
    const struct needs *needs = &kinds[f->design.kind];
    check_need(&r, "draws", needs->draws);
    check_need(&r, "steps", needs->steps);
    check_need(&r, "file", needs->file);
    check_entries(&r, needs);
    check_steps(&r);
    if (needs->file && get(&r, "file") != NULL && f->n_uncertain > 0)
        cf_load_draws(model, get(&r, "file"), diag);
}
