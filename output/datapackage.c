#include "output/datapackage.h"

#include "base/digest.h"
#include "base/json.h"
#include "output/dictionary.h"
#include "output/folder.h"
#include "output/render_csv.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char *type_of(const struct cf_column *column)
{
    return column->kind == CF_COLUMN_TEXT  ? "string"
           : column->kind == CF_COLUMN_INT ? "integer"
                                           : "number";
}

/* What is a share in the whole column. */
static const char *unit_of(const struct cf_column *column)
{
    return column->kind == CF_COLUMN_SHARE ? "share" : cf_unit_name(cf_column_unit(column));
}

static cf_json *field_of(const struct cf_report_table *said, const struct cf_column *column)
{
    cf_json *field = cf_json_object();
    const char *heading = cf_column_heading(said, column), *meaning = cf_column_meaning(column);
    cf_json_put_text(field, "name", column->name);
    cf_json_put_text(field, "type", type_of(column));
    if (!cf_text_same(heading, column->name))
        cf_json_put_text(field, "title", heading);
    if (meaning[0])
        cf_json_put_text(field, "description", meaning);
    if (unit_of(column)[0])
        cf_json_put_text(field, "unit", unit_of(column));
    return field;
}

static cf_json *schema_of(const struct cf_report_table *said)
{
    cf_json *schema = cf_json_object(), *fields = cf_json_array(), *missing = cf_json_array();
    for (int c = 0; c < said->table->n_columns; c++)
        cf_json_add(fields, field_of(said, &said->table->column[c]));
    cf_json_put(schema, "fields", fields);
    cf_json_add_text(missing, "");
    cf_json_add_text(missing, CF_HIDDEN);
    cf_json_put(schema, "missingValues", missing);
    return schema;
}

static cf_json *dialect(void)
{
    cf_json *of = cf_json_object();
    cf_json_put_text(of, "delimiter", ",");
    cf_json_put_text(of, "lineTerminator", "\n");
    cf_json_put_text(of, "quoteChar", "\"");
    return of;
}

static void add_notes(const struct cf_report_table *said, struct cf_text *text)
{
    if (said->note)
        cf_text_add(text, said->note);
    for (const char *const *note = said->table->notes; note && *note; note++)
        cf_text_format(text, "%s%s", text->length ? "\n" : "", *note);
}

static cf_json *resource_of(const struct cf_placed_table *table, const char *name,
                            const void *bytes, size_t length)
{
    cf_json *resource = cf_json_object();
    struct cf_text text = {0};
    char hex[CF_DIGEST_HEX];
    cf_json_put_text(resource, "name", table->said->id);
    cf_json_put_text(resource, "type", "table");
    cf_json_put_text(resource, "profile", "tabular-data-resource");
    cf_json_put_text(resource, "path", name);
    cf_json_put_text(resource, "title", table->said->title);
    add_notes(table->said, &text);
    if (text.length)
        cf_json_put_text(resource, "description", text.data);
    cf_json_put_text(resource, "section", table->section->heading);
    cf_json_put_text(resource, "format", "csv");
    cf_json_put_text(resource, "mediatype", "text/csv");
    cf_json_put_text(resource, "encoding", "utf-8");
    cf_json_put_int(resource, "bytes", (long long)length);
    cf_digest_of(bytes, length, hex);
    text.length = 0;
    cf_text_format(&text, "sha256:%s", hex);
    cf_json_put_text(resource, "hash", text.data);
    cf_text_free(&text);
    cf_json_put(resource, "dialect", dialect());
    cf_json_put(resource, "schema", schema_of(table->said));
    return resource;
}

static enum cf_status add_table(struct cf_folder *folder, const struct cf_placed_table *table,
                                cf_json *resources, cf_diag *diag)
{
    char *bytes = NULL;
    size_t length = 0;
    FILE *to = open_memstream(&bytes, &length);
    if (!to)
        cf_out_of_memory();
    enum cf_status status = cf_render_csv(table->said->table, to, diag);
    if (fclose(to) != 0)
        cf_out_of_memory();
    const char *name = cf_arena_format(&folder->arena, "%s.csv", table->said->id);
    if (status == CF_OK)
        status = cf_folder_add(folder, name, bytes, length, diag);
    if (status == CF_OK)
        cf_json_add(resources, resource_of(table, name, bytes, length));
    free(bytes);
    return status;
}

