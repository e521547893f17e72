#include "exec/manifest.h"

#include "base/json.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <source_digest.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>
#include <unistd.h>

#ifndef CF_VERSION
#define CF_VERSION "unknown"
#endif

#define FORMAT "cohortflow records 1"
enum { MOST_BYTES = 64 << 20 };

/* ---- what a set of runs is ---- */

static void add_part(struct cf_manifest *m, int *room, const char *name, const char *value)
{
    if (m->n_parts == *room) {
        *room = *room * 2 + 64;
        struct cf_manifest_part *more = CF_TAKE(&m->arena, (size_t)*room, struct cf_manifest_part);
        if (m->n_parts)
            memcpy(more, m->part, (size_t)m->n_parts * sizeof *more);
        m->part = more;
    }
    m->part[m->n_parts++] =
        (struct cf_manifest_part){cf_arena_copy(&m->arena, name), cf_arena_copy(&m->arena, value)};
}

static void add_digest(struct cf_manifest *m, int *room, const char *name, const char *text)
{
    char hex[CF_DIGEST_HEX];
    cf_digest_of(text, strlen(text), hex);
    add_part(m, room, name, hex);
}

/* The settings of a scenario and every file it was read from. Its name is its code in the results.
 */
static void add_scenario(struct cf_manifest *m, int *room, const struct cf_model *model)
{
    const struct cf_scenario *scenario = &model->scenario;
    add_digest(m, room, cf_arena_format(&m->arena, "the settings of scenario '%s'", scenario->name),
               scenario->resolved ? scenario->resolved : "");
    for (int i = 0; i < model->n_files; i++)
        add_part(m, room,
                 cf_arena_format(&m->arena, "%s, read by scenario '%s'", model->file[i].name,
                                 scenario->name),
                 model->file[i].sha256);
}

/* How records are laid out. */
static void add_layout(struct cf_manifest *m, int *room, const struct cf_layout *layout)
{
    struct cf_text text = {0};
    cf_text_format(&text, "%zu %zu\n", layout->length, layout->draw_length);
    for (int k = 0; k < layout->n_variables; k++) {
        const struct cf_variable *v = &layout->variable[k];
        cf_text_format(&text, "%s %zu %zu %d", v->name, v->offset, v->size, v->of_draws);
        for (int d = 0; d < v->n_dims; d++)
            cf_text_format(&text, " %s %d", v->dim[d], v->extent[d]);
        cf_text_add(&text, "\n");
    }
    add_digest(m, room, "what is kept of a run", text.data);
    cf_text_free(&text);
}

static const char *counts_text(struct cf_manifest *m)
{
    return cf_arena_format(&m->arena, "%d scenarios, %d points, %d draws, records of %zu and %zu",
                           m->runs.n_scenarios, m->runs.n_points, m->runs.n_draws, m->length,
                           m->draw_length);
}

static void add_runs(struct cf_manifest *m, int *room, const struct cf_design *design)
{
    struct cf_digest digest;
    char hex[CF_DIGEST_HEX];
    cf_digest_init(&digest);
    if (design->row && design->n_rows > 0 && m->runs.n_draws > 0)
        cf_digest_add(&digest, design->row, (size_t)design->n_rows * sizeof *design->row);
    cf_digest_hex(&digest, hex);
    add_part(m, room, "the number of runs", counts_text(m));
    add_part(m, room, "the design",
             cf_arena_format(&m->arena, "%s, %d draws, %d steps, rows %.16s",
                             cf_design_names[design->kind] ? cf_design_names[design->kind] : "none",
                             design->draws, design->steps, hex));
    add_part(m, room, "the seed", cf_arena_format(&m->arena, "%llu", design->seed));
}

static void hash_parts(const struct cf_manifest *m, char hex[CF_DIGEST_HEX])
{
    struct cf_digest digest;
    cf_digest_init(&digest);
    cf_digest_add(&digest, FORMAT, sizeof FORMAT);
    for (int i = 0; i < m->n_parts; i++) {
        cf_digest_add(&digest, m->part[i].name, strlen(m->part[i].name) + 1);
        cf_digest_add(&digest, m->part[i].value, strlen(m->part[i].value) + 1);
    }
    cf_digest_hex(&digest, hex);
}

