/*
 * The structure of a scenario file: settings, groups, arrays and lists, with all that is wrong in
 * one pass. After an error within a setting the scanner drops that setting and goes on at the
 * next; a bracket that something outside it shows to be open is taken as closed there.
 */
#include "base/names.h"
#include "input/prescan_tokens.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>

enum {
    MOST_SHOWN = 40, /* bytes of a token in a message */
    /* libconfig looks through a whole group for each setting it adds to it. */
    MOST_SETTINGS = 10000,
};

struct parser {
    struct cf_prescan *prescan;
    struct cf_scan *scan;
    const struct cf_token *token;                      /* the one at hand */
    const struct cf_token *open[CF_CONFIG_MOST_DEPTH]; /* brackets */
    int depth;
};

static int parse_value(struct parser *p, const char *key, struct cf_at key_at);

static const char *shown(const struct parser *p, const struct cf_token *token)
{
    if (token->kind == CF_TOKEN_END)
        return "the end of the file";
    if (token->kind == CF_TOKEN_TEXT)
        return "a text";
    int cut = token->length > MOST_SHOWN;
    char *copy =
        cf_arena_format(&p->scan->scratch, "'%.*s%s'", cut ? MOST_SHOWN : (int)token->length,
                        token->text, cut ? "..." : "");
    for (char *c = copy; *c; c++) {
        if ((unsigned char)*c < ' ' || *c == 0x7f || (cut && (unsigned char)*c >= 0x80))
            *c = '?'; /* a control byte, or a character that the cut may have gone through */
    }
    return copy;
}

static void wrong(const struct parser *p, const struct cf_token *token, const char *help,
                  const char *text)
{
    cf_report(p->prescan->diag, CF_ERROR, "config.syntax", token->at, help, "%s, found %s", text,
              shown(p, token));
}

static char closer_of(int opener)
{
    return opener == '{' ? '}' : opener == '[' ? ']' : ')';
}

static int is_opener(int kind)
{
    return kind == '{' || kind == '[' || kind == '(';
}

static int is_closer(int kind)
{
    return kind == '}' || kind == ']' || kind == ')';
}

/* Whether the token closes a bracket that is open. */
static int closes(const struct parser *p, const struct cf_token *token)
{
    for (int i = 0; i < p->depth; i++) {
        if (token->kind == closer_of(p->open[i]->kind))
            return 1;
    }
    return 0;
}

/* A closing bracket that is not the innermost's: of one further out, or of none. */
static int ends_outer(const struct parser *p)
{
    if (closes(p, p->token)) {
        const struct cf_token *open = p->open[p->depth - 1];
        cf_report(p->prescan->diag, CF_ERROR, "config.unterminated", open->at, NULL,
                  "'%c' is not closed before the '%c' at line %d, column %d", open->kind,
                  p->token->kind, p->token->at.line, p->token->at.column);
        return 1;
    }
    cf_report(p->prescan->diag, CF_ERROR, "config.syntax", p->token->at, NULL,
              "'%c' closes nothing", p->token->kind);
    return 0;
}

static struct cf_scan_item *push(struct parser *p, enum cf_node_kind kind, const char *key,
                                 struct cf_at key_at)
{
    struct cf_scan *scan = p->scan;
    if (scan->n == scan->room) {
        if (scan->room > INT_MAX / 2)
            cf_out_of_memory();
        int room = scan->room ? 2 * scan->room : 64;
        struct cf_scan_item *larger = realloc(scan->item, (size_t)room * sizeof *larger);
        if (!larger)
            cf_out_of_memory();
        scan->item = larger;
        scan->room = room;
    }
    scan->item[scan->n] = (struct cf_scan_item){
        .kind = kind,
        .key = key,
        .key_at = key[0] ? key_at : p->token->at,
        .at = p->token->at,
        .end = scan->n + 1,
        .token = p->token,
        .n_tokens = 1,
    };
    return &scan->item[scan->n++];
}

static int starts_value(const struct cf_token *token)
{
    switch (token->kind) {
    case CF_TOKEN_TEXT:
    case CF_TOKEN_NUMBER:
    case CF_TOKEN_BOOL:
        return 1;
    case CF_TOKEN_NAME:
        return token[1].kind != '='; /* a text without its quotes, and reported so */
    default:
        return is_opener(token->kind);
    }
}

