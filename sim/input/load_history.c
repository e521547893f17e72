#include "input/load_history.h"

#include "base/text.h"
#include "input/tables.h"

#include <math.h>
#include <sys/stat.h>

enum { YEAR, AREA, GROUP, AGE, FIRST_NUMBER, MOST_COLUMNS = 6 };
enum { MOST_AGE = 120 };

/* One of the files: its columns, and what its numbers become. */
struct kind {
    const char *file;
    int by_age, needed, n_columns;
    const char *column[MOST_COLUMNS];
};
static const struct kind kinds[] = {
    {"population.csv", 1, 1, 5, {"year", "area", "group", "age", "value"}},
    {"components.csv", 1, 0, 6, {"year", "area", "group", "age", "deaths", "net"}},
    {"totals.csv", 0, 0, 5, {"year", "area", "population", "births", "moved"}},
};
enum { POPULATION, COMPONENTS, TOTALS, N_KINDS };

struct row {
    int file, line, year, entity, group, age;
    double number[3];
};

struct reading {
    struct cf_model *model;
    struct cf_history *history;
    cf_diag *diag;
    int last_year;
    struct cf_csv csv[N_KINDS];
    struct row *row;
    size_t n_rows;
};

static int open_file(struct reading *r, int k, const char *folder, int *column)
{
    struct cf_arena *arena = &r->model->arena;
    const char *path = cf_path_join(arena, folder, kinds[k].file);
    struct stat is;
    if (!kinds[k].needed && stat(path, &is) != 0)
        return 0;
    cf_csv_read(arena, path, &r->csv[k], r->diag);
    return cf_list_columns(&r->csv[k], kinds[k].column, kinds[k].n_columns, kinds[k].n_columns,
                           column, CF_ERROR, r->diag);
}

static int whole(const struct reading *r, int k, int i, int column, int low, int high, int *value)
{
    const char *text = cf_csv_cell(&r->csv[k], i, column);
    if (cf_parse_int(text, value) && *value >= low && *value <= high)
        return 1;
    cf_report(r->diag, CF_ERROR, "history.number", cf_csv_at(&r->csv[k], i, column), NULL,
              "'%s' is not a whole number from %d to %d", text, low, high);
    return 0;
}

static int group_of(const struct reading *r, int k, int i, int column, int *group)
{
    const struct cf_axis *axis = &r->model->axis[CF_AXIS_GROUP];
    const char *text = cf_csv_cell(&r->csv[k], i, column);
    *group = cf_names_find(&axis->codes, text);
    if (*group < 0)
        cf_report_near(r->diag, CF_ERROR, "history.group", cf_csv_at(&r->csv[k], i, column), text,
                       axis->codes.name, (size_t)axis->n, "unknown group '%s'", text);
    return *group >= 0;
}

/* An empty cell is not known, which only totals may be. */
static int number(const struct reading *r, int k, int i, int column, double *value)
{
    const char *text = cf_csv_cell(&r->csv[k], i, column);
    *value = NAN;
    if (cf_parse_double(text, value) || (k == TOTALS && !*text))
        return 1;
    cf_report(r->diag, CF_ERROR, "history.number", cf_csv_at(&r->csv[k], i, column), NULL,
              "'%s' is not a number", text);
    return 0;
}

static void read_row(struct reading *r, int k, int i, const int *column)
{
    struct row row = {.file = k, .line = r->csv[k].line[i]};
    const int numbers = kinds[k].by_age ? FIRST_NUMBER : GROUP;
    int good = whole(r, k, i, column[YEAR], CF_FIRST_YEAR, CF_LAST_YEAR, &row.year);
    if (kinds[k].by_age) {
        good &= group_of(r, k, i, column[GROUP], &row.group);
        good &= whole(r, k, i, column[AGE], 0, MOST_AGE, &row.age);
    }
    for (int c = numbers; c < kinds[k].n_columns; c++)
        good &= number(r, k, i, column[c], &row.number[c - numbers]);
    if (!good)
        return;
    if (row.year > r->last_year) {
        r->history->n_later++;
        return;
    }
    row.entity = cf_names_add(&r->history->entity, cf_csv_cell(&r->csv[k], i, column[AREA]));
    r->row[r->n_rows++] = row;
}

static double *take(struct reading *r, size_t n)
{
    double *value = CF_TAKE(&r->model->arena, n, double);
    for (size_t i = 0; i < n; i++)
        value[i] = NAN;
    return value;
}

static void shape(struct reading *r)
{
    struct cf_history *h = r->history;
    h->first_year = r->last_year;
    h->E = h->entity.n;
    h->G = r->model->axis[CF_AXIS_GROUP].n;
    h->X = r->model->scenario.last_age + 1;
    for (size_t i = 0; i < r->n_rows; i++)
        if (r->row[i].year < h->first_year)
            h->first_year = r->row[i].year;
    h->n_years = r->last_year - h->first_year + 1;
    const size_t all = (size_t)h->n_years * (size_t)h->E, cells = all * (size_t)(h->G * h->X);
    h->stock = take(r, cells);
    h->deaths = take(r, cells);
    h->net = take(r, cells);
    h->total = take(r, all);
    h->births = take(r, all);
    h->moved = take(r, all);
}

static void put(struct reading *r, const struct row *row, double *field, size_t cell, int k)
{
    if (!isnan(field[cell]))
        cf_report(r->diag, CF_ERROR, "history.twice",
                  (struct cf_at){r->csv[row->file].path, row->line, 0}, NULL,
                  "'%s' is given a second time for %d", r->history->entity.name[row->entity],
                  row->year);
    field[cell] = row->number[k];
}

static void fill(struct reading *r)
{
    struct cf_history *h = r->history;
    for (size_t i = 0; i < r->n_rows; i++) {
        const struct row *row = &r->row[i];
        const int y = row->year - h->first_year;
        if (row->file == TOTALS) {
            const size_t cell = cf_history_all(h, y, row->entity);
            put(r, row, h->total, cell, 0);
            h->births[cell] = row->number[1];
            h->moved[cell] = row->number[2];
        } else if (row->age < h->X) {
            const size_t cell = cf_history_cell(h, y, row->entity, row->group, row->age);
            put(r, row, row->file == POPULATION ? h->stock : h->deaths, cell, 0);
            if (row->file == COMPONENTS)
                h->net[cell] = row->number[1];
        }
    }
}

enum cf_status cf_load_history(struct cf_model *model, const char *folder, int last_year,
                               struct cf_history *history, cf_diag *diag)
{
    struct reading r = {model, history, diag, last_year, .n_rows = 0};
    const struct cf_axis *areas = &model->axis[CF_AXIS_AREA];
    const size_t before = cf_diag_count(diag, CF_ERROR);
    int column[N_KINDS][MOST_COLUMNS], there[N_KINDS];
    size_t room = 1;
    *history = (struct cf_history){.n_areas = areas->n};
    cf_names_init(&history->entity, &model->arena);
    for (int a = 0; a < areas->n; a++)
        cf_names_add(&history->entity, areas->codes.name[a]);
    for (int k = 0; k < N_KINDS; k++) {
        there[k] = open_file(&r, k, folder, column[k]);
        room += there[k] ? (size_t)r.csv[k].n_rows : 0;
    }
    r.row = CF_TAKE(&model->arena, room, struct row);
    for (int k = 0; k < N_KINDS; k++)
        for (int i = 0; there[k] && i < r.csv[k].n_rows; i++)
            read_row(&r, k, i, column[k]);
    shape(&r);
    fill(&r);
    return cf_diag_count(diag, CF_ERROR) > before ? CF_BAD_INPUT : CF_OK;
}
