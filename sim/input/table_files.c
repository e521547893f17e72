#include "input/tables.h"

#include <dirent.h>
#include <stdlib.h>
#include <string.h>

static int by_text(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

int cf_folder_list(struct cf_arena *arena, const char *folder, const char ***names)
{
    DIR *dir = opendir(folder);
    if (!dir)
        return -1;
    int n = 0, room = 64;
    const char **list = CF_TAKE(arena, (size_t)room, const char *);
    for (struct dirent *entry; (entry = readdir(dir));) {
        if (entry->d_name[0] == '.')
            continue;
        if (n == room) {
            const char **more = CF_TAKE(arena, (size_t)room * 2, const char *);
            memcpy(more, list, (size_t)n * sizeof *list);
            list = more;
            room *= 2;
        }
        list[n++] = cf_arena_copy(arena, entry->d_name);
    }
    closedir(dir);
    qsort(list, (size_t)n, sizeof *list, by_text);
    *names = list;
    return n;
}

const char *cf_table_name(struct cf_arena *arena, const char *file)
{
    size_t length = strlen(file);
    if (length < 5 || !cf_text_same(file + length - 4, ".csv"))
        return NULL;
    return cf_arena_copy_n(arena, file, length - 4);
}

const char *cf_table_path(struct cf_tables *all, const char *name)
{
    struct cf_arena *arena = &all->model->arena;
    int field = cf_field_find(name);
    if (field >= 0 && all->model->scenario.instead[field])
        return all->model->scenario.instead[field];
    return cf_path_join(arena, all->folder, cf_arena_format(arena, "%s.csv", name));
}

enum cf_status cf_tables_read(struct cf_tables *all, struct cf_arena *arena, const char *name,
                              struct cf_csv *csv)
{
    enum cf_status status = cf_csv_read(arena, cf_table_path(all, name), csv, all->diag);
    if (csv->sha256[0])
        cf_model_read_file(all->model, cf_arena_format(&all->model->arena, "tables/%s.csv", name),
                           csv->sha256);
    return status;
}

int cf_list_columns(const struct cf_csv *csv, const char *const *names, int n, int n_needed,
                    int *column, enum cf_severity unknown, cf_diag *diag)
{
    int all_there = 1;
    for (int k = 0; k < n; k++) {
        column[k] = cf_csv_column(csv, names[k]);
        if (column[k] < 0 && k < n_needed) {
            all_there = 0;
            if (csv->n_columns)
                cf_report(diag, CF_ERROR, "table.column", (struct cf_at){csv->path, 1, 0}, NULL,
                          "there is no column '%s'", names[k]);
        }
    }
    for (int c = 0; c < csv->n_columns; c++) {
        int known = cf_text_same(csv->column[c], "note") || cf_text_same(csv->column[c], "source");
        for (int k = 0; k < n; k++)
            known |= column[k] == c;
        if (!known)
            cf_report_near(diag, unknown, "table.column",
                           (struct cf_at){csv->path, 1, csv->column_at[c]}, csv->column[c], names,
                           (size_t)n, "unknown column '%s'", csv->column[c]);
    }
    return all_there;
}
