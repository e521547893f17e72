#ifndef CF_PRESCAN_H
#define CF_PRESCAN_H

#include "base/text.h"
#include "input/config.h"

/*
 * The scanner that stands before libconfig. It knows where each setting is written, follows
 * @include, and finds what libconfig 1.5 gets wrong or stops at. What is left is a list of
 * settings in pre-order that libconfig can read without fail, each with its place.
 */

/* A file being scanned, and the file whose @include or `extends` led to it. */
struct cf_prescan_frame {
    const char *path, *real; /* as written; without links and dots */
    const struct cf_prescan_frame *up;
    int depth; /* from 0 */
};

/* What all files of one scenario share. */
struct cf_prescan {
    struct cf_arena *arena; /* keeps paths and keys */
    cf_diag *diag;
    struct cf_config_file *file; /* [n_files] each file once, in order of reading */
    const char **real;           /* [n_files] */
    int n_files, room;
    size_t bytes; /* read in all, a file included twice counted twice */
};

struct cf_token;

/* A setting, or a value in an array or list. */
struct cf_scan_item {
    enum cf_node_kind kind;
    const char *key; /* "" in an array or list */
    struct cf_at key_at, at;
    int end;                     /* index behind the last item within this one */
    int long_integer, as_number; /* how the literal is handed on, see cf_scan_write */
    int broken;                  /* the value is wrong, and reported */
    long long integer;
    const struct cf_token *token; /* [n_tokens] the literal; several for texts side by side */
    size_t n_tokens;
};

struct cf_scan {
    struct cf_scan_item *item; /* [n] in pre-order */
    int n, room;
    struct cf_arena scratch;
    struct cf_token *tokens; /* malloc'ed */
};

/*
 * Scan the file of a frame. 1 when it could be read; 0 when not, which is reported at `asked`.
 * cf_scan_free whatever the result.
 */
int cf_prescan_file(struct cf_prescan *prescan, const struct cf_prescan_frame *frame,
                    struct cf_at asked, struct cf_scan *scan);
/* The same of a file already in memory. */
int cf_prescan_bytes(struct cf_prescan *prescan, const struct cf_prescan_frame *frame,
                     const char *bytes, size_t length, struct cf_scan *scan);
/*
 * Scan one value, which begins at offset `first` of a text, as a setting of the given key. What
 * begins like no value of libconfig's is a text as it stands.
 */
struct cf_value_text {
    const char *text;
    size_t first;
    int line; /* the line the text is said to stand on */
};
void cf_prescan_value(struct cf_prescan *prescan, const struct cf_prescan_frame *frame,
                      struct cf_value_text value, const char *key, struct cf_at key_at,
                      struct cf_scan *scan);
void cf_scan_free(struct cf_scan *scan);

/* Append item i as libconfig is to read it: out-of-range numbers as 0, whole numbers beyond 32
 * bits with their L, the numbers of one array all of one kind. */
void cf_scan_write(const struct cf_scan *scan, int i, struct cf_text *to);

/* Append a text in quotes, escaped so that libconfig gives back the same bytes. */
void cf_config_quote(struct cf_text *to, const char *text);

/* Read a file for the scanner: checked, noted in the list of files, its text in `scratch`. NULL
 * when it could not be read. */
const char *cf_prescan_read(struct cf_prescan *prescan, const struct cf_prescan_frame *frame,
                            struct cf_at asked, struct cf_arena *scratch, size_t *length);
/* The same of a file already in memory. */
const char *cf_prescan_take(struct cf_prescan *prescan, const struct cf_prescan_frame *frame,
                            const char *bytes, size_t n, struct cf_arena *scratch, size_t *length);
/* The frame of a file that `from` refers to by name at a place: 0 and a report when that makes
 * a loop or goes too deep. how: "@include" or "extends". */
int cf_prescan_enter(struct cf_prescan *prescan, const struct cf_prescan_frame *from,
                     const char *name, struct cf_at at, const char *how,
                     struct cf_prescan_frame *frame);
/* The frame of the first file. */
struct cf_prescan_frame cf_prescan_first(struct cf_prescan *prescan, const char *path);

#endif
