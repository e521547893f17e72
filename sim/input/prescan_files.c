/*
 * The files of a scenario: which have been read, and which led to the one at hand. libconfig never
 * opens a file itself.
 */
#include "input/bytes.h"
#include "input/prescan.h"

#include <stdlib.h>
#include <string.h>

/* Includes of includes of includes could multiply without end. */
#define MOST_BYTES_IN_ALL (8 * CF_CONFIG_MOST_BYTES)

static const struct cf_bytes_codes codes = {
    .missing = "config.missing",
    .directory = "config.directory",
    .for_example = "baseline.cfg",
    .not_a_file = "config.not-a-file",
    .unreadable = "config.unreadable",
    .too_large = "config.too-large",
    .nul = "config.nul",
    .not_utf8 = "config.not-utf8",
};

/* Two names of one file are one file. */
static const char *real_path(struct cf_arena *arena, const char *path)
{
    char *real = realpath(path, NULL);
    const char *kept = real ? cf_arena_copy(arena, real) : path;
    free(real);
    return kept;
}

struct cf_prescan_frame cf_prescan_first(struct cf_prescan *prescan, const char *path)
{
    const char *kept = cf_arena_copy(prescan->arena, path);
    return (struct cf_prescan_frame){.path = kept, .real = real_path(prescan->arena, kept)};
}

/* The chain of files from the first time round to the second, the way the loop goes. */
static void add_chain(const struct cf_prescan_frame *frame, const char *real, struct cf_text *text)
{
    if (frame && strcmp(frame->real, real) != 0)
        add_chain(frame->up, real, text);
    if (frame)
        cf_text_format(text, "%s -> ", frame->path);
}

int cf_prescan_enter(struct cf_prescan *prescan, const struct cf_prescan_frame *from,
                     const char *name, struct cf_at at, const char *how,
                     struct cf_prescan_frame *frame)
{
    const char *folder = cf_path_folder(prescan->arena, at.path);
    while (name[0] == '.' && name[1] == '/' && name[2] && name[2] != '/')
        name += 2;
    const char *path = cf_path_plain(prescan->arena, cf_path_join(prescan->arena, folder, name));
    *frame = (struct cf_prescan_frame){
        .path = path,
        .real = real_path(prescan->arena, path),
        .up = from,
        .depth = from->depth + 1,
    };
    for (const struct cf_prescan_frame *f = from; f; f = f->up) {
        if (strcmp(f->real, frame->real) != 0)
            continue;
        struct cf_text chain = {0};
        add_chain(from, frame->real, &chain);
        cf_report(prescan->diag, CF_ERROR, "config.loop", at, NULL, "loop of %s: %s%s", how,
                  chain.data, path);
        cf_text_free(&chain);
        return 0;
    }
    if (frame->depth >= CF_CONFIG_MOST_DEPTH) {
        cf_report(prescan->diag, CF_ERROR, "config.depth", at, NULL,
                  "%s goes through more than %d files", how, CF_CONFIG_MOST_DEPTH);
        return 0;
    }
    return 1;
}

static void note_file(struct cf_prescan *prescan, const struct cf_prescan_frame *frame,
                      const char *sha256)
{
    for (int i = 0; i < prescan->n_files; i++) {
        if (strcmp(prescan->real[i], frame->real) == 0)
            return;
    }
    if (prescan->n_files == prescan->room) {
        size_t n = (size_t)prescan->n_files;
        int room = n ? 2 * prescan->n_files : 8;
        struct cf_config_file *file = CF_TAKE(prescan->arena, (size_t)room, struct cf_config_file);
        const char **real = CF_TAKE(prescan->arena, (size_t)room, const char *);
        if (n) {
            memcpy(file, prescan->file, n * sizeof *file);
            memcpy(real, prescan->real, n * sizeof *real);
        }
        prescan->file = file;
        prescan->real = real;
        prescan->room = room;
    }
    struct cf_config_file *file = &prescan->file[prescan->n_files];
    file->path = frame->path;
    memcpy(file->sha256, sha256, sizeof file->sha256);
    prescan->real[prescan->n_files++] = frame->real;
}

static const char *take_source(struct cf_prescan *prescan, const struct cf_prescan_frame *frame,
                               struct cf_bytes *source, struct cf_arena *scratch, size_t *length)
{
    const char *text = NULL;
    note_file(prescan, frame, source->sha256);
    prescan->bytes += source->length;
    if (cf_bytes_clean(frame->path, &codes, source, prescan->diag)) {
        text = cf_arena_copy_n(scratch, source->text, source->length);
        *length = source->length;
    }
    cf_bytes_free(source);
    return text;
}

const char *cf_prescan_read(struct cf_prescan *prescan, const struct cf_prescan_frame *frame,
                            struct cf_at asked, struct cf_arena *scratch, size_t *length)
{
    struct cf_bytes source;
    if (prescan->bytes > MOST_BYTES_IN_ALL) {
        cf_report(prescan->diag, CF_ERROR, "config.too-large", asked, NULL,
                  "the files of the scenario are larger than %zu MiB together",
                  MOST_BYTES_IN_ALL >> 20);
        return NULL;
    }
    if (!cf_bytes_read(frame->path, CF_CONFIG_MOST_BYTES, &codes, asked, &source, prescan->diag))
        return NULL;
    return take_source(prescan, frame, &source, scratch, length);
}

const char *cf_prescan_take(struct cf_prescan *prescan, const struct cf_prescan_frame *frame,
                            const char *bytes, size_t n, struct cf_arena *scratch, size_t *length)
{
    struct cf_bytes source;
    struct cf_at at = {frame->path, 0, 0};
    if (!cf_bytes_copy(bytes, n, CF_CONFIG_MOST_BYTES_RESOLVED, &codes, at, &source, prescan->diag))
        return NULL;
    return take_source(prescan, frame, &source, scratch, length);
}
