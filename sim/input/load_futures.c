#include "input/future_parts.h"

#include "base/text.h"
#include "input/load.h"

#include <limits.h>
#include <string.h>

#define MOST_POINTS 1000000

/* ---- what is kept of draws ---- */

/* The name of a variable: lower case, digits and underscores. */
static int is_variable(const char *text, size_t length)
{
    return length > 0 && strspn(text, "abcdefghijklmnopqrstuvwxyz0123456789_") >= length;
}

/* "name", "name@report", "-name", "-*". Which variables there are the engine knows. */
static int read_retain(struct cf_arena *arena, const char *text, struct cf_retain *retain)
{
    const size_t length = strcspn(text, "@");
    retain->drop = text[0] == '-';
    retain->report = cf_text_same(text + length, "@report");
    const char *name = text + retain->drop;
    retain->variable = cf_arena_copy_n(arena, name, length - (size_t)retain->drop);
    if (retain->drop)
        return cf_text_same(name, "*") || is_variable(name, strlen(name));
    return is_variable(text, length) && (text[length] == '\0' || retain->report);
}

void cf_load_retain(struct cf_model *model, const struct cf_config *config, cf_diag *diag)
{
    struct cf_future *f = &model->scenario.future;
    const struct cf_node *node = cf_setting(config->root, CF_SCOPE_TOP, "retain");
    if (node == NULL)
        return;
    f->retain = CF_TAKE(&model->arena, (size_t)node->n_children + 1, struct cf_retain);
    for (const struct cf_node *item = cf_node_first_text(node); item != NULL;
         item = cf_node_next_text(node, item)) {
        struct cf_retain *retain = &f->retain[f->n_retain++];
        *retain = (struct cf_retain){.at = item->at};
        if (!read_retain(&model->arena, item->text, retain))
            cf_report(diag, CF_ERROR, "retain.form", item->at,
                      "\"name\", \"name@report\", \"-name\" or \"-*\"",
                      "'%s' in 'retain' names no variable to keep or leave", item->text);
    }
}

/* ---- how much it comes to ---- */

/* Points of the sweep and draws of the design, in doubles: they may be any number. */
static double count_points(const struct cf_future *f)
{
    double n = 1;
    for (int k = 0; k < f->n_sweeps; k++)
        n *= f->sweep[k].n;
    return n;
}

static double count_draws(const struct cf_future *f)
{
    const struct cf_design *design = &f->design;
    const double k = f->n_uncertain;
    double rows = 1;
    switch (design->kind) {
    case CF_DESIGN_NONE:
        return 0;
    case CF_DESIGN_MORRIS:
        return design->draws * (k + 1);
    case CF_DESIGN_SALTELLI:
        return design->draws * (k + 2);
    case CF_DESIGN_FILE:
        return design->n_rows;
    case CF_DESIGN_GRID:
        for (int i = 0; i < f->n_uncertain && rows <= CF_MOST_GRID; i++)
            rows *= design->steps;
        return rows <= CF_MOST_GRID ? rows : 0; /* that there are too many was said */
    default:
        return design->draws;
    }
}

static void check_size(const struct cf_future *f, const struct cf_config *config, cf_diag *diag)
{
    const double points = count_points(f), runs = points * (1 + count_draws(f));
    const struct cf_node *sweep = cf_setting(config->root, CF_SCOPE_TOP, "sweep");
    const struct cf_node *design = cf_setting(config->root, CF_SCOPE_TOP, "design");
    if (points > MOST_POINTS)
        cf_report(diag, CF_ERROR, "sweep.points", sweep->at, NULL,
                  "the sweep has %.0f points, more than %d", points, MOST_POINTS);
    else if (design != NULL && runs > INT_MAX)
        cf_report(diag, CF_ERROR, "design.runs", design->at, NULL,
                  "design and sweep make %.0f runs, more than %d", runs, INT_MAX);
}

void cf_load_future(struct cf_model *model, const struct cf_config *config, cf_diag *diag)
{
    cf_load_uncertain(model, config, diag);
    cf_load_correlations(model, config, diag);
    cf_load_risks(model, config, diag);
    cf_load_design(model, config, diag);
    cf_load_sweep(model, config, diag);
    cf_load_retain(model, config, diag);
    check_size(&model->scenario.future, config, diag);
}
