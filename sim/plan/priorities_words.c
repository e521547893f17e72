#include "plan/priorities_parts.h"

#include "base/text.h"

#include <math.h>

/* Reasons are for people who were not there when the numbers were made. */

/* What is said only where it is worth saying. */
static const double uneven_from = 1.5, poor_from = 0.25, breach_from = 0.005;

const char *cf_count_words(struct cf_arena *arena, double number)
{
    if (number < 0.5)
        return number < 0.005 ? "0" : "fewer than 1";
    const long long whole = llround(number);
    if (whole < 1000)
        return cf_arena_format(arena, "%lld", whole);
    if (whole < 1000000)
        return cf_arena_format(arena, "%lld,%03lld", whole / 1000, whole % 1000);
    return cf_arena_format(arena, "%lld,%03lld,%03lld", whole / 1000000, whole / 1000 % 1000,
                           whole % 1000);
}

static void say_unplaced(struct cf_priorities *p, const struct cf_priority *g, struct cf_text *text)
{
    struct cf_arena *arena = &p->shortage.sheet.table->arena;
    const int year = p->shortage.report_year[p->shortage.horizon];
    const int draws = p->shortage.draw[0] > 0;
    cf_text_format(text, "%s of %s learners unplaced by %d", cf_count_words(arena, g->unplaced),
                   cf_count_words(arena, g->demand), year);
    if (!draws) {
        cf_text_add(text, g->short_share > 0 ? "; short" : "; not short");
    } else {
        cf_text_format(text, " in the middle future (%s to %s in nine of ten)",
                       cf_count_words(arena, g->low), cf_count_words(arena, g->high));
        if (g->short_share > 0)
            cf_text_format(text, "; short in %.0f%% of futures", 100 * g->short_share);
        else
            cf_text_add(text, "; short in no future");
    }
    if (g->first_short > 0)
        cf_text_format(text, ", first in %d", g->first_short);
    if (draws && g->need == CF_NEED_NONE && g->short_share > 0)
        cf_text_add(text, ": in most of them no more is needed, so watch it");
}

static void say_who(struct cf_priorities *p, const struct cf_priority *g, struct cf_text *text)
{
    const struct cf_sheet *sheet = &p->shortage.sheet;
    if (g->facts.entitlement && g->facts.coverage < 1 - breach_from)
        cf_text_format(text, "; %.0f%% of residents %s have not this entitlement within reach",
                       100 * (1 - g->facts.coverage), p->reach.ages);
    if (g->hit_group >= 0 && g->hardest_hit >= uneven_from) {
        const char *label = p->group->label ? p->group->label[g->hit_group] : "";
        cf_text_format(text,
                       "; hit hardest: %s, %.1f times as often unplaced on this route (%s) as all",
                       label[0] ? label : p->group->code[g->hit_group], g->hardest_hit,
                       sheet->status_axis->label && sheet->status_axis->label[g->route][0]
                           ? sheet->status_axis->label[g->route]
                           : sheet->status_axis->code[g->route]);
    }
    if (1 - g->facts.good_share >= poor_from)
        cf_text_format(text, "; %.0f%% of its places here not good or better",
                       100 * (1 - g->facts.good_share));
}

static void say_where(struct cf_priorities *p, const struct cf_priority *g, struct cf_text *text)
{
    const struct cf_sheet *sheet = &p->shortage.sheet;
    struct cf_arena *arena = &sheet->table->arena;
    if (g->facts.own_sites == 0)
        cf_text_add(text, "; no site here offers it");
    if (g->nearest < 0)
        cf_text_add(text, "; no spare place anywhere");
    else
        cf_text_format(
            text, "; nearest spare: %s, %.0f minutes from %s%s (%s place%s)",
            cf_site_member(sheet, g->nearest).label, g->nearest_minutes,
            cf_area_member(sheet, g->nearest_to).label, g->facts.spare > 0 ? "" : ", beyond reach",
            cf_count_words(arena, floor(g->nearest_spare)), g->nearest_spare < 2 ? "" : "s");
    if (g->need == CF_NEED_LESS)
        cf_text_format(text,
                       "; %d of its offers here %s places to spare and fewer learners than a "
                       "viable group",
                       g->small_groups, g->small_groups == 1 ? "has" : "have");
}

static void say_how(struct cf_priorities *p, const struct cf_priority *g, struct cf_text *text)
{
    const struct cf_sheet *sheet = &p->shortage.sheet;
    struct cf_arena *arena = &sheet->table->arena;
    if (!isnan(g->facts.cost))
        cf_text_format(text, "; cost £%s a learner a year",
                       cf_count_words(arena, round(g->facts.cost / 100) * 100));
    if (g->facts.option >= 0) {
        const char *code = p->options->code[g->facts.option];
        const char *label = p->options->label ? p->options->label[g->facts.option] : "";
        const int lead = (int)g->facts.lead;
        cf_text_format(text, "; quickest option: %s, ", label[0] ? label : code);
        if (lead > 0)
            cf_text_format(text, "%d year%s from its start", lead, lead == 1 ? "" : "s");
        else
            cf_text_add(text, "open in the year it is started");
        if (g->first_short > g->facts.now + lead)
            cf_text_format(text, ", so to be started by %d", g->first_short - lead);
        else if (g->first_short > 0)
            cf_text_add(text, ", so to be started now");
    } else if (p->options) {
        cf_text_add(text, "; no option for it yet");
    }
    cf_text_format(text, "; responsible: %s", g->responsible.label);
}

const char *cf_priority_reasons(struct cf_priorities *p, const struct cf_priority *g)
{
    struct cf_text text = {0};
    say_unplaced(p, g, &text);
    say_who(p, g, &text);
    say_where(p, g, &text);
    say_how(p, g, &text);
    const char *said = cf_arena_copy(&p->shortage.sheet.table->arena, text.data);
    cf_text_free(&text);
    return said;
}

const char *cf_rest_reasons(struct cf_priorities *p, int first)
{
    struct cf_arena *arena = &p->shortage.sheet.table->arena;
    int n[CF_N_NEEDS] = {0};
    double unplaced = 0;
    for (int g = first; g < p->shortage.n; g++) {
        n[p->priority[g].need]++;
        unplaced += p->priority[g].unplaced;
    }
    return cf_arena_format(arena,
                           "all further gaps, %s learners unplaced by %d, the sum of medians; "
                           "need: %d more, %d new, %d less, %d none",
                           cf_count_words(arena, unplaced),
                           p->shortage.report_year[p->shortage.horizon], n[CF_NEED_MORE],
                           n[CF_NEED_NEW], n[CF_NEED_LESS], n[CF_NEED_NONE]);
}