static void scan_number(struct parser *p, const char *key, struct cf_at key_at)
{
    const struct cf_token *token = p->token;
    struct cf_scan_item *item = push(p, CF_NODE_INT, key, key_at);
    enum cf_number_kind kind = cf_token_number(token->text, token->length, &item->integer);
    const char *number = shown(p, token), *help = NULL, *text = NULL;
    p->token++;
    if (kind == CF_NUMBER_FLOAT || kind == CF_NUMBER_NO_FLOAT)
        item->kind = CF_NODE_NUMBER;
    if (kind == CF_NUMBER_INT || kind == CF_NUMBER_FLOAT)
        return;
    item->integer = 0;
    item->broken = 1;
    if (kind == CF_NUMBER_NONE) {
        cf_report(p->prescan->diag, CF_ERROR, "config.syntax", token->at, "a text stands in quotes",
                  "%s is not a number", number);
        return;
    }
    if (kind == CF_NUMBER_WANTS_L) {
        text = "does not fit in 32 bits";
        if (token->length <= MOST_SHOWN)
            help =
                cf_arena_format(&p->scan->scratch, "write %.*sL", (int)token->length, token->text);
    } else {
        text = kind == CF_NUMBER_NO_INT64 ? "does not fit in 64 bits"
                                          : "is beyond what a number can hold, about 1.8e308";
    }
    cf_report(p->prescan->diag, CF_ERROR, "config.number-range", token->at, help, "%s %s", number,
              text);
}

/* 0 when the file ends first. */
static int parse_elements(struct parser *p, int self, int closer)
{
    int wanted = 1; /* a value may stand here: after the opening bracket or a comma */
    const char *text = closer == ']' ? "expected ',' or ']'" : "expected ',' or ')'";
    while (p->token->kind != CF_TOKEN_END && p->token->kind != closer) {
        const struct cf_token *token = p->token;
        if (is_closer(token->kind)) {
            if (ends_outer(p))
                return 1;
            p->token++;
        } else if (starts_value(token)) {
            if (!wanted)
                wrong(p, token, NULL, text);
            if (closer == ']' && is_opener(token->kind) &&
                p->scan->item[self].kind == CF_NODE_ARRAY) {
                wrong(p, token, "a list in ( ) may hold anything", "expected a plain value");
                p->scan->item[self].kind = CF_NODE_LIST;
                p->scan->item[self].broken = 1;
            }
            parse_value(p, "", token->at);
            wanted = 0;
        } else if (token->kind == ',' && !wanted) {
            p->token++;
            wanted = 1;
        } else {
            wrong(p, token, NULL, wanted ? "expected a value" : text);
            /* What follows tells a semicolon for a comma from a bracket left open. */
            int goes_on = starts_value(token + 1) || token[1].kind == closer;
            if (token->kind == CF_TOKEN_NAME || (token->kind == ';' && !goes_on))
                return 1;
            p->token++;
            wanted = 1;
        }
    }
    if (p->token->kind == CF_TOKEN_END)
        return 0;
    p->token++;
    return 1;
}

/* Drop what the failed setting still has, up to its ';' or to where the next one surely begins. */
static void skip_setting(struct parser *p)
{
    for (int level = 0; p->token->kind != CF_TOKEN_END; p->token++) {
        const struct cf_token *token = p->token;
        if (is_opener(token->kind)) {
            level++;
        } else if (is_closer(token->kind)) {
            if (level == 0 && closes(p, token))
                return;
            level -= level > 0;
        } else if (level == 0 && token->kind == ';') {
            p->token++;
            return;
        } else if (level == 0 && token->kind == CF_TOKEN_NAME && token->first_on_line &&
                   token[1].kind == '=') {
            return;
        }
    }
}

/* Reported where the key stands again, with the place of the first. */
static void report_twice(struct parser *p, const struct cf_token *token, const char *key, int self)
{
    const struct cf_scan_item *item = p->scan->item;
    const char *help = NULL;
    for (int i = self + 1; i < p->scan->n; i = item[i].end) {
        if (strcmp(item[i].key, key) == 0)
            help = cf_arena_format(&p->scan->scratch, "it is given first at %s:%d:%d",
                                   item[i].key_at.path, item[i].key_at.line, item[i].key_at.column);
    }
    cf_report(p->prescan->diag, CF_ERROR, "config.key-twice", token->at, help,
              "setting '%s' is given twice", key);
}

/* The name of a setting stands at hand. self: index of its group, -1 at the top. */
static void parse_setting(struct parser *p, int self, struct cf_names *keys)
{
    const struct cf_token *name = p->token++;
    if (p->token->kind != '=') {
        wrong(p, p->token, NULL,
              cf_arena_format(&p->scan->scratch, "expected '=' after %s", shown(p, name)));
        skip_setting(p);
        return;
    }
    p->token++;
    int n_before = p->scan->n, n_keys = keys->n;
    const char *key = cf_arena_copy_n(p->prescan->arena, name->text, name->length);
    int twice = cf_names_add(keys, key) < n_keys;
    if (twice)
        report_twice(p, name, key, self);
    else if (n_keys == MOST_SETTINGS)
        cf_report(p->prescan->diag, CF_ERROR, "config.too-large", name->at, NULL,
                  "more than %d settings in one group", MOST_SETTINGS);
    if (!parse_value(p, key, name->at)) {
        p->scan->n = n_before;
        if (p->token->kind == CF_TOKEN_NAME)
            return; /* the value is left out, the next setting follows */
        skip_setting(p);
        return;
    }
    if (twice || n_keys >= MOST_SETTINGS)
        p->scan->n = n_before;
    if (p->token->kind == ';' || p->token->kind == ',')
        p->token++;
}

