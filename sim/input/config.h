#ifndef CF_CONFIG_H
#define CF_CONFIG_H

#include "base/arena.h"
#include "base/diag.h"
#include "base/digest.h"

#define CF_CONFIG_MOST_BYTES ((size_t)1 << 20)
#define CF_CONFIG_MOST_BYTES_RESOLVED (64 * CF_CONFIG_MOST_BYTES) /* a text in memory */
#define CF_CONFIG_SET_PATH "--set" /* path of what was set; line n is the n-th text */
#define CF_CONFIG_MOST_DEPTH 16    /* nesting of groups and lists; files in a chain of extends */

enum cf_node_kind {
    CF_NODE_GROUP, /* { ... }  */
    CF_NODE_ARRAY, /* [ ... ]  */
    CF_NODE_LIST,  /* ( ... )  */
    CF_NODE_INT,
    CF_NODE_NUMBER, /* written with a point or exponent */
    CF_NODE_BOOL,
    CF_NODE_TEXT,
};

/* One setting of the resolved scenario, with the place where it was written. */
struct cf_node {
    enum cf_node_kind kind;
    const char *key;     /* "" in an array or list */
    struct cf_at key_at; /* where the key stands (the value, in an array or list) */
    struct cf_at at;     /* where the value stands */
    long long integer;   /* CF_NODE_INT, CF_NODE_BOOL */
    double number;       /* CF_NODE_INT, CF_NODE_NUMBER */
    const char *text;    /* CF_NODE_TEXT */
    int broken;          /* the value was wrong and reported: it stands for none */
    struct cf_node *parent, *child, *next;
    int n_children;
};

/* A file that was read for the scenario. */
struct cf_config_file {
    const char *path;
    char sha256[CF_DIGEST_HEX];
};

struct cf_config {
    struct cf_node *root;    /* a group; never NULL, empty when nothing could be read */
    const char *path;        /* the file asked for */
    const char *base_folder; /* folder of the last file in the chain of extends */
    int broken;              /* something was wrong: settings may be missing because of it */
    int n_files;
    struct cf_config_file *file; /* [n_files] the file asked for first, then in order of reading */
    const char *resolved; /* the merged settings as text that this reader reads back: what goes
                             into the results file; without extends, place and paths */
};

/*
 * Read a scenario: a libconfig file, what it @includes and the chain of files it `extends`,
 * merged. Later files override earlier ones key by key, groups within groups too; lists of
 * groups that carry a `name` (or `code`) merge by it, new names at the end; all else is replaced.
 * `set`: n_set texts "path=value" applied last, path dotted ("design.seed=7"), the value in
 * libconfig's notation, a bare word taken as text; their messages name the file "--set", line n
 * the n-th. A path may go through a list by an entry's name ("levers.new sixth form.value"), and
 * a group given as a value merges like one of a file.
 *
 * Everything wrong in any file is reported at file:line:column in one call: not a regular file,
 * over 1 MiB, NUL, not UTF-8, unterminated text or comment, nesting too deep, a number that does
 * not fit (3000000000 wants an L; 1e400), a key given twice, a setting that does not parse, a
 * missing file, a loop of @include or extends. CF_BAD_INPUT then; what could be read is in
 * `config` all the same, so that the caller can go on.
 */
enum cf_status cf_config_load(struct cf_arena *arena, const char *path, const char *const *set,
                              int n_set, struct cf_config *config, cf_diag *diag);

/* A scenario in memory, such as the resolved text of a results file. What it refers to is looked
 * for from the folder of path, which need not exist. */
struct cf_config_text {
    const char *path, *bytes;
    size_t length;
};
enum cf_status cf_config_read_text(struct cf_arena *arena, const struct cf_config_text *text,
                                   const char *const *set, int n_set, struct cf_config *config,
                                   cf_diag *diag);

/* Member of a group, or NULL. */
struct cf_node *cf_node_find(const struct cf_node *group, const char *key);
/* "a group", "a list", "an array", "a whole number", "a number", "true or false", "text". */
const char *cf_node_kind_text(enum cf_node_kind kind);

#endif
