#include "input/future_parts.h"

#include "input/tables.h"

#include <math.h>

/* A design of kind file: a CSV of draws, a column an uncertain entry, values. MODEL.md 5. */
struct reading {
    struct cf_model *model;
    struct cf_future *future;
    struct cf_csv csv;
    int *column; /* [entries] of the file */
    struct cf_caps caps;
    cf_diag *diag;
};

/* The value itself is given, and once: nothing is left to draw. */
static void check_entries(const struct reading *r)
{
    const struct cf_future *f = r->future;
    for (int k = 0; k < f->n_uncertain; k++) {
        const struct cf_uncertain *u = &f->uncertain[k];
        int by = 0;
        for (int d = 0; d < CF_MOST_DIMS; d++)
            by |= u->by[d];
        if (by || !isnan(u->ar1))
            cf_report(
                r->diag, CF_ERROR, "draws.entry", u->at, NULL,
                "uncertain entry '%s' has '%s', a design of kind 'file' gives one value a draw",
                u->name, by ? "by" : "ar1");
    }
}

static void read_value(struct reading *r, int row, int k)
{
    const struct cf_uncertain *u = &r->future->uncertain[k];
    const struct cf_at at = cf_csv_at(&r->csv, row, r->column[k]);
    const char *text = cf_csv_cell(&r->csv, row, r->column[k]);
    double value = 0;
    if (!cf_parse_double(text, &value)) {
        if (cf_caps_show(&r->caps, CF_WRONG_VALUE, at))
            cf_report(r->diag, CF_ERROR, "draws.value", at, NULL, "'%s' %s", text,
                      *text ? cf_double_fault(text) : "is no value");
    } else if ((value < u->min || value > u->max) && cf_caps_show(&r->caps, CF_WRONG_BOUNDS, at)) {
        char low[CF_NUMBER_ROOM], high[CF_NUMBER_ROOM];
        cf_report(r->diag, CF_ERROR, "draws.value", at, NULL,
                  "%s is not between min and max of uncertain entry '%s', %s and %s", text, u->name,
                  u->min > -HUGE_VAL ? cf_number_text(low, u->min) : "none",
                  u->max < HUGE_VAL ? cf_number_text(high, u->max) : "none");
    }
    r->future->design.row[(size_t)row * (size_t)r->future->n_uncertain + (size_t)k] = value;
}

void cf_load_draws(struct cf_model *model, const struct cf_node *file, cf_diag *diag)
{
    struct cf_future *f = &model->scenario.future;
    struct cf_arena scratch;
    struct reading r = {.model = model, .future = f, .diag = diag};
    const char *folder = cf_path_folder(&model->arena, file->at.path);
    const char *path = cf_path_join(&model->arena, folder, file->text);
    const int n = f->n_uncertain;
    cf_arena_init(&scratch);
    check_entries(&r);
    cf_csv_read(&scratch, path, &r.csv, diag);
    r.csv.path = path; /* lasts longer than the file's cells */
    if (r.csv.sha256[0])
        cf_model_read_file(model, cf_model_file_name(model, path), r.csv.sha256);
    r.column = CF_TAKE(&scratch, (size_t)n, int);
    if (cf_list_columns(&r.csv, cf_uncertain_names(model), n, n, r.column, CF_ERROR, diag)) {
        f->design.n_rows = r.csv.n_rows;
        f->design.row = CF_TAKE(&model->arena, (size_t)r.csv.n_rows * (size_t)n, double);
        for (int row = 0; row < r.csv.n_rows; row++)
            for (int k = 0; k < n; k++)
                read_value(&r, row, k);
        if (r.csv.n_rows == 0)
            cf_report(diag, CF_ERROR, "draws.none", (struct cf_at){path, 0, 0}, NULL,
                      "there are no draws");
        cf_caps_rest(&r.caps, diag);
    }
    cf_arena_free(&scratch);
}