/* Settings up to the closing bracket of the group. 0 when the file ends first. */
static int parse_settings(struct parser *p, int self)
{
    struct cf_names keys;
    cf_names_init(&keys, &p->scan->scratch);
    while (p->token->kind != CF_TOKEN_END) {
        const struct cf_token *token = p->token;
        if (is_closer(token->kind)) {
            if (self >= 0 && token->kind == '}') {
                p->token++;
                return 1;
            }
            if (ends_outer(p))
                return 1;
            p->token++;
            if (p->token->kind == ';' || p->token->kind == ',')
                p->token++;
        } else if (token->kind == CF_TOKEN_NAME) {
            parse_setting(p, self, &keys);
        } else {
            wrong(p, token, NULL, "expected a setting, name = value");
            if (!is_opener(token->kind))
                p->token++;
            if (token->kind != ';' && token->kind != ',')
                skip_setting(p);
        }
    }
    return 0;
}

/* A group, array or list; the opening bracket stands at hand. */
static void parse_brackets(struct parser *p, const char *key, struct cf_at key_at)
{
    const struct cf_token *open = p->token;
    int self = p->scan->n;
    enum cf_node_kind kind = open->kind == '{'   ? CF_NODE_GROUP
                             : open->kind == '[' ? CF_NODE_ARRAY
                                                 : CF_NODE_LIST;
    push(p, kind, key, key_at);
    p->token++;
    if (p->depth == CF_CONFIG_MOST_DEPTH) {
        cf_report(p->prescan->diag, CF_ERROR, "config.depth", open->at, NULL,
                  "groups and lists within each other go deeper than %d", CF_CONFIG_MOST_DEPTH);
        for (int level = 1; level > 0 && p->token->kind != CF_TOKEN_END; p->token++)
            level += is_opener(p->token->kind) - is_closer(p->token->kind);
        p->scan->n = self;
        return;
    }
    p->open[p->depth++] = open;
    int closed = open->kind == '{' ? parse_settings(p, self)
                                   : parse_elements(p, self, closer_of(open->kind));
    if (!closed)
        cf_report(p->prescan->diag, CF_ERROR, "config.unterminated", open->at, NULL,
                  "'%c' is never closed", open->kind);
    p->depth--;
    p->scan->item[self].end = p->scan->n;
    if (p->scan->item[self].kind == CF_NODE_ARRAY)
        cf_settle_array(p->prescan, p->scan, self);
}

/* 0, with a report, when nothing that stands at hand can begin a value. */
static int parse_value(struct parser *p, const char *key, struct cf_at key_at)
{
    const struct cf_token *token = p->token;
    if (!starts_value(token)) {
        if (token->kind == CF_TOKEN_OTHER || token->kind == '=')
            wrong(p, token, NULL, "expected a value");
        else
            cf_report(p->prescan->diag, CF_ERROR, "config.syntax", token->at, NULL,
                      "setting '%s' has no value", key);
        return 0;
    }
    if (is_opener(token->kind)) {
        parse_brackets(p, key, key_at);
    } else if (token->kind == CF_TOKEN_NUMBER) {
        scan_number(p, key, key_at);
    } else if (token->kind == CF_TOKEN_BOOL) {
        push(p, CF_NODE_BOOL, key, key_at);
        p->token++;
    } else if (token->kind == CF_TOKEN_NAME) {
        const char *name = shown(p, token);
        push(p, CF_NODE_TEXT, key, key_at);
        p->token++;
        cf_report(p->prescan->diag, CF_ERROR, "config.syntax", token->at, "a text stands in quotes",
                  "expected a value, found %s", name);
    } else {
        struct cf_scan_item *item = push(p, CF_NODE_TEXT, key, key_at);
        item->broken = token->broken;
        for (p->token++; p->token->kind == CF_TOKEN_TEXT; p->token++) {
            item->n_tokens++;
            item->broken |= p->token->broken;
        }
    }
    return 1;
}

void cf_parse_file(struct cf_prescan *prescan, struct cf_scan *scan)
{
    struct parser p = {.prescan = prescan, .scan = scan, .token = scan->tokens};
    parse_settings(&p, -1);
}

void cf_parse_value(struct cf_prescan *prescan, const char *key, struct cf_at key_at,
                    struct cf_scan *scan)
{
    struct parser p = {.prescan = prescan, .scan = scan, .token = scan->tokens};
    if (parse_value(&p, key, key_at) && p.token->kind == ';')
        p.token++;
    if (p.token->kind != CF_TOKEN_END)
        wrong(&p, p.token, NULL, "expected nothing more");
}