void cf_manifest_init(struct cf_manifest *m, const struct cf_manifest_of *of)
{
    int room = 0;
    *m = (struct cf_manifest){.runs = of->runs,
                              .length = of->layout->length,
                              .draw_length = of->layout->draw_length,
                              .n_scenarios = of->runs.n_scenarios,
                              .n_set = of->n_set};
    cf_arena_init(&m->arena);
    add_part(m, &room, "the version of the program", CF_VERSION);
    add_part(m, &room, "the build of the program", CF_SOURCE_DIGEST);
    add_runs(m, &room, &of->model[0]->scenario.future.design);
    for (int i = 0; i < m->n_scenarios; i++)
        add_scenario(m, &room, of->model[i]);
    add_layout(m, &room, of->layout);
    hash_parts(m, m->hash);
    m->scenario = CF_TAKE(&m->arena, (size_t)m->n_scenarios, const char *);
    for (int i = 0; i < m->n_scenarios; i++)
        m->scenario[i] = of->model[i]->scenario.path
                             ? cf_path_absolute(&m->arena, of->model[i]->scenario.path)
                             : "";
    m->set = CF_TAKE(&m->arena, (size_t)m->n_set, const char *);
    for (int i = 0; i < m->n_set; i++)
        m->set[i] = cf_arena_copy(&m->arena, of->set[i]);
}

void cf_manifest_free(struct cf_manifest *m)
{
    cf_arena_free(&m->arena);
}

const char *cf_manifest_difference(const struct cf_manifest *a, const struct cf_manifest *b)
{
    for (int i = 0; i < a->n_parts || i < b->n_parts; i++) {
        if (i >= a->n_parts || i >= b->n_parts)
            return (i < a->n_parts ? a : b)->part[i].name;
        if (!cf_text_same(a->part[i].name, b->part[i].name) ||
            !cf_text_same(a->part[i].value, b->part[i].value))
            return a->part[i].name;
    }
    return NULL;
}

/* ---- as a file ---- */

static cf_json *texts(const char *const *text, int n)
{
    cf_json *array = cf_json_array();
    for (int i = 0; i < n; i++)
        cf_json_add_text(array, text[i]);
    return array;
}

static void as_json(const struct cf_manifest *m, struct cf_text *to)
{
    cf_json *json = cf_json_object(), *parts = cf_json_array();
    cf_json_put_text(json, "format", FORMAT);
    cf_json_put_text(json, "hash", m->hash);
    cf_json_put_int(json, "scenarios", m->runs.n_scenarios);
    cf_json_put_int(json, "points", m->runs.n_points);
    cf_json_put_int(json, "draws", m->runs.n_draws);
    cf_json_put_int(json, "length", (long long)m->length);
    cf_json_put_int(json, "draw_length", (long long)m->draw_length);
    cf_json_put(json, "scenario_files", texts(m->scenario, m->n_scenarios));
    cf_json_put(json, "set", texts(m->set, m->n_set));
    for (int i = 0; i < m->n_parts; i++) {
        const char *const pair[] = {m->part[i].name, m->part[i].value};
        cf_json_add(parts, texts(pair, 2));
    }
    cf_json_put(json, "follows_from", parts);
    cf_json_write(json, to);
    cf_json_free(json);
}

static int write_all(int fd, const char *bytes, size_t length)
{
    while (length > 0) {
        const ssize_t written = write(fd, bytes, length);
        if (written < 0 && errno == EINTR)
            continue;
        if (written <= 0)
            return written < 0 ? errno : ENOSPC;
        bytes += written;
        length -= (size_t)written;
    }
    return 0;
}

/* A name that no other process, here or on another machine, gives at the same time. */
static int open_temporary(int folder, char name[64])
{
    unsigned long long number = 0;
    if (getrandom(&number, sizeof number, 0) != sizeof number)
        number = (unsigned long long)getpid();
    snprintf(name, 64, CF_MANIFEST_FILE ".%016llx.cohortflow-tmp", number);
    return openat(folder, name, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0666);
}

/* Give it its name unless that is taken; where a file system has no second names, by renaming. */
static int take_name(int folder, const char *name)
{
    if (linkat(folder, name, folder, CF_MANIFEST_FILE, 0) == 0 || errno == EEXIST)
        return 0;
    if (errno != EPERM && errno != EOPNOTSUPP && errno != EMLINK && errno != ENOSYS)
        return errno;
    return renameat(folder, name, folder, CF_MANIFEST_FILE) < 0 ? errno : 0;
}