/* ---- where it comes from ---- */

static void put_if(cf_json *object, const char *key, const char *text)
{
    if (text && text[0])
        cf_json_put_text(object, key, text);
}

static cf_json *licence_of(const char *code)
{
    cf_json *licence = cf_json_object();
    cf_json_put_text(licence, "name", code);
    if (cf_text_same(code, "OGL-UK-3.0")) {
        cf_json_put_text(licence, "title", "Open Government Licence v3.0");
        cf_json_put_text(
            licence, "path",
            "https://www.nationalarchives.gov.uk/doc/open-government-licence/version/3/");
    }
    return licence;
}

static void put_sources(cf_json *package, const struct cf_publication *of, struct cf_arena *arena)
{
    const struct cf_source_text *source;
    const int n = cf_publication_sources(of, arena, &source);
    cf_json *sources = cf_json_array(), *licences = cf_json_array();
    for (int k = 0; k < n; k++) {
        cf_json *s = cf_json_object();
        cf_json_put_text(s, "title", source[k].title[0] ? source[k].title : source[k].table);
        put_if(s, "table", source[k].table);
        put_if(s, "publisher", source[k].publisher);
        put_if(s, "year", source[k].year);
        put_if(s, "licence", source[k].licence);
        put_if(s, "nature", source[k].nature);
        put_if(s, "note", source[k].note);
        cf_json_add(sources, s);
        int known = source[k].licence[0] == '\0';
        for (int j = 0; j < k; j++)
            known |= cf_text_same(source[j].licence, source[k].licence);
        if (!known)
            cf_json_add(licences, licence_of(source[k].licence));
    }
    if (cf_json_size(licences))
        cf_json_put(package, "licenses", licences);
    else
        cf_json_free(licences);
    cf_json_put(package, "sources", sources);
}

static cf_json *results_of(const struct cf_publication *of)
{
    cf_json *all = cf_json_array();
    for (int k = 0; k < of->n_results; k++) {
        cf_json *one = cf_json_object();
        put_if(one, "title", cf_results_text(of->results[k], "title"));
        put_if(one, "content_sha256", cf_results_text(of->results[k], "content_sha256"));
        put_if(one, "mode", cf_results_text(of->results[k], "mode"));
        put_if(one, "version", cf_results_text(of->results[k], "version"));
        put_if(one, "attribution", cf_results_text(of->results[k], "attribution"));
        cf_json_add(all, one);
    }
    return all;
}

static cf_json *package_of(const struct cf_publication *of, cf_json *resources,
                           struct cf_arena *arena)
{
    cf_json *package = cf_json_object();
    cf_json_put_text(package, "$schema", "https://datapackage.org/profiles/2.0/datapackage.json");
    cf_json_put_text(package, "profile", "tabular-data-package");
    cf_json_put_text(package, "name", "cohortflow-report");
    cf_json_put_text(package, "title", of->report->title);
    put_if(package, "description", of->report->note);
    put_sources(package, of, arena);
    cf_json_put(package, "results", results_of(of));
    cf_json_put(package, "resources", resources);
    return package;
}

enum cf_status cf_write_datapackage(const char *path, const struct cf_publication *of,
                                    cf_diag *diag)
{
    struct cf_folder folder;
    struct cf_text text = {0};
    const struct cf_placed_table *table;
    enum cf_status status = cf_folder_begin(&folder, path, diag);
    if (status != CF_OK)
        return status;
    const int n = cf_publication_tables(of, &folder.arena, &table);
    cf_json *resources = cf_json_array();
    for (int k = 0; k < n && status == CF_OK; k++)
        status = add_table(&folder, &table[k], resources, diag);
    cf_json *package = package_of(of, resources, &folder.arena);
    cf_json_write(package, &text);
    cf_json_free(package);
    if (status == CF_OK)
        status = cf_folder_add(&folder, "datapackage.json", text.data, text.length, diag);
    cf_text_free(&text);
    if (status == CF_OK)
        return cf_folder_commit(&folder, diag);
    cf_folder_abandon(&folder);
    return status;
}
