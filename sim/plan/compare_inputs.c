#include "plan/compare_parts.h"

#include "base/names.h"
#include "base/text.h"

#include <stddef.h>
#include <string.h>

/* Members of a dimension that people are shown one by one. */
enum { MOST_SHOWN = 5, VALUE_SHOWN = 60 };

struct row {
    const char *part, *scenario, *item, *change, *a, *b;
};

/* Rows as they come, and what of them counts once. */
struct rows {
    struct cf_compare *c;
    struct cf_arena *arena; /* of the table */
    struct row *row;
    size_t n, room;
    struct cf_names levers, others;
};

static void add(struct rows *rows, struct row row)
{
    if (rows->n == rows->room) {
        struct row *grown = CF_TAKE(&rows->c->arena, rows->room ? 2 * rows->room : 64, struct row);
        if (rows->n > 0)
            memcpy(grown, rows->row, rows->n * sizeof *grown);
        rows->row = grown;
        rows->room = rows->room ? 2 * rows->room : 64;
    }
    rows->row[rows->n++] = row;
}

static const char *change_of(const char *a, const char *b)
{
    return !a ? "added" : !b ? "removed" : "changed";
}

static int same(const char *a, const char *b)
{
    return a && b ? cf_text_same(a, b) : !a && !b;
}

/* ---- program and design ---- */

static void compare_texts(struct rows *rows)
{
    static const struct {
        const char *part, *name;
        size_t tally;
    } texts[] = {
        {"program", "version", offsetof(struct cf_compare_tally, version)},
        {"design", "design", offsetof(struct cf_compare_tally, design)},
        {"design", "design_draws", offsetof(struct cf_compare_tally, design)},
        {"design", "design_steps", offsetof(struct cf_compare_tally, design)},
        {"design", "seed", offsetof(struct cf_compare_tally, seed)},
    };
    for (size_t k = 0; k < sizeof texts / sizeof *texts; k++) {
        const char *a = cf_results_text(rows->c->file[0].results, texts[k].name);
        const char *b = cf_results_text(rows->c->file[1].results, texts[k].name);
        if (same(a, b))
            continue;
        add(rows, (struct row){texts[k].part, "", texts[k].name, change_of(a, b), a ? a : "",
                               b ? b : ""});
        *(int *)((char *)&rows->c->tally + texts[k].tally) = 1;
    }
}

/* ---- files ---- */

struct file_list {
    size_t n;
    const char *const *name, *const *sha256;
};

static struct file_list files_of(const cf_results *results)
{
    size_t n, n_hashes;
    struct file_list list = {.name = cf_results_list(results, "input_file", &n),
                             .sha256 = cf_results_list(results, "input_sha256", &n_hashes)};
    list.n = n < n_hashes ? n : n_hashes;
    return list;
}

static const char *hash_of(const struct file_list *list, const char *name)
{
    for (size_t k = 0; k < list->n; k++)
        if (cf_text_same(list->name[k], name))
            return list->sha256[k];
    return NULL;
}

/* A scenario is compared by what it says. */
static int is_scenario(const char *name)
{
    const size_t length = strlen(name);
    return length > 4 && cf_text_same(name + length - 4, ".cfg");
}

static void compare_files(struct rows *rows)
{
    struct cf_compare_tally *t = &rows->c->tally;
    const struct file_list a = files_of(rows->c->file[0].results),
                           b = files_of(rows->c->file[1].results);
    for (int side = 0; side < 2; side++) {
        const struct file_list *of = side ? &b : &a;
        for (size_t k = 0; k < of->n; k++) {
            const char *name = of->name[k], *was = hash_of(&a, name), *is = hash_of(&b, name);
            if (same(was, is) || (side && was))
                continue;
            add(rows,
                (struct row){"file", "", name, change_of(was, is), was ? was : "", is ? is : ""});
            if (is_scenario(name))
                continue;
            if (t->files < 3)
                t->file[t->files] = name;
            t->files++;
        }
    }
}

/* ---- settings ---- */

static const struct cf_flat_setting *find_setting(const struct cf_flat_settings *of,
                                                  const char *path, int guess)
{
    if (guess < of->n && cf_text_same(of->setting[guess].path, path))
        return &of->setting[guess];
    for (int i = 0; i < of->n; i++)
        if (cf_text_same(of->setting[i].path, path))
            return &of->setting[i];
    return NULL;
}

