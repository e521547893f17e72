#include "input/list_cells.h"

#include "base/text.h"
#include "input/tables.h"

#include <limits.h>
#include <math.h>
#include <sys/stat.h>

int cf_list_open(struct cf_list *list, const struct cf_node *setting, const char *name,
                 const char *const *columns, int n, int n_needed)
{
    struct cf_model *m = list->model;
    const char *path =
        setting
            ? cf_path_join(&m->arena, cf_path_folder(&m->arena, setting->at.path), setting->text)
            : cf_path_join(&m->arena, m->scenario.place, name);
    struct stat is;
    list->name = columns;
    if (!setting && lstat(path, &is) != 0)
        return 0;
    cf_csv_read(&m->arena, path, &list->csv, list->diag);
    if (list->csv.sha256[0])
        cf_model_read_file(m, cf_model_file_name(m, path), list->csv.sha256);
    return cf_list_columns(&list->csv, columns, n, n_needed, list->column, CF_ERROR, list->diag);
}

const char *cf_list_text(const struct cf_list *list, int row, int k)
{
    return list->column[k] < 0 ? "" : cf_csv_cell(&list->csv, row, list->column[k]);
}

struct cf_at cf_list_at(const struct cf_list *list, int row, int k)
{
    return cf_csv_at(&list->csv, row, list->column[k] < 0 ? 0 : list->column[k]);
}

static int is_missing(const struct cf_list *list, int row, int k)
{
    cf_report(list->diag, CF_ERROR, "list.empty", cf_list_at(list, row, k), NULL, "%s is empty",
              list->name[k]);
    return 0;
}

static int is_outside(const struct cf_list *list, int row, int k, double low, double high)
{
    char from[CF_NUMBER_ROOM], to[CF_NUMBER_ROOM];
    cf_number_text(from, low);
    if (high < HUGE_VAL)
        cf_report(list->diag, CF_ERROR, "list.bounds", cf_list_at(list, row, k), NULL,
                  "%s is %s, it must be from %s to %s", list->name[k], cf_list_text(list, row, k),
                  from, cf_number_text(to, high));
    else
        cf_report(list->diag, CF_ERROR, "list.bounds", cf_list_at(list, row, k), NULL,
                  "%s is %s, it cannot be below %s", list->name[k], cf_list_text(list, row, k),
                  from);
    return 0;
}

int cf_list_number(const struct cf_list *list, int row, int k, double low, double high,
                   double otherwise, double *value)
{
    const char *text = cf_list_text(list, row, k);
    *value = otherwise;
    if (!*text)
        return isnan(otherwise) ? is_missing(list, row, k) : 1;
    if (!cf_parse_double(text, value)) {
        cf_report(list->diag, CF_ERROR, "list.number", cf_list_at(list, row, k), NULL, "'%s' %s",
                  text, cf_double_fault(text));
        return 0;
    }
    return *value >= low && *value <= high ? 1 : is_outside(list, row, k, low, high);
}

int cf_list_whole(const struct cf_list *list, int row, int k, int low, int high, int otherwise,
                  int *value)
{
    const char *text = cf_list_text(list, row, k);
    *value = otherwise;
    if (!*text)
        return otherwise == CF_LIST_NEEDED_WHOLE ? is_missing(list, row, k) : 1;
    if (!cf_parse_int(text, value)) {
        cf_report(list->diag, CF_ERROR, "list.whole", cf_list_at(list, row, k), NULL,
                  "%s is '%s', it must be a whole number", list->name[k], text);
        return 0;
    }
    return *value >= low && *value <= high ? 1 : is_outside(list, row, k, low, high);
}

int cf_list_member(const struct cf_list *list, int row, int k, enum cf_axis_id id, int *member)
{
    const struct cf_axis *axis = &list->model->axis[id];
    const char *code = cf_list_text(list, row, k);
    char room[CF_LABEL_HELP_ROOM];
    *member = *code ? cf_names_find(&axis->codes, code) : -1;
    if (!*code || *member >= 0 || axis->doubtful)
        return 1;
    const char *help = cf_axis_label_help(axis, code, room, sizeof room);
    if (help)
        cf_report(list->diag, CF_ERROR, "table.member", cf_list_at(list, row, k), help,
                  "unknown %s '%s'", axis->name, code);
    else
        cf_report_near(list->diag, CF_ERROR, "table.member", cf_list_at(list, row, k), code,
                       axis->codes.name, (size_t)axis->n, "unknown %s '%s'", axis->name, code);
    return 0;
}

int cf_list_word(const struct cf_list *list, int row, int k, const char *const *words, int n,
                 int *word)
{
    const char *text = cf_list_text(list, row, k);
    for (*word = 0; *word < n; (*word)++)
        if (cf_text_same(text, words[*word]))
            return 1;
    *word = 0;
    if (!*text)
        return is_missing(list, row, k);
    cf_report_near(list->diag, CF_ERROR, "list.word", cf_list_at(list, row, k), text, words,
                   (size_t)n, "%s cannot be '%s'", list->name[k], text);
    return 0;
}

int cf_list_code(const struct cf_list *list, int row, int k)
{
    const char *code = cf_list_text(list, row, k);
    if (!*code)
        return is_missing(list, row, k);
    for (int before = 0; before < row; before++)
        if (cf_text_same(cf_list_text(list, before, k), code)) {
            cf_report(list->diag, CF_ERROR, "list.twice", cf_list_at(list, row, k), NULL,
                      "%s '%s' is there already, in line %d", list->name[k], code,
                      list->csv.line[before]);
            return 0;
        }
    return 1;
}
