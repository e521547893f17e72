#include "base/diag.h"

#include "base/arena.h"
#include "base/names.h"
#include "base/text.h"

#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

enum {
    N_SEVERITIES = CF_ERROR + 1,
    /* Nobody mistypes a longer name; it keeps the rows of the edit distance on the stack. */
    LONGEST_NEAR = 255,
    /* A place with more unknown names than this is wrong as a whole, and looking for the nearest
     * of thousands of names for every cell of a large file would take minutes. */
    MOST_SEARCHES = 1000,
    MOST_LISTED = 8, /* names that are all given where none is near */
};

struct entry {
    struct cf_message message;
    size_t arrival;
};

struct cf_diag {
    struct cf_arena arena;
    struct cf_names words; /* paths and codes, each kept once */
    struct cf_names seen;  /* everything a message says, so that a repeat is known at once */
    struct cf_text text, help, key;
    struct entry **entry; /* [n], in order of arrival until sorted */
    size_t n, room;
    size_t count[N_SEVERITIES];
    int n_searches;
};

cf_diag *cf_diag_open(void)
{
    cf_diag *diag = calloc(1, sizeof *diag);
    if (!diag)
        return NULL;
    cf_arena_init(&diag->arena);
    cf_names_init(&diag->words, &diag->arena);
    cf_names_init(&diag->seen, &diag->arena);
    return diag;
}

void cf_diag_close(cf_diag *diag)
{
    if (!diag)
        return;
    cf_text_free(&diag->text);
    cf_text_free(&diag->help);
    cf_text_free(&diag->key);
    cf_arena_free(&diag->arena);
    free(diag);
}

/* Empty, but NUL-terminated. */
static void clear(struct cf_text *text)
{
    text->length = 0;
    cf_text_add(text, "");
}

static const char *keep_word(cf_diag *diag, const char *word)
{
    int number = cf_names_add(&diag->words, word);
    return diag->words.name[number];
}

static void append(cf_diag *diag, struct entry *entry)
{
    if (diag->n == diag->room) {
        size_t room = diag->room ? 2 * diag->room : 16;
        struct entry **larger = CF_TAKE(&diag->arena, room, struct entry *);
        if (diag->n)
            memcpy(larger, diag->entry, diag->n * sizeof *larger);
        diag->entry = larger;
        diag->room = room;
    }
    diag->entry[diag->n++] = entry;
}

/* Add the message whose text and help stand in diag->text and diag->help. */
static void add_message(cf_diag *diag, enum cf_severity severity, const char *code, struct cf_at at)
{
    code = code ? code : "";
    at.path = at.path ? at.path : "";

    /* The parts are divided by a byte that no path, code or sentence has, so that two different
     * messages never give the same key. */
    clear(&diag->key);
    cf_text_format(&diag->key, "%d\x1f%s\x1f%s\x1f%d\x1f%d\x1f%s\x1f%s", (int)severity, code,
                   at.path, at.line, at.column, diag->text.data, diag->help.data);
    int n_seen = diag->seen.n;
    if (cf_names_add(&diag->seen, diag->key.data) < n_seen)
        return;

    struct entry *entry = CF_TAKE(&diag->arena, 1, struct entry);
    entry->arrival = diag->n;
    entry->message = (struct cf_message){
        .severity = severity,
        .code = keep_word(diag, code),
        .path = keep_word(diag, at.path),
        .line = at.line,
        .column = at.column,
        .text = cf_arena_copy_n(&diag->arena, diag->text.data, diag->text.length),
        .help = cf_arena_copy_n(&diag->arena, diag->help.data, diag->help.length),
    };
    append(diag, entry);
    diag->count[severity]++;
}

void cf_report(cf_diag *diag, enum cf_severity severity, const char *code, struct cf_at at,
               const char *help, const char *text, ...)
{
    if (!diag)
        return;
    clear(&diag->text);
    clear(&diag->help);
    va_list args;
    va_start(args, text);
    cf_text_vformat(&diag->text, text, args);
    va_end(args);
    if (help)
        cf_text_add(&diag->help, help);
    add_message(diag, severity, code, at);
}

/* The few names there are, unless the message says them itself. */
static void list_names(struct cf_text *help, const char *said, const char *const *names, size_t n)
{
    size_t n_unsaid = 0;
    for (size_t i = 0; i < n; i++)
        n_unsaid += names[i] && names[i][0] && !strstr(said, names[i]);
    const char *between = n == 1 ? "there is: " : "there are: ";
    for (size_t i = 0; n <= MOST_LISTED && n_unsaid && i < n; i++)
        if (names[i] && names[i][0]) {
            cf_text_format(help, "%s%s", between, names[i]);
            between = ", ";
        }
}

void cf_report_near(cf_diag *diag, enum cf_severity severity, const char *code, struct cf_at at,
                    const char *wrong, const char *const *names, size_t n, const char *text, ...)
{
    if (!diag)
        return;
    clear(&diag->text);
    clear(&diag->help);
    va_list args;
    va_start(args, text);
    cf_text_vformat(&diag->text, text, args);
    va_end(args);
    if (diag->n_searches < MOST_SEARCHES) {
        diag->n_searches++;
        const char *nearest = cf_nearest(wrong, names, n);
        if (nearest)
            cf_text_format(&diag->help, "did you mean '%s'?", nearest);
        else
            list_names(&diag->help, diag->text.data, names, n);
    }
    add_message(diag, severity, code, at);
}

static size_t least(size_t a, size_t b)
{
    return a < b ? a : b;
}

/*
 * Damerau-Levenshtein distance (insert, leave out, change, swap two neighbours; each place is
 * touched once), or some number above `most` as soon as it is known to be more.
 */
