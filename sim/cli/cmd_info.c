#include "cli/command.h"

#include "base/json.h"
#include "base/text.h"

#include <cohortflow/results.h>
#include <stdlib.h>
#include <string.h>

/* Texts of the file shown first, in this order, where they are there. */
static const char *const texts[] = {"title",       "source",         "mode",          "note",
                                    "Conventions", "format_version", "content_sha256"};
/* Dimensions whose members are shown. */
static const char *const shown[] = {"scenario",  "year",  "report_year", "age",  "area",
                                    "authority", "group", "status",      "line", "site",
                                    "offer",     "pool",  "indicator"};

/* Kinds of figures, best first, and what they are. */
static const struct {
    const char *nature, *meaning;
} natures[] = {
    {"real", "published as they stand"},
    {"estimated", "worked out from published figures"},
    {"illustrative", "judged or made up"},
};
#define N_NATURES (sizeof natures / sizeof *natures)

/* The tables of a nature, from the rows of sources.csv, which the file keeps a line each; calls
 * `tell` with each of them. */
static int each_table(const cf_results *file, const char *nature,
                      void (*tell)(void *self, const char *table, int first), void *self)
{
    const char *table = cf_results_text(file, "source_table");
    const char *is = cf_results_text(file, "source_nature");
    int n = 0;
    while (table && is) {
        const size_t name = strcspn(table, "\n"), length = strcspn(is, "\n");
        struct cf_text text = {0};
        if (length == strlen(nature) && !strncmp(is, nature, length)) {
            cf_text_add_n(&text, table, name);
            tell(self, text.data, n++ == 0);
            cf_text_free(&text);
        }
        table = table[name] ? table + name + 1 : NULL;
        is = is[length] ? is + length + 1 : NULL;
    }
    return n;
}

static void print_table(void *self, const char *table, int first)
{
    const size_t k = *(const size_t *)self;
    if (first)
        printf("  %s (%s)\n    ", natures[k].nature, natures[k].meaning);
    printf("%s%s", first ? "" : ", ", table);
}

/* Where the figures come from: what is real, what is not. */
static void print_natures(const cf_results *file)
{
    printf("\nfigures, by what sources.csv says of each table\n");
    for (size_t k = 0; k < N_NATURES; k++)
        if (each_table(file, natures[k].nature, print_table, &k) > 0)
            printf("\n");
    if (!cf_results_text(file, "source_table"))
        printf("  the place says of no table where it comes from\n");
}

static void add_table(void *self, const char *table, int first)
{
    (void)first;
    cf_json_add_text(self, table);
}

static cf_json *natures_json(const cf_results *file)
{
    cf_json *json = cf_json_object();
    for (size_t k = 0; k < N_NATURES; k++) {
        cf_json *tables = cf_json_array();
        each_table(file, natures[k].nature, add_table, tables);
        cf_json_put(json, natures[k].nature, tables);
    }
    return json;
}

static void print_dim(const struct cf_results_dim *dim)
{
    printf("  %-12s %5zu  ", dim->name, dim->n);
    if (dim->number && dim->n > 1)
        printf("%d to %d", dim->number[0], dim->number[dim->n - 1]);
    else if (dim->number && dim->n == 1)
        printf("%d", dim->number[0]);
    for (size_t i = 0; dim->code && i < dim->n; i++)
        if (i < 8 || i + 1 == dim->n)
            printf("%s%s", i ? ", " : "", i == 8 && dim->n > 9 ? "..." : dim->code[i]);
    printf("\n");
}

static void print_variable(const struct cf_results_variable *v)
{
    printf("  %-14s %s (", v->name, v->long_name);
    for (int d = 0; d < v->n_dims; d++)
        printf("%s%s", d ? " " : "", v->dim[d]->name);
    printf(")\n");
}

