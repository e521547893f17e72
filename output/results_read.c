#include <cohortflow/results.h>

#include "base/diag.h"
#include "base/text.h"
#include "output/h5.h"

#include <assert.h>
#include <errno.h>
#include <fcntl.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { SUPERBLOCK_BYTES = 48, END_OF_FILE_AT = 28 };

/* An attribute of the members of an axis. */
struct member_attribute {
    const char *axis, *name;
    const char **code;
};

/* A dataset of texts. */
struct text_list {
    const char *name;
    const char *const *line;
    size_t n;
};

struct cf_results {
    struct cf_arena arena;
    const char *path;
    cf_h5 *h5;
    const struct cf_h5_dataset *dataset; /* all of the file */
    int n_datasets;
    const struct cf_h5_dataset **root; /* those of the root, in order of creation */
    size_t n_root;
    struct cf_results_dim *dim;
    size_t n_dims;
    struct cf_results_variable *variable;
    const struct cf_h5_dataset **of_variable;
    size_t n_variables;
    struct member_attribute *attribute;
    size_t n_attributes;
    struct cf_h5_attribute *text;
    size_t n_texts;
    struct text_list *list; /* of /provenance */
    size_t n_lists;
};

/* ---- what is wrong ---- */

static enum cf_status bad(const struct cf_results *r, cf_diag *diag, const char *what,
                          const char *detail)
{
    cf_report(diag, CF_ERROR, "results.bad", (struct cf_at){.path = r->path},
              "a results file is made by `cohortflow run`",
              detail ? "this is no results file that can be read: %s: %s"
                     : "this is no results file that can be read: %s",
              what, detail);
    return CF_BAD_INPUT;
}

static enum cf_status damaged(const struct cf_results *r, cf_diag *diag)
{
    return bad(r, diag, "it is damaged", cf_h5_error(r->h5));
}

