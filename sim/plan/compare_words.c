#include "plan/compare_parts.h"

#include "base/text.h"
#include "plan/told.h"

#include <math.h>

/* ---- lists ---- */

enum { MOST_ITEMS = 16 };

struct items {
    struct cf_arena *arena;
    const char *item[MOST_ITEMS];
    int n, plural; /* 1: the last of them is several */
};

static void add_item(struct items *items, const char *item, int plural)
{
    if (items->n == MOST_ITEMS)
        return;
    items->item[items->n++] = item;
    items->plural = plural;
}

/* Up to three by name, then how many more. */
static void add_named(struct items *items, const char *const *name, int n, const char *kind)
{
    for (int k = 0; k < n && k < (n > 3 ? 2 : 3); k++)
        add_item(items, name[k], 0);
    if (n > 3)
        add_item(items, cf_arena_format(items->arena, "%d more %s", n - 2, kind), 1);
}

static void add_list(struct cf_text *text, const struct items *items)
{
    for (int k = 0; k < items->n; k++)
        cf_text_format(text, "%s%s",
                       k == 0             ? ""
                       : k + 1 < items->n ? ", "
                                          : " and ",
                       items->item[k]);
    cf_text_add(text, items->n > 1 || items->plural ? " differ" : " differs");
}

static void add_causes(const struct cf_compare *c, struct items *items)
{
    const struct cf_compare_tally *t = &c->tally;
    add_named(items, t->file, t->files, "files");
    if (t->levers > 0)
        add_item(items,
                 cf_arena_format(items->arena, "%d lever%s", t->levers, t->levers > 1 ? "s" : ""),
                 t->levers > 1);
    add_named(items, t->other, t->others, "settings");
    if (t->design)
        add_item(items, "the design of the draws", 0);
    if (t->seed && (c->ensemble[0].n_draws > 0 || c->ensemble[1].n_draws > 0))
        add_item(items, "the seed", 0);
    if (t->version)
        add_item(items, "the version of the program", 0);
}

/* ---- the sentence ---- */

static void add_variables(const struct cf_compare *c, struct cf_text *text)
{
    static const char *const side[] = {"A", "B"};
    const struct cf_compare_tally *t = &c->tally;
    char number[CF_NUMBER_ROOM];
    if (t->differing > 0)
        cf_text_format(text, "%d of %d variables differ%s", t->differing, t->variables,
                       t->differing == 1 ? "s" : "");
    else
        cf_text_format(text, "none of %d variables differs", t->variables);
    if (c->query->tolerance > 0)
        cf_text_format(text, " by more than %s of itself",
                       cf_number_text(number, c->query->tolerance));
    for (int k = 0; k < 2; k++)
        if (t->only[k] > 0)
            cf_text_format(text, "; %s alone has %d more variable%s", side[k], t->only[k],
                           t->only[k] > 1 ? "s" : "");
    for (int k = 0; k < 2; k++)
        if (t->members[k] > 0)
            cf_text_format(text, "; %s alone has %d more member%s of dimensions", side[k],
                           t->members[k], t->members[k] > 1 ? "s" : "");
}

static void add_draws(const struct cf_compare *c, struct cf_text *text)
{
    const int a = c->ensemble[0].n_draws, b = c->ensemble[1].n_draws;
    if (a > 0 && b > 0 && !c->paired)
        cf_text_add(text, "; their draws are of other futures");
    else if (a != b)
        cf_text_format(text, "; A has %d draws, B %d", a, b);
}

/* As many decimals as its difference needs. */
static const char *amount(struct cf_arena *arena, double value, double difference, int is_share)
{
    const double times = is_share ? 100 : 1, size = fabs(difference) * times;
    const int decimals = size >= 10 && !is_share ? 0 : size >= 0.05 ? 1 : 3;
    return cf_arena_format(arena, "%.*f", decimals, fabs(value) * times);
}

static void add_headline(const struct cf_compare *c, struct cf_arena *arena, struct cf_text *text)
{
    const struct cf_compare_tally *t = &c->tally;
    const char *unit = t->is_share ? "%" : "";
    if (!t->headline)
        return;
    cf_text_format(text, "; %s%s%s in %d", t->headline, t->member ? " of " : "",
                   t->member ? t->member : "", t->year);
    if (c->n_pairs > 1)
        cf_text_format(text, ", scenario %s,", c->ensemble[0].scenario_code[t->scenario]);
    const double d = t->b - t->a;
    cf_text_format(text, " is %s%s %s in B (A %s%s, B %s%s)", amount(arena, d, d, t->is_share),
                   t->is_share ? " points" : "", d > 0 ? "higher" : "lower",
                   amount(arena, t->a, d, t->is_share), unit, amount(arena, t->b, d, t->is_share),
                   unit);
    if (t->has_draws)
        cf_text_format(text, ", as in %s of the draws", cf_chance_told(arena, t->p_same, 0));
}

void cf_compare_answer(struct cf_compare *c)
{
    struct cf_arena *arena = &c->out->variables.arena;
    struct items items = {.arena = arena};
    struct cf_text text = {0};
    add_variables(c, &text);
    add_draws(c, &text);
    add_headline(c, arena, &text);
    add_causes(c, &items);
    if (items.n > 0) {
        cf_text_add(&text, c->out->differ ? "; because " : ", though ");
        add_list(&text, &items);
    } else if (c->out->differ) {
        cf_text_add(&text, c->tally.went_in > 0 ? "; what went in differs as below"
                                                : "; no file, setting, seed or version differs");
    }
    c->out->answer = cf_arena_copy_n(arena, text.data, text.length);
    cf_text_free(&text);
}