static size_t edit_distance(const char *a, size_t a_length, const char *b, size_t b_length,
                            size_t most)
{
    size_t rows[3][LONGEST_NEAR + 1];
    size_t *before = rows[0], *last = rows[1], *now = rows[2];
    for (size_t j = 0; j <= b_length; j++)
        last[j] = j;
    for (size_t i = 1; i <= a_length; i++) {
        now[0] = i;
        size_t smallest = i;
        for (size_t j = 1; j <= b_length; j++) {
            size_t change = last[j - 1] + (a[i - 1] != b[j - 1]);
            now[j] = least(change, 1 + least(last[j], now[j - 1]));
            if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                now[j] = least(now[j], 1 + before[j - 2]);
            smallest = least(smallest, now[j]);
        }
        /* A swap reaches back two rows at the cost of one, so a row may be undercut by one. */
        if (smallest > most + 1)
            return most + 1;
        size_t *free_row = before;
        before = last;
        last = now;
        now = free_row;
    }
    return last[b_length];
}

const char *cf_nearest(const char *wrong, const char *const *names, size_t n)
{
    size_t length = wrong ? strlen(wrong) : 0;
    if (!length || length > LONGEST_NEAR)
        return NULL;
    size_t most = length / 3 > 1 ? length / 3 : 1;
    const char *nearest = NULL;
    for (size_t i = 0; i < n; i++) {
        size_t other = names[i] ? strlen(names[i]) : 0;
        /* Where every letter would have to be changed there is nothing alike to propose. */
        size_t all = length > other ? length : other;
        if (!other || other > LONGEST_NEAR || all - least(length, other) > most)
            continue;
        size_t distance = edit_distance(wrong, length, names[i], other, most);
        if (distance > most || distance >= all)
            continue;
        nearest = names[i];
        if (distance == 0)
            break;
        /* From here on only a nearer one counts, so that the first of equals is proposed. */
        most = distance - 1;
    }
    return nearest;
}

enum cf_status cf_diag_status(const cf_diag *diag)
{
    return cf_diag_count(diag, CF_ERROR) ? CF_BAD_INPUT : CF_OK;
}

size_t cf_diag_count(const cf_diag *diag, enum cf_severity at_least)
{
    size_t count = 0;
    for (int severity = (int)at_least; diag && severity < N_SEVERITIES; severity++)
        count += diag->count[severity];
    return count;
}

struct cf_message cf_diag_message(const cf_diag *diag, size_t i)
{
    if (!diag || i >= diag->n)
        return (struct cf_message){.code = "", .path = "", .text = "", .help = ""};
    return diag->entry[i]->message;
}

static int by_place(const void *a, const void *b)
{
    const struct entry *one = *(struct entry *const *)a, *two = *(struct entry *const *)b;
    int paths = strcmp(one->message.path, two->message.path);
    if (paths)
        return paths;
    if (one->message.line != two->message.line)
        return one->message.line < two->message.line ? -1 : 1;
    if (one->message.column != two->message.column)
        return one->message.column < two->message.column ? -1 : 1;
    return (one->arrival > two->arrival) - (one->arrival < two->arrival);
}

void cf_diag_sort(cf_diag *diag)
{
    if (diag && diag->n)
        qsort(diag->entry, diag->n, sizeof(struct entry *), by_place);
}

/* Text that may quote an input file: a control byte could otherwise steer a terminal, or make one
 * message look like two. */
static void print_plain(FILE *to, const char *text)
{
    for (const char *c = text; *c; c++) {
        unsigned char byte = (unsigned char)*c;
        if (byte < 0x20 || byte == 0x7f)
            fprintf(to, "\\x%02x", byte);
        else
            fputc(*c, to);
    }
}

static const struct {
    const char *word, *colour;
} severities[N_SEVERITIES] = {
    [CF_NOTICE] = {"notice", "\033[1;36m"},
    [CF_WARNING] = {"warning", "\033[1;33m"},
    [CF_ERROR] = {"error", "\033[1;31m"},
};

static void print_message(FILE *to, const struct cf_message *message, int colour)
{
    if (colour)
        fprintf(to, "%s%s\033[0m: ", severities[message->severity].colour,
                severities[message->severity].word);
    else
        fprintf(to, "%s: ", severities[message->severity].word);
    print_plain(to, message->text);
    fputc('\n', to);
    if (message->path[0]) {
        fputs("  --> ", to);
        print_plain(to, message->path);
        if (message->line)
            fprintf(to, ":%d", message->line);
        if (message->line && message->column)
            fprintf(to, ":%d", message->column);
        fputc('\n', to);
    }
    if (message->help[0]) {
        fputs("   = help: ", to);
        print_plain(to, message->help);
        fputc('\n', to);
    }
}

void cf_diag_print(cf_diag *diag, FILE *to, enum cf_severity at_least, size_t cap, int colour)
{
    if (!diag)
        return;
    cf_diag_sort(diag);
    size_t n_printed[N_SEVERITIES] = {0};
    for (size_t i = 0; i < diag->n; i++) {
        const struct cf_message *message = &diag->entry[i]->message;
        if (message->severity < at_least || (cap && n_printed[message->severity] == cap))
            continue;
        print_message(to, message, colour);
        n_printed[message->severity]++;
    }
    for (int severity = CF_ERROR; severity >= (int)at_least; severity--) {
        size_t more = diag->count[severity] - n_printed[severity];
        if (more)
            fprintf(to, "and %zu more %s%s\n", more, severities[severity].word,
                    more == 1 ? "" : "s");
    }
}