/* What compare_texts tells of. */
static int is_of_design(const char *path)
{
    static const char *const told[] = {"design.kind", "design.draws", "design.steps",
                                       "design.seed"};
    int is = 0;
    for (size_t k = 0; k < sizeof told / sizeof *told; k++)
        is |= cf_text_same(path, told[k]);
    return is;
}

static void tally_setting(struct rows *rows, const struct cf_flat_setting *setting)
{
    const char *entry = cf_arena_copy_n(&rows->c->arena, setting->path, setting->entry);
    struct cf_compare_tally *t = &rows->c->tally;
    if (cf_text_starts(entry, "levers.")) {
        cf_names_add(&rows->levers, entry);
        t->levers = rows->levers.n;
        return;
    }
    if (cf_text_same(entry, "title")) /* nothing comes of it */
        return;
    const int known = rows->others.n;
    if (cf_names_add(&rows->others, entry) == known && known < 3)
        t->other[known] = entry;
    t->others = rows->others.n;
}

/* Whether a file's settings have anything of an entry. */
static int has_entry(const struct cf_flat_settings *of, const struct cf_flat_setting *like)
{
    for (int i = 0; i < of->n; i++)
        if (of->setting[i].entry == like->entry &&
            !strncmp(of->setting[i].path, like->path, like->entry))
            return 1;
    return 0;
}

/* All of an entry in one text: "field = "places"; value = 1.5". */
static const char *whole_entry(struct cf_arena *arena, const struct cf_flat_settings *of, int first)
{
    const struct cf_flat_setting *like = &of->setting[first];
    struct cf_text text = {0};
    for (int i = first; i < of->n; i++) {
        const struct cf_flat_setting *s = &of->setting[i];
        if (s->entry != like->entry || strncmp(s->path, like->path, like->entry) != 0)
            continue;
        const char *key = s->path[s->entry] ? s->path + s->entry + 1 : "value";
        if (!cf_text_same(key, "name") && !cf_text_same(key, "code"))
            cf_text_format(&text, "%s%s = %s", text.length ? "; " : "", key, s->value);
    }
    const char *whole = cf_arena_copy_n(arena, text.data ? text.data : "", text.length);
    cf_text_free(&text);
    return whole;
}

/* What one side has and the other has not. People see an entry as one. */
static void add_alone(struct rows *rows, const char *code, const struct cf_flat_settings *of, int i,
                      const struct cf_flat_settings *other, int is_b)
{
    const struct cf_flat_setting *s = &of->setting[i];
    const char *item = s->path, *value = s->value;
    tally_setting(rows, s);
    if (rows->c->query->for_people && s->path[s->entry] && !has_entry(other, s)) {
        if (i > 0 && of->setting[i - 1].entry == s->entry &&
            !strncmp(of->setting[i - 1].path, s->path, s->entry))
            return; /* told with the first of them */
        item = cf_arena_copy_n(rows->arena, s->path, s->entry);
        value = whole_entry(rows->arena, of, i);
    }
    add(rows, (struct row){"setting", code, item, is_b ? "added" : "removed", is_b ? "" : value,
                           is_b ? value : ""});
}

static void compare_settings(struct rows *rows, int scenario)
{
    struct cf_compare *c = rows->c;
    const int to = c->scenario_to[scenario];
    const struct cf_flat_settings *a = &c->file[0].settings[scenario],
                                  *b = &c->file[1].settings[to];
    const char *code = c->ensemble[0].scenario_code[scenario];
    for (int i = 0; i < a->n; i++) {
        const struct cf_flat_setting *was = &a->setting[i], *is = find_setting(b, was->path, i);
        if (is_of_design(was->path))
            continue;
        if (!is) {
            add_alone(rows, code, a, i, b, 0);
        } else if (!cf_text_same(was->value, is->value)) {
            add(rows, (struct row){"setting", code, was->path, "changed", was->value, is->value});
            tally_setting(rows, was);
        }
    }
    for (int i = 0; i < b->n; i++)
        if (!is_of_design(b->setting[i].path) && !find_setting(a, b->setting[i].path, i))
            add_alone(rows, code, b, i, a, 1);
}

/* ---- members ---- */

