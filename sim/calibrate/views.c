#include "calibrate/base_year.h"
#include "calibrate/check.h"

#include "base/text.h"
#include "model/view.h"

#include <math.h>

/* Views of young people that count for nothing are said to: nobody should believe that they do.
 * MODEL.md 2.6. */

#define MOST_SHOWN 5

struct list {
    size_t n;
    struct cf_text text;
};

static void add(struct list *list, const struct cf_model *model, int a, int s)
{
    if (++list->n > MOST_SHOWN)
        return;
    cf_text_format(&list->text, "%sarea '%s', status '%s'", list->n > 1 ? "; " : "",
                   model->axis[CF_AXIS_AREA].codes.name[a],
                   model->axis[CF_AXIS_STATUS].codes.name[s]);
}

static void report(struct list *list, struct cf_at at, const char *code, const char *why,
                   cf_diag *diag)
{
    struct cf_text more = {0};
    cf_text_add(&more, "");
    if (list->n > MOST_SHOWN)
        cf_text_format(&more, "; and %zu more", list->n - MOST_SHOWN);
    if (list->n)
        cf_report(diag, CF_NOTICE, code, at, NULL, "views do not count where %s: %s%s", why,
                  list->text.data, more.data);
    cf_text_free(&more);
    cf_text_free(&list->text);
}

/* Whether theta is above 0 in some year, levers included. */
static int ever_count(struct cf_base_year *base)
{
    for (int y = 0; y < base->e->Y; y++) {
        cf_bind_year(&base->binding, y, &base->in);
        if (base->in.theta[0][0] > 0)
            return 1;
    }
    return 0;
}

/* Persons at choice_age in each status of an area: [status]. */
static void count_statuses(const struct cf_base_year *base, const double *stock, double *status)
{
    const struct cf_extent *e = base->e;
    for (int s = 0; s < e->S; s++)
        status[s] = 0;
    for (int g = 0; g < e->G; g++)
        for (int l = 0; l < e->L; l++)
            for (int s = 0; s < e->S; s++)
                status[s] += stock[cf_row_at(e, g, e->choice_x, l) + (size_t)s];
}

void cf_check_views(const struct cf_model *model, cf_diag *diag)
{
    const struct cf_field *field = &model->field[CF_FIELD_views];
    const struct cf_at at = {.path = field->path};
    struct list absent = {0}, unrevealed = {0};
    struct cf_base_year base;
    struct cf_arena arena;
    if (!field->path || !*field->path)
        return;
    cf_arena_init(&arena);
    cf_base_year_init(&base, model, &arena);
    double *stock = CF_TAKE(&arena, cf_row_at(base.e, base.e->G, 0, 0), double);
    double *status = CF_TAKE(&arena, (size_t)base.e->S, double);
    const int S = base.e->S, count = ever_count(&base);
    if (!count)
        cf_report(diag, CF_NOTICE, "views.theta", at, NULL,
                  "views are given and ignored: theta is 0");
    cf_bind_year(&base.binding, 0, &base.in);
    for (int a = 0; a < base.e->A && count; a++) {
        cf_base_year_area(&base, a, stock);
        count_statuses(&base, stock, status);
        for (int s = 0; s < S; s++)
            if (isnan(base.in.views[VIEW2(a, s, S)][0]))
                add(&absent, model, a, s);
            else if (!(status[s] > 0))
                add(&unrevealed, model, a, s);
    }
    report(&absent, at, "views.absent", "they are not given", diag);
    report(&unrevealed, at, "views.unrevealed", "nobody is in the base stock at choice_age", diag);
    cf_arena_free(&arena);
}
