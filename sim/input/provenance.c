#include "input/tables.h"

#include <string.h>
#include <sys/stat.h>

/* sources.csv: where each table comes from, and how much it can be trusted. */

enum {
    TABLE_COLUMN,
    NATURE_COLUMN,
    PUBLISHER_COLUMN,
    TITLE_COLUMN,
    YEAR_COLUMN,
    LICENCE_COLUMN,
    REFERENCE_COLUMN,
    NOTE_COLUMN,
    N_COLUMNS
};

struct sources {
    struct cf_model *model;
    cf_diag *diag;
    struct cf_arena *scratch;
    struct cf_csv csv;
    int column[N_COLUMNS];
    int has_tables; /* else that was reported */
    int n_tables;
    const char **table; /* [n_tables] names of the files in tables/ */
    int *line;          /* [n_sources] */
};

static const char *text_of(const struct sources *s, int row, int k)
{
    return s->column[k] < 0 ? "" : cf_csv_cell(&s->csv, row, s->column[k]);
}

static struct cf_at at_of(const struct sources *s, int row, int k)
{
    return s->column[k] < 0 ? (struct cf_at){s->csv.path, s->csv.line[row], 0}
                            : cf_csv_at(&s->csv, row, s->column[k]);
}

/* A table, or another list of the place: options.csv, an axis. */
static int is_there(const struct sources *s, const char *name)
{
    static const char *const folders[] = {".", "axes"};
    for (int k = 0; k < s->n_tables; k++)
        if (cf_text_same(s->table[k], name))
            return 1;
    for (size_t k = 0; k < sizeof folders / sizeof *folders; k++) {
        struct stat status;
        const char *file = cf_arena_format(s->scratch, "%s/%s.csv", folders[k], name);
        if (!strchr(name, '/') &&
            stat(cf_path_join(s->scratch, s->model->scenario.place, file), &status) == 0)
            return 1;
    }
    return 0;
}

/* Whether the name is one that a table may have; any other is reported as such. */
static int is_known(const char *name)
{
    int field = cf_field_find(name);
    return (field >= 0 && cf_field_specs[field].n_dims) || cf_text_same(name, "parameters") ||
           cf_text_same(name, "split") || cf_text_same(name, "changes");
}

static void check_reference(const struct sources *s, int row)
{
    const char *table = text_of(s, row, TABLE_COLUMN);
    const char *reference = text_of(s, row, REFERENCE_COLUMN);
    static const char *const known[] = {"31 August", "30 June"};
    if (!*reference || cf_text_same(reference, known[0]))
        return;
    if (!cf_text_same(reference, known[1]))
        cf_report_near(s->diag, CF_ERROR, "sources.age_reference", at_of(s, row, REFERENCE_COLUMN),
                       reference, known, 2, "age_reference '%s' is neither 31 August nor 30 June",
                       reference);
    else if (!cf_text_same(table, cf_field_specs[CF_FIELD_population].name) &&
             !cf_text_same(table, cf_field_specs[CF_FIELD_external].name))
        cf_report(s->diag, CF_ERROR, "sources.age_reference", at_of(s, row, REFERENCE_COLUMN), NULL,
                  "ages at 30 June are for population and external only, not for '%s'", table);
}

static void check_nature(const struct sources *s, int row)
{
    static const char *const known[] = {"real", "estimated", "illustrative"};
    const char *nature = text_of(s, row, NATURE_COLUMN);
    for (int k = 0; k < 3; k++)
        if (cf_text_same(nature, known[k]))
            return;
    cf_report_near(s->diag, CF_ERROR, "sources.nature", at_of(s, row, NATURE_COLUMN), nature, known,
                   3, "nature '%s' is neither real, estimated nor illustrative", nature);
}

