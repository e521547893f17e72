/*
 * What every file of text from outside goes through before its own reader sees it: the kind and
 * size of the file, the byte order mark, NUL, UTF-8 and the digest of its bytes.
 */
#include "input/bytes.h"
#include "base/text.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#define UTF8_MARK "\xEF\xBB\xBF"
/* From one NUL in four bytes on, a file is taken for UTF-16 or for no text at all. */
#define NUL_SHARE 4

static void report_folder(const char *path, const struct cf_bytes_codes *codes, struct cf_at at,
                          cf_diag *diag)
{
    struct cf_text help = {0};
    size_t length = strlen(path);
    const char *between = length && path[length - 1] == '/' ? "" : "/";
    if (codes->for_example)
        cf_text_format(&help, "name a file in it, e.g. %s%s%s", path, between, codes->for_example);
    cf_report(diag, CF_ERROR, codes->directory, at, help.data, "'%s' is a folder, not a file",
              path);
    cf_text_free(&help);
}

static void report_unread(int error, const char *path, size_t most,
                          const struct cf_bytes_codes *codes, struct cf_at at, cf_diag *diag)
{
    switch (error) {
    case ENOENT:
    case ENOTDIR:
        cf_report(diag, CF_ERROR, codes->missing, at, NULL, "there is no file '%s'", path);
        break;
    case EISDIR:
        report_folder(path, codes, at, diag);
        break;
    case EINVAL:
        cf_report(diag, CF_ERROR, codes->not_a_file, at, NULL, "'%s' is not a regular file", path);
        break;
    case EFBIG:
        cf_report(diag, CF_ERROR, codes->too_large, at, NULL, "'%s' is larger than %zu MiB", path,
                  most >> 20);
        break;
    default:
        cf_report(diag, CF_ERROR, codes->unreadable, at, NULL, "'%s' cannot be read: %s", path,
                  strerror(error));
    }
}

static void take_bytes(char *bytes, size_t length, struct cf_bytes *source)
{
    size_t mark = length >= 3 && memcmp(bytes, UTF8_MARK, 3) == 0 ? 3 : 0;
    source->bytes = bytes;
    source->text = bytes + mark;
    source->length = length - mark;
    cf_digest_of(bytes, length, source->sha256);
}

int cf_bytes_read(const char *path, size_t most, const struct cf_bytes_codes *codes,
                  struct cf_at at, struct cf_bytes *source, cf_diag *diag)
{
    char *bytes = NULL;
    size_t length = 0;
    *source = (struct cf_bytes){0};
    int error = cf_read_file(path, most, &bytes, &length);
    if (error) {
        report_unread(error, path, most, codes, at, diag);
        return 0;
    }
    take_bytes(bytes, length, source);
    return 1;
}

int cf_bytes_copy(const char *bytes, size_t length, size_t most, const struct cf_bytes_codes *codes,
                  struct cf_at at, struct cf_bytes *source, cf_diag *diag)
{
    *source = (struct cf_bytes){0};
    char *copy = length > most ? NULL : malloc(length + 1);
    if (!copy) {
        int error = length > most ? EFBIG : ENOMEM;
        report_unread(error, at.path ? at.path : "", most, codes, at, diag);
        return 0;
    }
    if (length)
        memcpy(copy, bytes, length);
    copy[length] = '\0';
    take_bytes(copy, length, source);
    return 1;
}

void cf_bytes_free(struct cf_bytes *source)
{
    free(source->bytes);
    *source = (struct cf_bytes){0};
}

static struct cf_at place_of(const char *path, const struct cf_bytes *source, size_t offset)
{
    struct cf_at at = {path, 1, 1};
    for (size_t i = 0; i < offset; i++) {
        at.column++;
        if (source->text[i] == '\n') {
            at.line++;
            at.column = 1;
        }
    }
    return at;
}

/* 0 when the file is not text. */
static int clean_nul(const char *path, const struct cf_bytes_codes *codes, struct cf_bytes *source,
                     cf_diag *diag)
{
    char *text = source->bytes + (source->text - source->bytes);
    char *first = memchr(text, '\0', source->length);
    if (!first)
        return 1;
    struct cf_at at = place_of(path, source, (size_t)(first - text));
    size_t n = 0;
    for (char *c = first; c; c = memchr(c, '\0', source->length - (size_t)(c - text))) {
        *c = '?';
        n++;
    }
    source->bad = 1;
    int no_text = n * NUL_SHARE >= source->length;
    cf_report(diag, CF_ERROR, codes->nul, at,
              no_text ? "the file looks like UTF-16; save it as UTF-8" : NULL,
              "NUL byte in a file of text");
    return !no_text;
}

int cf_bytes_clean(const char *path, const struct cf_bytes_codes *codes, struct cf_bytes *source,
                   cf_diag *diag)
{
    if (!clean_nul(path, codes, source, diag))
        return 0;
    size_t bad = cf_utf8_bad(source->text, source->length);
    if (bad == source->length)
        return 1;
    source->bad = 1;
    const char *help = cf_looks_windows_1252(source->text, source->length)
                           ? "the file looks like Windows-1252; save it as UTF-8"
                           : "save the file as UTF-8";
    cf_report(diag, CF_ERROR, codes->not_utf8, place_of(path, source, bad), help,
              "byte 0x%02X is not UTF-8", (unsigned)(unsigned char)source->text[bad]);
    char *text = source->bytes + (source->text - source->bytes);
    while (bad < source->length) {
        text[bad] = '?';
        bad += 1 + cf_utf8_bad(text + bad + 1, source->length - bad - 1);
    }
    return 1;
}