/* What the program reads of the members of an axis, where the place says it. */
static cf_json *attributes_json(const cf_results *file, const struct cf_results_dim *dim)
{
    static const char *const read[] = {
        "kind",      "participates", "provided",   "fallback", "route",     "entitlement",
        "sex",       "lldd",         "provider",   "area",     "authority", "consortium",
        "subregion", "region",       "definition", "source",   "better",    "responsible"};
    cf_json *json = cf_json_object();
    for (size_t k = 0; k < sizeof read / sizeof *read; k++) {
        const char *const *value = cf_results_attribute(file, dim->name, read[k]);
        if (!value)
            continue;
        cf_json *values = cf_json_array();
        for (size_t i = 0; i < dim->n; i++)
            cf_json_add_text(values, value[i]);
        cf_json_put(json, read[k], values);
    }
    return json;
}

static cf_json *dim_json(const cf_results *file, const struct cf_results_dim *dim)
{
    cf_json *json = cf_json_object(), *members = cf_json_array();
    cf_json_put_int(json, "size", (long long)dim->n);
    for (size_t i = 0; i < dim->n; i++)
        if (dim->code)
            cf_json_add_text(members, dim->code[i]);
        else if (dim->number)
            cf_json_add_int(members, dim->number[i]);
    cf_json_put(json, "members", members);
    if (dim->label) {
        cf_json *labels = cf_json_array();
        for (size_t i = 0; i < dim->n; i++)
            cf_json_add_text(labels, dim->label[i]);
        cf_json_put(json, "labels", labels);
    }
    cf_json_put(json, "attributes", attributes_json(file, dim));
    return json;
}

static void print_json(const cf_results *file)
{
    cf_json *json = cf_json_object(), *dims = cf_json_object(), *variables = cf_json_array();
    struct cf_text out = {0};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        if (cf_results_text(file, texts[i]))
            cf_json_put_text(json, texts[i], cf_results_text(file, texts[i]));
    for (size_t i = 0; i < cf_results_n_variables(file); i++) {
        const struct cf_results_variable *v = cf_results_variable(file, i);
        cf_json *one = cf_json_object(), *names = cf_json_array();
        cf_json_put_text(one, "name", v->name);
        cf_json_put_text(one, "units", v->units);
        cf_json_put_text(one, "long_name", v->long_name);
        for (int d = 0; d < v->n_dims; d++)
            cf_json_add_text(names, v->dim[d]->name);
        cf_json_put(one, "dimensions", names);
        cf_json_add(variables, one);
    }
    for (size_t i = 0; i < sizeof shown / sizeof *shown; i++)
        if (cf_results_dim(file, shown[i]))
            cf_json_put(dims, shown[i], dim_json(file, cf_results_dim(file, shown[i])));
    cf_json_put(json, "figures", natures_json(file));
    cf_json_put(json, "dimensions", dims);
    cf_json_put(json, "variables", variables);
    cf_json_write(json, &out);
    fputs(out.data, stdout);
    cf_text_free(&out);
    cf_json_free(json);
}

/* Code and label of each, a line each. */
static void print_indicators(const cf_results *file)
{
    const struct cf_results_dim *dim = cf_results_dim(file, "indicator");
    if (!dim || !dim->code)
        return;
    printf("\nindicators\n");
    for (size_t i = 0; i < dim->n; i++)
        printf("  %-14s %s\n", dim->code[i], dim->label ? dim->label[i] : "");
}

static void print_text(const cf_results *file)
{
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        if (cf_results_text(file, texts[i]))
            printf("%-15s %s\n", texts[i], cf_results_text(file, texts[i]));
    print_natures(file);
    printf("\ndimensions\n");
    for (size_t i = 0; i < sizeof shown / sizeof *shown; i++)
        if (cf_results_dim(file, shown[i]))
            print_dim(cf_results_dim(file, shown[i]));
    print_indicators(file);
    printf("\nvariables\n");
    for (size_t i = 0; i < cf_results_n_variables(file); i++)
        print_variable(cf_results_variable(file, i));
}

enum cf_status cf_cmd_info(const struct cf_call *call)
{
    cf_results *file;
    const enum cf_status status = cf_results_open(call->operand[0], &file, call->diag);
    if (status != CF_OK)
        return status;
    if (cf_call_value(call, "json"))
        print_json(file);
    else
        print_text(file);
    cf_results_close(file);
    return CF_OK;
}
