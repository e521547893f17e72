#include "input/ons_mye_parts.h"

#include "base/text.h"

/* The areas of the place, what they belong to, and codes that became others. */

static int needed(struct cf_mye_reading *r, const struct cf_csv *csv, const char *column)
{
    const int k = cf_csv_column(csv, column);
    if (k < 0 && csv->n_columns)
        cf_report(r->diag, CF_ERROR, "import.column", (struct cf_at){csv->path, 1, 0}, NULL,
                  "there is no column '%s'", column);
    return k;
}

static void name_it(struct cf_mye_reading *r, const char *label, int entity, int *room)
{
    if (!*label || cf_names_find(&r->labels, label) >= 0)
        return;
    const int k = cf_names_add(&r->labels, label);
    if (k < *room)
        r->label_entity[k] = entity;
}

static void read_areas(struct cf_mye_reading *r)
{
    const struct cf_csv *csv = &r->mye->areas;
    const int code = needed(r, csv, "code"), label = cf_csv_column(csv, "label");
    const int parent = r->ask->parent ? cf_csv_column(csv, r->ask->parent) : -1;
    int room = 4 * csv->n_rows + 1;
    r->label_entity = CF_TAKE(r->arena, (size_t)room, int);
    for (int i = 0; code >= 0 && i < csv->n_rows; i++) {
        const char *text = cf_csv_cell(csv, i, code);
        if (!*text || cf_names_find(&r->mye->entity, text) >= 0)
            cf_report(r->diag, CF_ERROR, "import.area", cf_csv_at(csv, i, code), NULL,
                      *text ? "area '%s' is given twice" : "an area has no code%s", text);
        cf_names_add(&r->mye->entity, text);
    }
    r->mye->n_areas = r->mye->entity.n;
    for (int i = 0; code >= 0 && i < csv->n_rows; i++) {
        name_it(r, cf_csv_cell(csv, i, code), i, &room);
        if (parent >= 0 && *cf_csv_cell(csv, i, parent))
            name_it(r, cf_csv_cell(csv, i, parent),
                    cf_names_add(&r->mye->entity, cf_csv_cell(csv, i, parent)), &room);
    }
    for (int i = 0; label >= 0 && code >= 0 && i < csv->n_rows; i++)
        name_it(r, cf_csv_cell(csv, i, label), i, &room);
}

static void read_crosswalk(struct cf_mye_reading *r)
{
    struct cf_csv csv;
    cf_csv_read(r->arena, r->ask->crosswalk, &csv, r->diag);
    const int old = needed(r, &csv, "old"), renamed = needed(r, &csv, "new");
    r->renamed = CF_TAKE(r->arena, (size_t)csv.n_rows + 1, const char *);
    for (int i = 0; old >= 0 && renamed >= 0 && i < csv.n_rows; i++) {
        const char *text = cf_csv_cell(&csv, i, old);
        if (cf_names_find(&r->old, text) >= 0)
            cf_report(r->diag, CF_ERROR, "import.crosswalk", cf_csv_at(&csv, i, old), NULL,
                      "'%s' becomes two areas, people cannot be split", text);
        else
            r->renamed[cf_names_add(&r->old, text)] = cf_csv_cell(&csv, i, renamed);
    }
}

enum cf_status cf_mye_areas(struct cf_mye_reading *r)
{
    const size_t before = cf_diag_count(r->diag, CF_ERROR);
    cf_names_init(&r->mye->entity, r->arena);
    cf_names_init(&r->labels, r->arena);
    cf_names_init(&r->old, r->arena);
    cf_names_init(&r->origin, r->arena);
    cf_csv_read(r->arena, r->ask->areas, &r->mye->areas, r->diag);
    read_areas(r);
    if (r->ask->crosswalk)
        read_crosswalk(r);
    return cf_diag_count(r->diag, CF_ERROR) > before ? CF_BAD_INPUT : CF_OK;
}

int cf_mye_entity(const struct cf_mye_reading *r, const char *text)
{
    int k = cf_names_find(&r->labels, text);
    const int old = k < 0 ? cf_names_find(&r->old, text) : -1;
    if (old >= 0)
        k = cf_names_find(&r->labels, r->renamed[old]);
    return k < 0 ? -1 : r->label_entity[k];
}