/* Members of one side alone, on[k] 0: the first few by name for people, all of them otherwise. */
static void add_members(struct rows *rows, const struct cf_compared_dim *d, int side,
                        const unsigned char *on)
{
    const struct cf_results_dim *dim = d->dim[side];
    size_t alone = 0;
    for (size_t k = 0; k < dim->n; k++) {
        if (on[k])
            continue;
        const int shown = alone++ < MOST_SHOWN || !rows->c->query->for_people;
        const char *code = cf_member_text(rows->arena, dim, k);
        if (shown)
            add(rows, (struct row){"member", "", d->name, side ? "added" : "removed",
                                   side ? "" : code, side ? code : ""});
    }
    rows->c->tally.members[side] += (int)alone;
    if (alone <= MOST_SHOWN || !rows->c->query->for_people)
        return;
    const char *more = cf_arena_format(rows->arena, "and %zu more", alone - MOST_SHOWN);
    add(rows, (struct row){"member", "", d->name, side ? "added" : "removed", side ? "" : more,
                           side ? more : ""});
}

/* Runs are told of by the design. Scenarios that were not asked for are no difference, nor is what
 * one by itself is called. */
static int is_left_out(const struct rows *rows, const struct cf_compared_dim *d)
{
    const struct cf_ensemble *e = rows->c->ensemble;
    return d->is_runs ||
           (cf_text_same(d->name, "scenario") &&
            (rows->c->query->scenario || (e[0].n_scenarios == 1 && e[1].n_scenarios == 1)));
}

static void compare_members(struct rows *rows, const struct cf_compared_dim *d)
{
    const size_t n[2] = {d->dim[0] ? d->dim[0]->n : 0, d->dim[1] ? d->dim[1]->n : 0};
    unsigned char *on[2];
    size_t last = 0;
    int in_order = 1;
    if (is_left_out(rows, d))
        return;
    for (int side = 0; side < 2; side++)
        on[side] = CF_TAKE(&rows->c->arena, n[side], unsigned char);
    for (size_t k = 0; k < n[0]; k++) {
        if (d->to[k] == CF_NOWHERE)
            continue;
        on[0][k] = on[1][d->to[k]] = 1;
        in_order &= d->to[k] >= last;
        last = d->to[k];
    }
    for (int side = 0; side < 2; side++)
        if (d->dim[side])
            add_members(rows, d, side, on[side]);
    if (!in_order)
        add(rows, (struct row){"member", "", d->name, "reordered", "", ""});
}

/* ---- the table ---- */

/* A value for people: not longer than a line has room for. */
static const char *shortened(struct cf_arena *arena, const char *text)
{
    size_t at = 0, seen = 0;
    for (; text[at] && seen < VALUE_SHOWN; at++)
        seen += ((unsigned char)text[at + 1] & 0xc0) != 0x80;
    return text[at] ? cf_arena_format(arena, "%.*s...", (int)at, text) : text;
}

static void put(struct rows *rows)
{
    struct cf_table *table = &rows->c->out->inputs;
    static const char *const names[] = {"part", "scenario", "item", "change", "a", "b"};
    struct cf_column *column[6];
    const int people = rows->c->query->for_people;
    for (int k = 0; k < 6; k++)
        column[k] = cf_add_column(table, names[k], CF_COLUMN_TEXT, rows->n);
    column[0]->above = 1;
    column[1]->once = 1;
    for (size_t r = 0; r < rows->n; r++) {
        const struct row *row = &rows->row[r];
        const char *text[] = {row->part, row->scenario, row->item, row->change, row->a, row->b};
        const int is_file = cf_text_same(row->part, "file");
        for (int k = 0; k < 6; k++)
            column[k]->text[r] = k < 4 || !people ? text[k]
                                 : is_file
                                     ? cf_arena_copy_n(rows->arena, text[k], strnlen(text[k], 8))
                                     : shortened(rows->arena, text[k]);
    }
    table->n_rows = rows->n;
    table->title = "What went in, and is not the same";
}

void cf_compare_inputs(struct cf_compare *c)
{
    struct rows rows = {.c = c, .arena = &c->out->inputs.arena};
    cf_names_init(&rows.levers, &c->arena);
    cf_names_init(&rows.others, &c->arena);
    compare_texts(&rows);
    compare_files(&rows);
    for (int s = 0; s < c->ensemble[0].n_scenarios; s++)
        if (c->scenario_to[s] >= 0)
            compare_settings(&rows, s);
    c->tally.went_in = (int)rows.n;
    for (int k = 0; k < c->n_dims; k++)
        compare_members(&rows, &c->dim[k]);
    put(&rows);
}
