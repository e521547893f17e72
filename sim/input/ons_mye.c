#include "input/ons_mye_parts.h"

#include "base/text.h"

#include <math.h>
#include <string.h>

/* Columns of a file, as numbers; -1: not there. */
struct columns {
    int area, type, sex, age, year, population, births, other;
    int deaths, in, out, abroad_in, abroad_out;
};

static struct columns find_columns(const struct cf_mye_layout *l, const struct cf_csv *csv)
{
    const struct columns none = {-1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1};
    struct columns c = none;
    c.area = cf_csv_column(csv, l->area);
    c.year = cf_csv_column(csv, "year");
    c.population = cf_csv_column(csv, l->population);
    c.type = l->type ? cf_csv_column(csv, l->type) : -1;
    c.sex = l->sex ? cf_csv_column(csv, l->sex) : -1;
    c.age = l->age ? cf_csv_column(csv, l->age) : -1;
    if (l->births) {
        c.births = cf_csv_column(csv, "births");
        c.other = cf_csv_column(csv, "other_change");
    }
    if (l->moves) {
        c.deaths = cf_csv_column(csv, "deaths");
        c.in = cf_csv_column(csv, "internal_in");
        c.out = cf_csv_column(csv, "internal_out");
        c.abroad_in = cf_csv_column(csv, "international_in");
        c.abroad_out = cf_csv_column(csv, "international_out");
    }
    return c;
}

static void bad(struct cf_mye_reading *r, const struct cf_csv *csv, int i, int column,
                const char *what)
{
    cf_report(r->diag, CF_ERROR, "import.value", cf_csv_at(csv, i, column), NULL, "'%s' is no %s",
              cf_csv_cell(csv, i, column), what);
}

/* A number; what is no number is counted by its symbol and told once a file. */
static double number(struct cf_mye_reading *r, const struct cf_csv *csv, int i, int column)
{
    double value = 0;
    if (column < 0 || cf_parse_double(cf_csv_cell(csv, i, column), &value))
        return value;
    if (r->n_suppressed++ == 0)
        r->suppressed = cf_csv_at(csv, i, column);
    const char *text = cf_csv_cell(csv, i, column);
    cf_names_add(&r->symbols, *text ? text : "(empty)");
    return 0;
}

static int meant(const struct cf_mye_ask *ask, const char *type)
{
    for (int k = 0; k < ask->n_types; k++)
        if (cf_text_same(ask->type[k], type))
            return 1;
    return ask->n_types == 0;
}

static int sex_of(struct cf_mye_reading *r, const struct cf_csv *csv, int i, int column)
{
    static const char *const names[][2] = {{"female", "F"}, {"male", "M"}, {"persons", "P"}};
    if (column < 0)
        return CF_MYE_PERSONS;
    const char *text = cf_csv_cell(csv, i, column);
    for (int k = 0; k < 3; k++)
        if (!strcasecmp(text, names[k][0]) || !strcasecmp(text, names[k][1]))
            return k;
    bad(r, csv, i, column, "sex");
    return -1;
}

static void keep(struct cf_mye_reading *r, const struct cf_mye_row *row)
{
    struct cf_mye *m = r->mye;
    if (m->n_rows == r->room) {
        const size_t room = r->room ? 2 * r->room : 4096;
        struct cf_mye_row *more = CF_TAKE(r->arena, room, struct cf_mye_row);
        if (m->n_rows)
            memcpy(more, m->row, m->n_rows * sizeof *more);
        m->row = more;
        r->room = room;
    }
    m->row[m->n_rows++] = *row;
}

/* Whether the row is one that is asked for; its entity, year and age. */
static int wanted(struct cf_mye_reading *r, const struct cf_csv *csv, const struct columns *c,
                  int i, struct cf_mye_row *row)
{
    const char *area = cf_csv_cell(csv, i, c->area);
    if (c->type >= 0 && !meant(r->ask, cf_csv_cell(csv, i, c->type))) {
        r->mye->n_others++;
        return 0;
    }
    row->age = -1;
    if (!cf_parse_int(cf_csv_cell(csv, i, c->year), &row->year)) {
        bad(r, csv, i, c->year, "year");
        return 0;
    }
    if (c->age >= 0 && (!cf_parse_int(cf_csv_cell(csv, i, c->age), &row->age) || row->age < 0)) {
        bad(r, csv, i, c->age, "age");
        return 0;
    }
    row->entity = cf_mye_entity(r, area);
    r->mye->n_later += row->year > r->ask->base_year;
    r->mye->n_older += row->year <= r->ask->base_year && row->age > r->ask->last_age;
    if (row->year > r->ask->base_year || row->age > r->ask->last_age)
        return 0;
    if (row->entity < 0 && !r->ask->only)
        cf_names_add(&r->unknown, area);
    r->mye->n_others += row->entity < 0;
    return row->entity >= 0;
}