static void read_source(struct sources *s, int row)
{
    struct cf_model *model = s->model;
    const char *table = text_of(s, row, TABLE_COLUMN);
    struct cf_at at = at_of(s, row, TABLE_COLUMN);
    check_nature(s, row);
    check_reference(s, row);
    if (!*table) {
        cf_report(s->diag, CF_ERROR, "sources.table", at, NULL, "the name of the table is empty");
        return;
    }
    int before = cf_model_source(model, table);
    if (before >= 0) {
        cf_report(s->diag, CF_ERROR, "sources.twice", at, NULL,
                  "table '%s' is named twice, in lines %d and %d", table, s->line[before],
                  s->csv.line[row]);
        return;
    }
    if (s->has_tables && !is_there(s, table))
        cf_report_near(s->diag, CF_WARNING, "sources.table", at, table, s->table,
                       (size_t)s->n_tables, "there is no table '%s'", table);
    s->line[model->n_sources] = s->csv.line[row];
    struct cf_arena *arena = &model->arena;
    model->source[model->n_sources++] = (struct cf_source){
        .table = cf_arena_copy(arena, table),
        .publisher = cf_arena_copy(arena, text_of(s, row, PUBLISHER_COLUMN)),
        .title = cf_arena_copy(arena, text_of(s, row, TITLE_COLUMN)),
        .year = cf_arena_copy(arena, text_of(s, row, YEAR_COLUMN)),
        .licence = cf_arena_copy(arena, text_of(s, row, LICENCE_COLUMN)),
        .nature = cf_arena_copy(arena, text_of(s, row, NATURE_COLUMN)),
        .age_reference = cf_arena_copy(arena, text_of(s, row, REFERENCE_COLUMN)),
        .note = cf_arena_copy(arena, text_of(s, row, NOTE_COLUMN)),
    };
}

/* Read sources.csv. 0 where there is none, said once. */
static int read_sources(struct sources *s)
{
    static const char *const names[N_COLUMNS] = {"table", "nature",  "publisher",     "title",
                                                 "year",  "licence", "age_reference", "note"};
    const char *path = cf_path_join(&s->model->arena, s->model->scenario.place, "sources.csv");
    struct stat status;
    if (stat(path, &status) != 0) {
        cf_report(s->diag, CF_WARNING, "sources.missing", (struct cf_at){path, 0, 0}, NULL,
                  "there is no sources.csv: where the tables come from is unknown");
        return 0;
    }
    cf_csv_read(s->scratch, path, &s->csv, s->diag);
    if (s->csv.sha256[0])
        cf_model_read_file(s->model, "sources.csv", s->csv.sha256);
    s->model->source = CF_TAKE(&s->model->arena, (size_t)s->csv.n_rows, struct cf_source);
    s->line = CF_TAKE(s->scratch, (size_t)s->csv.n_rows, int);
    if (!cf_list_columns(&s->csv, names, N_COLUMNS, 2, s->column, CF_WARNING, s->diag))
        return 0;
    for (int row = 0; row < s->csv.n_rows; row++)
        read_source(s, row);
    return 1;
}

void cf_load_sources(struct cf_model *model, cf_diag *diag)
{
    struct cf_arena scratch;
    cf_arena_init(&scratch);
    struct sources s = {.model = model, .diag = diag, .scratch = &scratch};
    const char *folder = cf_path_join(&model->arena, model->scenario.place, "tables"), **file;
    int n_files = cf_folder_list(&scratch, folder, &file);
    s.has_tables = n_files >= 0;
    s.table = CF_TAKE(&scratch, n_files > 0 ? (size_t)n_files : 0, const char *);
    for (int k = 0; k < n_files; k++) {
        const char *name = cf_table_name(&scratch, file[k]);
        if (name)
            s.table[s.n_tables++] = name;
    }
    if (read_sources(&s))
        for (int k = 0; k < s.n_tables; k++)
            if (cf_model_source(model, s.table[k]) < 0 && is_known(s.table[k]))
                cf_report(
                    diag, CF_WARNING, "sources.none",
                    (struct cf_at){cf_path_join(&scratch, folder,
                                                cf_arena_format(&scratch, "%s.csv", s.table[k])),
                                   0, 0},
                    NULL, "no source: nature unknown");
    cf_arena_free(&scratch);
}
