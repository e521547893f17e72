#ifndef CF_PRESCAN_TOKENS_H
#define CF_PRESCAN_TOKENS_H

#include "input/prescan.h"

/* Punctuation is its own character. */
enum cf_token_kind {
    CF_TOKEN_END = 0,
    CF_TOKEN_NAME = 'n',
    CF_TOKEN_BOOL = 'b',
    CF_TOKEN_NUMBER = 'd', /* begins like one; may be anything, see cf_token_number */
    CF_TOKEN_TEXT = 't',   /* with its quotes */
    CF_TOKEN_OTHER = '?',  /* bytes that mean nothing */
};

struct cf_token {
    int kind;
    int first_on_line;
    int broken; /* CF_TOKEN_TEXT: not closed, or holding a NUL; reported already */
    struct cf_at at;
    const char *text;
    size_t length;
};

struct cf_tokens {
    struct cf_token *token; /* [n], a CF_TOKEN_END last */
    size_t n, room;
};

/*
 * Fill scan->item from scan->tokens: the settings of a file, or one value as a setting. Reports
 * everything that is wrong with them.
 */
void cf_parse_file(struct cf_prescan *prescan, struct cf_scan *scan);
void cf_parse_value(struct cf_prescan *prescan, const char *key, struct cf_at key_at,
                    struct cf_scan *scan);

/* The array at this index is complete: libconfig wants its numbers to be of one kind, which the
 * scenario's author need not care for. Any other mixture is reported, and makes a list of it, so
 * that no value is lost. */
void cf_settle_array(struct cf_prescan *prescan, struct cf_scan *scan, int array);

/*
 * Cut a text into tokens, those of the files it includes in their place. Reports texts and
 * comments that are not closed, NULs within texts and includes that lead nowhere or in a circle.
 * The tokens point into the text and `scratch`, which have to stay.
 */
struct cf_uncut {
    const struct cf_prescan_frame *frame;
    const char *text;
    size_t length, first; /* the offset to begin at */
    int line;             /* the number of the first line */
};
void cf_cut_tokens(struct cf_prescan *prescan, const struct cf_uncut *uncut,
                   struct cf_arena *scratch, struct cf_tokens *tokens);
void cf_tokens_free(struct cf_tokens *tokens);

enum cf_number_kind {
    CF_NUMBER_NONE, /* not a number at all */
    CF_NUMBER_INT,
    CF_NUMBER_FLOAT,
    CF_NUMBER_WANTS_L,  /* beyond 32 bits and not marked so */
    CF_NUMBER_NO_INT64, /* beyond 64 bits */
    CF_NUMBER_NO_FLOAT, /* beyond what a double holds */
};
/* What a number says, and the value of a CF_NUMBER_INT. */
enum cf_number_kind cf_token_number(const char *text, size_t length, long long *integer);
/* Whether a text may be the name of a setting. */
int cf_token_is_name(const char *text);
/* 1 for true, 2 for false in any mix of cases, else 0. */
int cf_token_bool(const char *text, size_t length);

#endif