static void read_row(struct cf_mye_reading *r, const struct cf_csv *csv, const struct columns *c,
                     int i)
{
    struct cf_mye_row row = {.parts = CF_MYE_POPULATION, .file = r->mye->n_layouts - 1};
    if (!wanted(r, csv, c, i, &row) || (row.sex = sex_of(r, csv, i, c->sex)) < 0)
        return;
    row.origin = cf_names_add(&r->origin, cf_csv_cell(csv, i, c->area));
    row.population = number(r, csv, i, c->population);
    /* The first year of a series has no year before it, and its changes are empty. */
    const int first = c->births >= 0 && !*cf_csv_cell(csv, i, c->births);
    if (c->deaths >= 0 && !first) {
        row.deaths = number(r, csv, i, c->deaths);
        row.net = number(r, csv, i, c->in) - number(r, csv, i, c->out) +
                  number(r, csv, i, c->abroad_in) - number(r, csv, i, c->abroad_out);
        row.parts |= CF_MYE_MOVES;
    }
    if (c->births >= 0 && !first) {
        row.births = number(r, csv, i, c->births);
        const char *other = cf_csv_cell(csv, i, c->other);
        row.net += *other ? number(r, csv, i, c->other) : 0;
        row.parts |= CF_MYE_BIRTHS;
    }
    keep(r, &row);
}

static const char *listed(struct cf_mye_reading *r, const struct cf_names *names)
{
    struct cf_text text = {0};
    for (int k = 0; k < names->n; k++)
        cf_text_format(&text, "%s'%s'", k ? ", " : "", names->name[k]);
    const char *copy = cf_arena_copy(r->arena, text.data ? text.data : "");
    cf_text_free(&text);
    return copy;
}

static void tell(struct cf_mye_reading *r, const struct cf_csv *csv)
{
    if (r->unknown.n)
        cf_report(r->diag, CF_ERROR, "import.unknown", (struct cf_at){.path = csv->path},
                  "name them in the areas, map them by --crosswalk, choose with --type, or leave "
                  "out what is of other areas with --only",
                  "%d areas are not of the place: %s", r->unknown.n, listed(r, &r->unknown));
    if (r->n_suppressed)
        cf_report(r->diag, CF_ERROR, "import.suppressed", r->suppressed,
                  "they hide a number that is needed: find a table without them",
                  "%zu cells hold no number but %s, the first here", r->n_suppressed,
                  listed(r, &r->symbols));
}

void cf_mye_file(struct cf_mye_reading *r, const char *path)
{
    struct cf_csv csv;
    cf_csv_read(r->arena, path, &csv, r->diag);
    if (!csv.n_columns)
        return;
    const struct cf_mye_layout *layout = cf_mye_layout_find(&csv);
    if (!layout) {
        cf_report(r->diag, CF_ERROR, "import.layout", (struct cf_at){path, 1, 0},
                  cf_mye_layouts_text(r->arena), "the columns are those of no table that is known");
        return;
    }
    const struct columns columns = find_columns(layout, &csv);
    cf_names_init(&r->unknown, r->arena);
    cf_names_init(&r->symbols, r->arena);
    r->n_suppressed = 0;
    r->mye->layout[r->mye->n_layouts++] = layout->name;
    for (int i = 0; i < csv.n_rows; i++)
        read_row(r, &csv, &columns, i);
    tell(r, &csv);
}

enum cf_status cf_mye_read(struct cf_arena *arena, const char *const *file, int n_files,
                           const struct cf_mye_ask *ask, struct cf_mye *mye, cf_diag *diag)
{
    struct cf_mye_reading r = {.arena = arena, .ask = ask, .mye = mye, .diag = diag};
    const size_t before = cf_diag_count(diag, CF_ERROR);
    *mye = (struct cf_mye){.layout = CF_TAKE(arena, (size_t)n_files, const char *)};
    if (cf_mye_areas(&r) != CF_OK)
        return CF_BAD_INPUT;
    for (int k = 0; k < n_files; k++)
        cf_mye_file(&r, file[k]);
    if (cf_diag_count(diag, CF_ERROR) == before)
        cf_mye_settle(&r);
    return cf_diag_count(diag, CF_ERROR) > before ? CF_BAD_INPUT : CF_OK;
}