int cf_manifest_write(const struct cf_manifest *m, const char *path)
{
    char name[64];
    struct cf_text json = {0};
    int failure = 0;
    const int folder = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    const int file = folder < 0 ? -1 : open_temporary(folder, name);
    if (file < 0) {
        failure = errno;
        if (folder >= 0)
            close(folder);
        return failure;
    }
    as_json(m, &json);
    failure = write_all(file, json.data, json.length);
    cf_text_free(&json);
    if (!failure && fsync(file) < 0 && errno != EINVAL)
        failure = errno;
    if (close(file) < 0 && !failure)
        failure = errno;
    if (!failure)
        failure = take_name(folder, name);
    unlinkat(folder, name, 0);
    if (!failure && fsync(folder) < 0 && errno != EINVAL)
        failure = errno;
    close(folder);
    return failure;
}

/* ---- read again ---- */

static const char **read_texts(struct cf_arena *arena, const cf_json *array, int *n)
{
    *n = (int)cf_json_size(array);
    const char **text = CF_TAKE(arena, (size_t)*n, const char *);
    for (int i = 0; i < *n; i++) {
        const char *one = cf_json_text_at(array, (size_t)i);
        if (!one)
            return NULL;
        text[i] = cf_arena_copy(arena, one);
    }
    return text;
}

static int read_count(const cf_json *json, const char *key, long long low, long long high,
                      long long *value)
{
    return cf_json_get_int(json, key, value) && *value >= low && *value <= high;
}

static int read_numbers(struct cf_manifest *m, const cf_json *json)
{
    const long long most_length = (long long)(PTRDIFF_MAX / 64);
    long long scenarios, points, draws, length, draw_length;
    if (!read_count(json, "scenarios", 1, INT_MAX, &scenarios) ||
        !read_count(json, "points", 1, INT_MAX, &points) ||
        !read_count(json, "draws", 0, INT_MAX - 1, &draws) ||
        !read_count(json, "length", 0, most_length, &length) ||
        !read_count(json, "draw_length", 0, length, &draw_length) ||
        scenarios * points > INT_MAX / (draws + 1))
        return 0;
    m->runs = (struct cf_runs){(int)scenarios, (int)points, (int)draws};
    m->length = (size_t)length;
    m->draw_length = (size_t)draw_length;
    return 1;
}

static int read_json(struct cf_manifest *m, const cf_json *json)
{
    const char *format = cf_json_get_text(json, "format"), *hash = cf_json_get_text(json, "hash");
    const cf_json *parts = cf_json_get(json, "follows_from");
    int room = 0;
    if (!format || !cf_text_same(format, FORMAT) || !hash || !read_numbers(m, json))
        return 0;
    for (size_t i = 0; i < cf_json_size(parts); i++) {
        const char *name = cf_json_text_at(cf_json_at(parts, i), 0);
        const char *value = cf_json_text_at(cf_json_at(parts, i), 1);
        if (!name || !value)
            return 0;
        add_part(m, &room, name, value);
    }
    int agrees = 0;
    for (int i = 0; i < m->n_parts; i++)
        agrees |= cf_text_same(m->part[i].value, counts_text(m));
    m->scenario = read_texts(&m->arena, cf_json_get(json, "scenario_files"), &m->n_scenarios);
    m->set = read_texts(&m->arena, cf_json_get(json, "set"), &m->n_set);
    hash_parts(m, m->hash);
    return agrees && m->scenario && m->set && m->n_scenarios == m->runs.n_scenarios &&
           cf_text_same(hash, m->hash);
}

enum cf_status cf_manifest_read(struct cf_manifest *m, const char *folder, cf_diag *diag)
{
    char *bytes = NULL;
    size_t length = 0;
    *m = (struct cf_manifest){0};
    cf_arena_init(&m->arena);
    const char *path = cf_arena_format(&m->arena, "%s/" CF_MANIFEST_FILE, folder);
    const int failure = cf_read_file(path, MOST_BYTES, &bytes, &length);
    cf_json *json = failure ? NULL : cf_json_read(bytes);
    const int good = json && read_json(m, json);
    cf_json_free(json);
    free(bytes);
    if (good)
        return CF_OK;
    cf_report(diag, CF_ERROR, "records.manifest", (struct cf_at){.path = path}, NULL,
              failure ? "the manifest cannot be read: %s"
                      : "this file is no manifest, or a damaged one%s",
              failure ? strerror(failure) : "");
    cf_arena_free(&m->arena);
    return CF_BAD_INPUT;
}