/* A look at the first bytes, to say plainly what else would be a riddle of the library. */
static enum cf_status look_at_file(const struct cf_results *r, cf_diag *diag)
{
    static const unsigned char signature[8] = "\211HDF\r\n\032\n";
    unsigned char head[SUPERBLOCK_BYTES] = {0};
    unsigned long long end = 0;
    struct stat is;
    int fd = open(r->path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
    if (fd < 0)
        return bad(r, diag, errno == ENOENT ? "there is no such file" : strerror(errno), NULL);
    ssize_t got = -1;
    int known = fstat(fd, &is) == 0;
    if (known && S_ISREG(is.st_mode))
        got = pread(fd, head, sizeof head, 0);
    close(fd);
    if (!known || !S_ISREG(is.st_mode))
        return bad(r, diag, known && S_ISDIR(is.st_mode) ? "it is a folder" : "it is no plain file",
                   NULL);
    if (got < (ssize_t)sizeof head || memcmp(head, signature, sizeof signature) != 0)
        return bad(r, diag, is.st_size ? "it is no HDF5 file" : "it is empty", NULL);
    for (int k = 7; k >= 0; k--)
        end = end << 8 | head[END_OF_FILE_AT + k];
    if ((head[8] == 2 || head[8] == 3) && end > (unsigned long long)is.st_size)
        return bad(r, diag, "it is cut short", NULL);
    return CF_OK;
}

/* ---- texts ---- */

/* Names and values are shown to people: text they must be. */
static int is_text(const char *text)
{
    return cf_utf8_bad(text, strlen(text)) == strlen(text);
}

static int is_name(const char *text)
{
    for (const char *at = text; *at; at++)
        if ((unsigned char)*at < ' ' || *at == 0x7f)
            return 0;
    return text[0] && is_text(text);
}

static enum cf_status read_texts(struct cf_results *r, const struct cf_h5_dataset *dataset,
                                 const char ***texts, cf_diag *diag)
{
    *texts = cf_h5_read_texts(r->h5, dataset, &r->arena);
    if (!*texts)
        return damaged(r, diag);
    for (size_t k = 0; k < dataset->n; k++)
        if (!is_text((*texts)[k]))
            return bad(r, diag, "it holds what is no text", dataset->path);
    return CF_OK;
}

static void keep_text(struct cf_results *r, const char *name, const char *text)
{
    if (is_text(name) && is_text(text))
        r->text[r->n_texts++] = (struct cf_h5_attribute){name, text};
}

/* The texts of a dataset of /provenance as one, a line each. */
static enum cf_status keep_provenance(struct cf_results *r, const struct cf_h5_dataset *dataset,
                                      cf_diag *diag)
{
    static const char folder[] = "/provenance/", tail[] = "_text";
    const char **line;
    struct cf_text all = {0};
    if (dataset->type != CF_H5_TEXT || !cf_text_starts(dataset->path, folder))
        return CF_OK;
    enum cf_status status = read_texts(r, dataset, &line, diag);
    if (status != CF_OK)
        return status;
    cf_text_add(&all, "");
    for (size_t k = 0; k < dataset->n; k++)
        cf_text_format(&all, "%s%s", k ? "\n" : "", line[k]);
    const char *name = dataset->path + sizeof folder - 1;
    r->list[r->n_lists++] = (struct text_list){name, line, dataset->n};
    size_t length = strlen(name);
    if (length >= sizeof tail && cf_text_same(name + length - (sizeof tail - 1), tail))
        length -= sizeof tail - 1;
    keep_text(r, cf_arena_copy_n(&r->arena, name, length),
              cf_arena_copy_n(&r->arena, all.data, all.length));
    cf_text_free(&all);
    return CF_OK;
}

static enum cf_status read_all_texts(struct cf_results *r, cf_diag *diag)
{
    const struct cf_h5_attribute *root, *provenance = NULL;
    int has_provenance = 0, more = 0;
    int n = cf_h5_attributes(r->h5, "/", &r->arena, &root);
    if (n < 0)
        return damaged(r, diag);
    for (int k = 0; k < r->n_datasets; k++)
        has_provenance |= cf_text_starts(r->dataset[k].path, "/provenance/");
    if (has_provenance)
        more = cf_h5_attributes(r->h5, "/provenance", &r->arena, &provenance);
    if (more < 0)
        return damaged(r, diag);
    r->text =
        CF_TAKE(&r->arena, (size_t)(n + more) + (size_t)r->n_datasets, struct cf_h5_attribute);
    r->list = CF_TAKE(&r->arena, (size_t)r->n_datasets, struct text_list);
    for (int k = 0; k < n; k++)
        keep_text(r, root[k].name, root[k].text);
    for (int k = 0; k < more; k++)
        keep_text(r, provenance[k].name, provenance[k].text);
    for (int k = 0; k < r->n_datasets; k++) {
        enum cf_status status = keep_provenance(r, &r->dataset[k], diag);
        if (status != CF_OK)
            return status;
    }
    const char *version = cf_results_text(r, "format_version");
    if (!version)
        return bad(r, diag, "it has no format_version", NULL);
    if (!cf_text_same(version, "1"))
        return bad(r, diag, "its format_version is not 1, the one this program knows", version);
    return CF_OK;
}

/* ---- dimensions ---- */

static int by_creation(const void *a, const void *b)
{
    const struct cf_h5_dataset *one = *(const struct cf_h5_dataset *const *)a;
    const struct cf_h5_dataset *other = *(const struct cf_h5_dataset *const *)b;
    if (one->order != other->order)
        return one->order < other->order ? -1 : 1;
    return strcmp(one->path, other->path);
}

static enum cf_status gather_root(struct cf_results *r, cf_diag *diag)
{
    r->root = CF_TAKE(&r->arena, (size_t)r->n_datasets, const struct cf_h5_dataset *);
    for (int k = 0; k < r->n_datasets; k++) {
        if (!is_name(r->dataset[k].path))
            return bad(r, diag, "it has a variable whose name is no text", NULL);
        if (!strchr(r->dataset[k].path + 1, '/'))
            r->root[r->n_root++] = &r->dataset[k];
    }
    qsort(r->root, r->n_root, sizeof *r->root, by_creation);
    return CF_OK;
}

static enum cf_status add_dim(struct cf_results *r, const struct cf_h5_dataset *dataset,
                              cf_diag *diag)
{
    struct cf_results_dim *dim = &r->dim[r->n_dims];
    *dim = (struct cf_results_dim){.name = dataset->path + 1, .n = dataset->n};
    if (dataset->n_dims != 1 || dataset->type == CF_H5_NUMBER)
        return bad(r, diag, "a dimension is no list of codes or whole numbers", dim->name);
    if (dataset->type == CF_H5_TEXT) {
        const char **code;
        enum cf_status status = read_texts(r, dataset, &code, diag);
        if (status != CF_OK)
            return status;
        dim->code = code;
    } else {
        int *number = CF_TAKE(&r->arena, dataset->n, int);
        if (dataset->n > 0 && cf_h5_read_rows(r->h5, dataset, 0, dataset->n, number) < 0)
            return damaged(r, diag);
        dim->number = number;
    }
    r->n_dims++;
    return CF_OK;
}

/* The dimension that a dataset has as its d-th, NULL where that is none of ours. */
static struct cf_results_dim *dim_of(struct cf_results *r, const struct cf_h5_dataset *dataset,
                                     int d)
{
    if (dataset->scale[d] < 0)
        return NULL;
    const char *name = r->dataset[dataset->scale[d]].path + 1;
    for (size_t k = 0; k < r->n_dims; k++)
        if (cf_text_same(r->dim[k].name, name) && r->dim[k].n == dataset->extent[d])
            return &r->dim[k];
    return NULL;
}

/* A label or an attribute of a dimension: `<dim>_name`, `<dim>_<attribute>`. */
static enum cf_status add_companion(struct cf_results *r, const struct cf_h5_dataset *dataset,
                                    cf_diag *diag)
{
    const char *name = dataset->path + 1, **text;
    struct cf_results_dim *dim = dataset->n_dims == 1 ? dim_of(r, dataset, 0) : NULL;
    if (!dim)
        return bad(r, diag, "a text belongs to no dimension", name);
    size_t length = strlen(dim->name);
    if (!cf_text_starts(name, dim->name) || name[length] != '_')
        return CF_OK;
    enum cf_status status = read_texts(r, dataset, &text, diag);
    if (status != CF_OK)
        return status;
    if (cf_text_same(name + length, "_name"))
        dim->label = text;
    else
        r->attribute[r->n_attributes++] =
            (struct member_attribute){dim->name, name + length + 1, text};
    return CF_OK;
}

/* ---- variables ---- */

static enum cf_status add_variable(struct cf_results *r, const struct cf_h5_dataset *dataset,
                                   cf_diag *diag)
{
    const struct cf_h5_attribute *attribute;
    struct cf_results_variable *variable = &r->variable[r->n_variables];
    *variable = (struct cf_results_variable){.name = dataset->path + 1,
                                             .units = "",
                                             .long_name = "",
                                             .is_integer = dataset->type == CF_H5_INT,
                                             .n_dims = dataset->n_dims};
    _Static_assert(CF_H5_MOST_DIMS <= CF_RESULTS_MOST_DIMS, "every dataset fits a variable");
    for (int d = 0; d < dataset->n_dims; d++) {
        variable->dim[d] = dim_of(r, dataset, d);
        if (!variable->dim[d])
            return bad(r, diag, "a variable has a dimension without a name or of another size",
                       variable->name);
    }
    int n = cf_h5_attributes(r->h5, dataset->path, &r->arena, &attribute);
    if (n < 0)
        return damaged(r, diag);
    for (int k = 0; k < n; k++) {
        if (!is_text(attribute[k].text))
            continue;
        if (cf_text_same(attribute[k].name, "units"))
            variable->units = attribute[k].text;
        else if (cf_text_same(attribute[k].name, "long_name"))
            variable->long_name = attribute[k].text;
    }
    r->of_variable[r->n_variables++] = dataset;
    return CF_OK;
}

/* What every results file has, so that whoever reads one need not ask. */
static enum cf_status check_runs(const struct cf_results *r, cf_diag *diag)
{
    static const char *const dims[] = {"run", "draw_run", "year"};
    static const char *const tables[] = {"run_scenario", "run_point", "run_draw", "run_status"};
    const struct cf_results_dim *scenario = cf_results_dim(r, "scenario");
    if (!scenario || !scenario->code)
        return bad(r, diag, "it has no dimension", "scenario");
    for (size_t k = 0; k < sizeof dims / sizeof *dims; k++) {
        const struct cf_results_dim *dim = cf_results_dim(r, dims[k]);
        if (!dim || !dim->number)
            return bad(r, diag, "it has no dimension", dims[k]);
    }
    for (size_t k = 0; k < sizeof tables / sizeof *tables; k++) {
        const struct cf_results_variable *table = cf_results_find(r, tables[k]);
        if (!table || !table->is_integer || table->n_dims != 1 ||
            !cf_text_same(table->dim[0]->name, "draw_run"))
            return bad(r, diag, "it does not say which run is what", tables[k]);
    }
    return CF_OK;
}

/* Everything but the values. */
static enum cf_status read_members(struct cf_results *r, cf_diag *diag)
{
    enum cf_status status = CF_OK;
    r->dim = CF_TAKE(&r->arena, r->n_root, struct cf_results_dim);
    r->variable = CF_TAKE(&r->arena, r->n_root, struct cf_results_variable);
    r->of_variable = CF_TAKE(&r->arena, r->n_root, const struct cf_h5_dataset *);
    r->attribute = CF_TAKE(&r->arena, r->n_root, struct member_attribute);
    for (size_t k = 0; status == CF_OK && k < r->n_root; k++)
        if (r->root[k]->is_scale)
            status = add_dim(r, r->root[k], diag);
    for (size_t k = 0; status == CF_OK && k < r->n_root; k++) {
        const struct cf_h5_dataset *dataset = r->root[k];
        if (!dataset->is_scale)
            status = dataset->type == CF_H5_TEXT ? add_companion(r, dataset, diag)
                                                 : add_variable(r, dataset, diag);
    }
    return status;
}

static enum cf_status read_file(struct cf_results *r, cf_diag *diag)
{
    enum cf_status status = look_at_file(r, diag);
    if (status != CF_OK)
        return status;
    r->h5 = cf_h5_open(r->path);
    r->n_datasets = cf_h5_list(r->h5, &r->dataset);
    if (r->n_datasets < 0)
        return damaged(r, diag);
    status = gather_root(r, diag);
    if (status == CF_OK)
        status = read_all_texts(r, diag);
    if (status == CF_OK)
        status = read_members(r, diag);
    return status == CF_OK ? check_runs(r, diag) : status;
}

/* ---- the interface ---- */

enum cf_status cf_results_open(const char *path, cf_results **results, cf_diag *diag)
{
    *results = NULL;
    struct cf_results *r = calloc(1, sizeof *r);
    if (!r)
        cf_out_of_memory();
    cf_arena_init(&r->arena);
    r->path = cf_arena_copy(&r->arena, path);
    enum cf_status status = read_file(r, diag);
    if (status == CF_OK)
        *results = r;
    else
        cf_results_close(r);
    return status;
}

void cf_results_close(cf_results *results)
{
    if (!results)
        return;
    cf_h5_close(results->h5);
    cf_arena_free(&results->arena);
    free(results);
}

size_t cf_results_n_variables(const cf_results *results)
{
    return results->n_variables;
}

const struct cf_results_variable *cf_results_variable(const cf_results *results, size_t i)
{
    return i < results->n_variables ? &results->variable[i] : NULL;
}

const struct cf_results_variable *cf_results_find(const cf_results *results, const char *name)
{
    for (size_t k = 0; k < results->n_variables; k++)
        if (cf_text_same(results->variable[k].name, name))
            return &results->variable[k];
    return NULL;
}

const struct cf_results_dim *cf_results_dim(const cf_results *results, const char *name)
{
    for (size_t k = 0; k < results->n_dims; k++)
        if (cf_text_same(results->dim[k].name, name))
            return &results->dim[k];
    return NULL;
}

const char *const *cf_results_attribute(const cf_results *results, const char *axis,
                                        const char *attribute)
{
    for (size_t k = 0; k < results->n_attributes; k++)
        if (cf_text_same(results->attribute[k].axis, axis) &&
            cf_text_same(results->attribute[k].name, attribute))
            return results->attribute[k].code;
    return NULL;
}

const char *cf_results_text(const cf_results *results, const char *name)
{
    for (size_t k = 0; k < results->n_texts; k++)
        if (cf_text_same(results->text[k].name, name))
            return results->text[k].text;
    return NULL;
}

const char *const *cf_results_list(const cf_results *results, const char *name, size_t *n)
{
    for (size_t k = 0; k < results->n_lists; k++)
        if (cf_text_same(results->list[k].name, name)) {
            *n = results->list[k].n;
            return results->list[k].line;
        }
    *n = 0;
    return NULL;
}

/* Whole numbers as doubles, -1 as the "none" it stands for. */
static int read_integers(cf_h5 *h5, const struct cf_h5_dataset *dataset, size_t first, size_t rows,
                         size_t n, double *value)
{
    int *number = malloc(n * sizeof *number);
    if (!number)
        cf_out_of_memory();
    int status = cf_h5_read_rows(h5, dataset, first, rows, number);
    for (size_t k = 0; status == 0 && k < n; k++)
        value[k] = number[k] == -1 ? (double)NAN : (double)number[k];
    free(number);
    return status;
}

enum cf_status cf_results_read_rows(cf_results *results, const struct cf_results_variable *variable,
                                    size_t first, size_t n, double *value, cf_diag *diag)
{
    const struct cf_h5_dataset *dataset = results->of_variable[variable - results->variable];
    const size_t rows = dataset->n_dims ? dataset->extent[0] : 1;
    assert(first <= rows && n <= rows - first);
    const size_t cells = rows ? dataset->n / rows * n : 0;
    int failed = cells == 0 ? 0
                 : variable->is_integer
                     ? read_integers(results->h5, dataset, first, n, cells, value)
                     : cf_h5_read_rows(results->h5, dataset, first, n, value);
    return failed ? damaged(results, diag) : CF_OK;
}

double *cf_results_read(cf_results *results, const struct cf_results_variable *variable,
                        cf_diag *diag)
{
    const struct cf_h5_dataset *dataset = results->of_variable[variable - results->variable];
    const size_t rows = dataset->n_dims ? dataset->extent[0] : 1;
    double *value = malloc(dataset->n * sizeof *value + 1);
    if (!value)
        cf_out_of_memory();
    if (cf_results_read_rows(results, variable, 0, rows, value, diag) == CF_OK)
        return value;
    free(value);
    return NULL;
}
