/*
 * Tokens of libconfig's notation with their places. Where libconfig and this scanner differ, this
 * one is stricter: a number has to end where its characters do ("5b" is not 5 and then b).
 */
#include "input/prescan_tokens.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

struct lexer {
    struct cf_prescan *prescan;
    const struct cf_prescan_frame *frame;
    struct cf_arena *scratch;
    struct cf_tokens *tokens;
    const char *text;
    size_t length, i, line_start;
    int line;
    /* A text may run over several lines. In a file that ends within one, a closing quote is
     * missing somewhere above; then each text is held to its line, which finds the place. */
    int by_line;
};

void cf_tokens_free(struct cf_tokens *tokens)
{
    free(tokens->token);
    *tokens = (struct cf_tokens){0};
}

static int is_letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static int is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static int hex_digit(char c)
{
    if (is_digit(c))
        return c - '0';
    if (c >= 'a' && c <= 'f')
        return c - 'a' + 10;
    return c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

static int in_name(char c)
{
    return is_letter(c) || is_digit(c) || c == '-' || c == '_' || c == '*';
}

static int in_number(char c)
{
    return is_letter(c) || is_digit(c) || c == '-' || c == '+' || c == '.' || c == '_';
}

static char byte_at(const struct lexer *lexer, size_t i)
{
    return i < lexer->length ? lexer->text[i] : '\0';
}

static struct cf_at place_at(const struct lexer *lexer, size_t i)
{
    return (struct cf_at){lexer->frame->path, lexer->line, (int)(i - lexer->line_start) + 1};
}

static void new_line(struct lexer *lexer, size_t i)
{
    lexer->line++;
    lexer->line_start = i + 1;
}

static struct cf_token *add(struct lexer *lexer, int kind, size_t from, struct cf_at at)
{
    struct cf_tokens *tokens = lexer->tokens;
    if (tokens->n == tokens->room) {
        size_t room = tokens->room ? 2 * tokens->room : 256;
        struct cf_token *larger = realloc(tokens->token, room * sizeof *larger);
        if (!larger)
            cf_out_of_memory();
        tokens->token = larger;
        tokens->room = room;
    }
    const struct cf_token *before = tokens->n ? &tokens->token[tokens->n - 1] : NULL;
    tokens->token[tokens->n] = (struct cf_token){
        .kind = kind,
        .first_on_line = !before || before->at.line != at.line || before->at.path != at.path,
        .at = at,
        .text = lexer->text + from,
        .length = lexer->i - from,
    };
    return &tokens->token[tokens->n++];
}

/* The quote stands at lexer->i. 0 when the file ends first. */
static int cut_text(struct lexer *lexer)
{
    size_t from = lexer->i;
    struct cf_at at = place_at(lexer, from);
    int closed = 0, broken = 0;
    for (lexer->i++; lexer->i < lexer->length && !closed; lexer->i++) {
        char c = lexer->text[lexer->i], next = byte_at(lexer, lexer->i + 1);
        if (c == '"') {
            closed = 1;
        } else if (c == '\\' && (next == '\\' || next == '"')) {
            lexer->i++;
        } else if (c == '\\' && (next == 'x' || next == 'X') &&
                   byte_at(lexer, lexer->i + 2) == '0' && byte_at(lexer, lexer->i + 3) == '0') {
            cf_report(lexer->prescan->diag, CF_ERROR, "config.nul", place_at(lexer, lexer->i), NULL,
                      "NUL within a text");
            broken = 1;
        } else if (c == '\n' && lexer->by_line) {
            break;
        } else if (c == '\n') {
            new_line(lexer, lexer->i);
        }
    }
    if (!closed && !lexer->by_line)
        return 0;
    if (!closed)
        cf_report(lexer->prescan->diag, CF_ERROR, "config.unterminated", at, NULL,
                  "text is never closed");
    add(lexer, CF_TOKEN_TEXT, from, at)->broken = broken || !closed;
    return 1;
}

static void skip_comment(struct lexer *lexer)
{
    struct cf_at at = place_at(lexer, lexer->i);
    for (lexer->i += 2; lexer->i < lexer->length; lexer->i++) {
        if (lexer->text[lexer->i] == '*' && byte_at(lexer, lexer->i + 1) == '/') {
            lexer->i += 2;
            return;
        }
        if (lexer->text[lexer->i] == '\n')
            new_line(lexer, lexer->i);
    }
    cf_report(lexer->prescan->diag, CF_ERROR, "config.unterminated", at, NULL,
              "comment is never closed");
}

static void skip_line(struct lexer *lexer)
{
    while (lexer->i < lexer->length && lexer->text[lexer->i] != '\n')
        lexer->i++;
}

static void cut_file(struct lexer *lexer);

static void include(struct lexer *lexer, const char *name, struct cf_at at)
{
    struct cf_prescan_frame frame;
    if (!cf_prescan_enter(lexer->prescan, lexer->frame, name, at, "@include", &frame))
        return;
    struct lexer within = {
        .prescan = lexer->prescan,
        .frame = &frame,
        .scratch = lexer->scratch,
        .tokens = lexer->tokens,
        .line = 1,
    };
    within.text = cf_prescan_read(lexer->prescan, &frame, at, lexer->scratch, &within.length);
    if (within.text)
        cut_file(&within);
}

/* @include "name", alone at the start of a line as libconfig wants it; else an odd character. */
static int try_include(struct lexer *lexer)
{
    static const char word[] = "@include";
    size_t from = lexer->i;
    for (size_t i = lexer->line_start; i < from; i++) {
        if (lexer->text[i] != ' ' && lexer->text[i] != '\t')
            return 0;
    }
    if (lexer->length - from < sizeof word - 1 ||
        memcmp(lexer->text + from, word, sizeof word - 1) != 0)
        return 0;
    struct cf_at at = place_at(lexer, from);
    struct cf_text name = {0};
    size_t i = from + sizeof word - 1;
    while (byte_at(lexer, i) == ' ' || byte_at(lexer, i) == '\t')
        i++;
    int good = byte_at(lexer, i) == '"' && i > from + sizeof word - 1;
    for (i++; good && i < lexer->length && lexer->text[i] != '"'; i++) {
        if (lexer->text[i] == '\n')
            good = 0;
        char next = byte_at(lexer, i + 1);
        if (lexer->text[i] == '\\' && (next == '\\' || next == '"'))
            i++;
        cf_text_add_n(&name, lexer->text + i, i < lexer->length);
    }
    if (good && i < lexer->length && name.length) {
        lexer->i = i + 1;
        include(lexer, name.data, at);
    } else {
        skip_line(lexer);
        cf_report(lexer->prescan->diag, CF_ERROR, "config.include", at, NULL,
                  "@include wants the name of a file in quotes");
    }
    cf_text_free(&name);
    return 1;
}

static int means_something(char c)
{
    return is_letter(c) || is_digit(c) || strchr(" \t\r\n\f\"#/{}[]()=:;,*.+-@", c);
}

/* A token of at least one byte; kind by its first. */
static void cut_plain(struct lexer *lexer)
{
    size_t from = lexer->i;
    struct cf_at at = place_at(lexer, from);
    char c = lexer->text[lexer->i++], next = byte_at(lexer, lexer->i);
    if (strchr("{}[]()=:;,", c)) {
        add(lexer, c == ':' ? '=' : c, from, at);
    } else if (is_letter(c) || c == '*') {
        while (lexer->i < lexer->length && in_name(lexer->text[lexer->i]))
            lexer->i++;
        int is_bool = cf_token_bool(lexer->text + from, lexer->i - from);
        add(lexer, is_bool ? CF_TOKEN_BOOL : CF_TOKEN_NAME, from, at);
    } else if (is_digit(c) || c == '.' ||
               ((c == '+' || c == '-') && (is_digit(next) || next == '.'))) {
        while (lexer->i < lexer->length && in_number(lexer->text[lexer->i]))
            lexer->i++;
        add(lexer, CF_TOKEN_NUMBER, from, at);
    } else {
        while (lexer->i < lexer->length && !means_something(lexer->text[lexer->i]))
            lexer->i++;
        add(lexer, CF_TOKEN_OTHER, from, at);
    }
}

/* 0 when the file ends within a text. */
static int cut_all(struct lexer *lexer)
{
    while (lexer->i < lexer->length) {
        char c = lexer->text[lexer->i], next = byte_at(lexer, lexer->i + 1);
        if (c == '\n') {
            new_line(lexer, lexer->i++);
        } else if (c == ' ' || c == '\t' || c == '\r' || c == '\f') {
            lexer->i++;
        } else if (c == '#' || (c == '/' && next == '/')) {
            skip_line(lexer);
        } else if (c == '/' && next == '*') {
            skip_comment(lexer);
        } else if (c == '"') {
            if (!cut_text(lexer))
                return 0;
        } else if (c != '@' || !try_include(lexer)) {
            cut_plain(lexer);
        }
    }
    return 1;
}

static void cut_file(struct lexer *lexer)
{
    struct lexer again = *lexer;
    size_t n_before = lexer->tokens->n;
    if (cut_all(lexer))
        return;
    lexer->tokens->n = n_before;
    *lexer = again;
    lexer->by_line = 1;
    cut_all(lexer);
}

void cf_cut_tokens(struct cf_prescan *prescan, const struct cf_uncut *uncut,
                   struct cf_arena *scratch, struct cf_tokens *tokens)
{
    struct lexer lexer = {
        .prescan = prescan,
        .frame = uncut->frame,
        .scratch = scratch,
        .tokens = tokens,
        .text = uncut->text,
        .length = uncut->length,
        .i = uncut->first,
        .line = uncut->line,
    };
    cut_file(&lexer);
    lexer.i = lexer.length;
    add(&lexer, CF_TOKEN_END, lexer.length, place_at(&lexer, lexer.length));
}

int cf_token_bool(const char *text, size_t length)
{
    if (length == 4 && strncasecmp(text, "true", 4) == 0)
        return 1;
    return length == 5 && strncasecmp(text, "false", 5) == 0 ? 2 : 0;
}

int cf_token_is_name(const char *text)
{
    size_t n = strlen(text);
    if (!is_letter(text[0]) && text[0] != '*')
        return 0;
    for (size_t i = 1; i < n; i++) {
        if (!in_name(text[i]))
            return 0;
    }
    return !cf_token_bool(text, n);
}

/* [+-]digits or 0xdigits, then L or LL for one of 64 bits. CF_NUMBER_NONE when it is neither. */
static enum cf_number_kind whole_number(const char *text, size_t length, long long *integer)
{
    size_t i = 0;
    int base = 10, negative = 0;
    if (length > 2 && text[0] == '0' && (text[1] == 'x' || text[1] == 'X')) {
        base = 16;
        i = 2;
    } else if (length && (text[0] == '-' || text[0] == '+')) {
        negative = text[i++] == '-';
    }
    size_t first = i;
    unsigned long long size = 0;
    int fits = 1;
    for (; i < length && hex_digit(text[i]) >= 0 && hex_digit(text[i]) < base; i++)
        fits &= !__builtin_mul_overflow(size, (unsigned)base, &size) &&
                !__builtin_add_overflow(size, (unsigned)hex_digit(text[i]), &size);
    if (i == first)
        return CF_NUMBER_NONE;
    size_t n_marks = length - i;
    if (n_marks > 2 || (n_marks > 0 && text[i] != 'L') || (n_marks > 1 && text[i + 1] != 'L'))
        return CF_NUMBER_NONE;
    if (!fits || size > (unsigned long long)LLONG_MAX + (unsigned)negative)
        return CF_NUMBER_NO_INT64;
    *integer = negative ? (long long)(0 - size) : (long long)size;
    return n_marks == 0 && (*integer > INT_MAX || *integer < INT_MIN) ? CF_NUMBER_WANTS_L
                                                                      : CF_NUMBER_INT;
}

/* Digits with a point or an exponent, and at least one digit. */
static int is_float(const char *text, size_t length)
{
    size_t i = 0, n_digits = 0;
    if (i < length && (text[i] == '-' || text[i] == '+'))
        i++;
    for (; i < length && is_digit(text[i]); i++)
        n_digits++;
    if (i < length && text[i] == '.')
        for (i++; i < length && is_digit(text[i]); i++)
            n_digits++;
    if (!n_digits)
        return 0;
    if (i < length && (text[i] == 'e' || text[i] == 'E')) {
        i++;
        if (i < length && (text[i] == '-' || text[i] == '+'))
            i++;
        if (i == length)
            return 0;
        while (i < length && is_digit(text[i]))
            i++;
    }
    return i == length;
}

enum cf_number_kind cf_token_number(const char *text, size_t length, long long *integer)
{
    *integer = 0;
    enum cf_number_kind kind = whole_number(text, length, integer);
    if (kind != CF_NUMBER_NONE || !is_float(text, length))
        return kind;
    struct cf_text copy = {0};
    double value;
    cf_text_add_n(&copy, text, length);
    int fits = cf_parse_double(copy.data, &value);
    cf_text_free(&copy);
    return fits ? CF_NUMBER_FLOAT : CF_NUMBER_NO_FLOAT;
}
