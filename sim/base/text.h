#ifndef CF_TEXT_H
#define CF_TEXT_H

#include <stdarg.h>
#include <stddef.h>

/* Growing text, NUL-terminated at all times after the first append. Starts as {0}. Out of memory
 * ends the process as in arena.h. */
struct cf_text {
    char *data;
    size_t length, room;
};
void cf_text_free(struct cf_text *text);
void cf_text_add(struct cf_text *text, const char *more);
void cf_text_add_n(struct cf_text *text, const char *more, size_t length);
void cf_text_format(struct cf_text *text, const char *format, ...)
    __attribute__((format(printf, 2, 3)));
void cf_text_vformat(struct cf_text *text, const char *format, va_list args)
    __attribute__((format(printf, 2, 0)));
/* The shortest decimal form that reads back as the same double ("" for NaN). */
void cf_text_number(struct cf_text *text, double value);
#define CF_NUMBER_ROOM 40
/* The same into a buffer of CF_NUMBER_ROOM bytes; returns buffer. */
char *cf_number_text(char *buffer, double value);

/* Strict numbers of the C locale whatever the process locale is: optional sign, digits, point,
 * exponent; no blanks, hex, inf, nan. A digit may be missing before or after the point, not both
 * (.5 and 1. are read). 1 when the whole text is a finite number that fits, else 0. */
int cf_parse_double(const char *text, double *value);
int cf_parse_int(const char *text, int *value);
/* Why cf_parse_double refuses a text: "is not a number", or "is too large for a number". */
const char *cf_double_fault(const char *text);

/* Offset of the first byte that is not UTF-8 (overlong and surrogates refused too), or length. */
size_t cf_utf8_bad(const char *bytes, size_t length);
/* Whether the bytes read as Windows-1252 text: 0x80-0x9f or 0xa0-0xff bytes among ASCII. */
int cf_looks_windows_1252(const char *bytes, size_t length);

int cf_text_same(const char *a, const char *b);
int cf_text_starts(const char *text, const char *start);

/*
 * A whole regular file, at most `most` bytes, NUL-terminated one byte past the end; free() it.
 * Returns 0, or an errno value: EISDIR for a directory, EINVAL for another kind of file (fifo,
 * device), EFBIG when larger.
 */
int cf_read_file(const char *path, size_t most, char **bytes, size_t *length);

int cf_is_folder(const char *path);
/* The folder of a path ("." where it has none) and a path below a folder, in the arena. */
struct cf_arena;
char *cf_path_folder(struct cf_arena *arena, const char *path);
char *cf_path_join(struct cf_arena *arena, const char *folder, const char *name);
/* From the root. Links stay: a scenario is called by the name of its file, and what it includes is
 * beside that. */
char *cf_path_absolute(struct cf_arena *arena, const char *path);
/* The path without the detours, `name/..`, that lead back to the same folder: files that come to
 * one place from different folders name what is there alike, and what is said of it is said once.
 */
char *cf_path_plain(struct cf_arena *arena, const char *given);

#endif
