/* The score card: MODEL.md 11. */
#include "calibrate/hindcast_parts.h"

#include "base/order.h"
#include "base/text.h"
#include "calibrate/score.h"

#include <math.h>

enum { N_BANDS = 3, N_BINS = 10, MOST_NOTES = 16 };
static const double band[N_BANDS] = {0.5, 0.8, 0.95};
static const char *const band_name[N_BANDS] = {"50", "80", "95"};
enum { EIGHTY = 1 };

/* The cases of one variable and year, as they are scored. */
struct group {
    int variable, y;
    size_t n;
    struct cf_scored *cell;
    int *which; /* [n] cases */
};

struct other_columns {
    struct cf_column *cells, *mape, *mae, *skill;
};

struct card {
    struct cf_hindcast *h;
    struct cf_table *table;
    size_t n_groups;
    struct group *group;
    struct cf_column *base_year, *base, *forecast; /* what is said of every row */
    struct cf_column *variable, *year, *ahead, *cells, *mape, *wape, *off, *mae, *crps, *skill;
    struct cf_column *cover[N_BANDS], *low[N_BANDS], *high[N_BANDS], *bin[N_BINS];
    struct other_columns other[CF_N_OTHERS];
    size_t undefined; /* cases of which the projection has no value */
};

/* ---- what is scored ---- */

static const double *draws_of(const struct cf_hindcast *h, int k)
{
    return h->draw ? h->draw + (size_t)k * (size_t)h->n_draws : NULL;
}

static int is_defined(const struct cf_hindcast *h, int k)
{
    const double *draw = draws_of(h, k);
    int good = !isnan(h->scored[k].central);
    for (int d = 0; good && draw && d < h->n_draws; d++)
        good = !isnan(draw[d]);
    return good;
}

/* The forecast is the median of the draws; where there are none, the central run. */
static struct cf_scored scored_of(const struct cf_hindcast *h, int k)
{
    const double *draw = draws_of(h, k);
    const size_t n = draw ? (size_t)h->n_draws : 0;
    return (struct cf_scored){h->scored[k].outturn,
                              n > 0 ? cf_quantile_of(draw, n, 0.5) : h->scored[k].central, draw, n};
}

static struct group *group_of(struct card *card, int variable, int y)
{
    for (size_t k = 0; k < card->n_groups; k++)
        if (card->group[k].variable == variable && card->group[k].y == y)
            return &card->group[k];
    return NULL;
}

/* Groups in order of variable and year. */
static void gather_groups(struct card *card)
{
    struct cf_hindcast *h = card->h;
    const int Y = h->model->extent.Y;
    card->group = CF_TAKE(h->arena, (size_t)h->n_variables * (size_t)Y, struct group);
    for (int v = 0; v < h->n_variables; v++)
        for (int y = 1; y < Y; y++) {
            struct group *g = &card->group[card->n_groups];
            *g = (struct group){.variable = v, .y = y};
            for (int k = 0; k < h->n_cases; k++)
                g->n += h->scored[k].variable == v && h->scored[k].y == y;
            if (g->n == 0)
                continue;
            g->cell = CF_TAKE(h->arena, g->n, struct cf_scored);
            g->which = CF_TAKE(h->arena, g->n, int);
            g->n = 0;
            card->n_groups++;
        }
    for (int k = 0; k < h->n_cases; k++) {
        struct group *g = group_of(card, h->scored[k].variable, h->scored[k].y);
        if (!is_defined(h, k)) {
            card->undefined++;
            continue;
        }
        if (h->draw)
            cf_sort_numbers(h->draw + (size_t)k * (size_t)h->n_draws, (size_t)h->n_draws);
        g->which[g->n] = k;
        g->cell[g->n++] = scored_of(h, k);
    }
}

/* ---- columns ---- */

static struct cf_column *number(struct card *card, const char *name, enum cf_column_kind kind)
{
    return cf_add_column(card->table, name, kind, card->table->n_rows);
}

static int any_defined(const struct card *card, int other)
{
    const struct cf_hindcast *h = card->h;
    int any = 0;
    for (int k = 0; k < h->n_cases; k++)
        any |= !isnan(h->scored[k].other[other]);
    return any && h->query->shown[other];
}

static void add_others(struct card *card)
{
    const int brief = card->h->query->brief;
    for (int o = 0; o < CF_N_OTHERS; o++) {
        const char *name = cf_other_names[o];
        struct other_columns *c = &card->other[o];
        struct cf_arena *arena = &card->table->arena;
        if (!any_defined(card, o))
            continue;
        if (!brief)
            c->cells = number(card, cf_arena_format(arena, "%s_cells", name), CF_COLUMN_INT);
        c->mape =
            number(card, brief ? name : cf_arena_format(arena, "%s_mape", name), CF_COLUMN_SHARE);
        if (brief)
            continue;
        c->mae = number(card, cf_arena_format(arena, "%s_mae", name), CF_COLUMN_NUMBER);
        c->skill = number(card, cf_arena_format(arena, "%s_skill", name), CF_COLUMN_NUMBER);
    }
}

static void add_columns(struct card *card)
{
    const int brief = card->h->query->brief, drawn = card->h->draw != NULL;
    struct cf_arena *arena = &card->table->arena;
    card->variable = number(card, "variable", CF_COLUMN_TEXT);
    card->variable->above = 1;
    if (!brief) {
        card->base_year = number(card, "base_year", CF_COLUMN_INT);
        card->base = number(card, "base", CF_COLUMN_TEXT);
        card->forecast = number(card, "forecast", CF_COLUMN_TEXT);
    }
    card->year = number(card, "year", CF_COLUMN_INT);
    card->ahead = number(card, "horizon", CF_COLUMN_INT);
    card->cells = number(card, "cells", CF_COLUMN_INT);
    card->mape = number(card, "mape", CF_COLUMN_SHARE);
    card->wape = number(card, "wape", CF_COLUMN_SHARE);
    card->off = number(card, brief ? "signed" : "signed_error", CF_COLUMN_SHARE);
    card->mae = number(card, "mae", CF_COLUMN_MIXED);
    card->mae->share = CF_TAKE(arena, card->table->n_rows, unsigned char);
    for (int b = 0; b < N_BANDS && (drawn || !brief); b++) {
        card->cover[b] =
            number(card, cf_arena_format(arena, brief ? "in %s%%" : "cover_%s", band_name[b]),
                   CF_COLUMN_SHARE);
        if (brief)
            continue;
        card->low[b] =
            number(card, cf_arena_format(arena, "cover_%s_low", band_name[b]), CF_COLUMN_SHARE);
        card->high[b] =
            number(card, cf_arena_format(arena, "cover_%s_high", band_name[b]), CF_COLUMN_SHARE);
    }
    if (drawn || !brief) {
        card->crps = number(card, "crps", CF_COLUMN_MIXED);
        card->crps->share = card->mae->share;
    }
    for (int b = 0; b < N_BINS && !brief; b++)
        card->bin[b] = number(card, cf_arena_format(arena, "pit_%d", b + 1), CF_COLUMN_INT);
    add_others(card);
    if (brief)
        card->skill = number(card, "skill", CF_COLUMN_MIXED);
}

/* ---- rows ---- */

/* Another forecast of a group's cells: its errors where it is defined, and ours in the same. */
static void score_other(const struct card *card, const struct group *g, int other,
                        struct cf_scored *theirs, struct cf_scored *ours, size_t *n)
{
    *n = 0;
    for (size_t k = 0; k < g->n; k++) {
        const double value = card->h->scored[g->which[k]].other[other];
        if (isnan(value))
            continue;
        theirs[*n] = (struct cf_scored){g->cell[k].outturn, value, NULL, 0};
        ours[(*n)++] = g->cell[k];
    }
}

static void fill_others(const struct card *card, const struct group *g, size_t row)
{
    struct cf_scored *theirs = CF_TAKE(&card->table->arena, g->n, struct cf_scored);
    struct cf_scored *ours = CF_TAKE(&card->table->arena, g->n, struct cf_scored);
    double least = (double)NAN;
    size_t n;
    for (int o = 0; o < CF_N_OTHERS; o++) {
        const struct other_columns *c = &card->other[o];
        if (!c->mape)
            continue;
        score_other(card, g, o, theirs, ours, &n);
        const double skill = cf_score_skill(cf_score_mae(ours, n), cf_score_mae(theirs, n));
        c->mape->number[row] = cf_score_mape(theirs, n);
        if (o != CF_OTHER_OFFICIAL)
            least = fmin(least, skill);
        if (!c->cells)
            continue;
        c->cells->integer[row] = (int)n;
        c->mae->number[row] = cf_score_mae(theirs, n);
        c->skill->number[row] = skill;
    }
    if (card->skill)
        card->skill->number[row] = least;
}

static void fill_bands(const struct card *card, const struct group *g, size_t row)
{
    size_t count[N_BINS];
    for (int b = 0; b < N_BANDS && card->cover[b]; b++) {
        const struct cf_cover cover = cf_score_cover(g->cell, g->n, band[b]);
        card->cover[b]->number[row] = cover.share;
        if (!card->low[b])
            continue;
        card->low[b]->number[row] = cover.low;
        card->high[b]->number[row] = cover.high;
    }
    if (card->crps)
        card->crps->number[row] = cf_score_crps(g->cell, g->n);
    cf_score_pit_histogram(g->cell, g->n, card->h->model->scenario.future.design.seed, N_BINS,
                           count);
    for (int b = 0; b < N_BINS && card->bin[b]; b++)
        card->bin[b]->integer[row] = (int)count[b];
}

static void fill_row(const struct card *card, const struct group *g, size_t row)
{
    const struct cf_hindcast_variable *v = &card->h->variable[g->variable];
    const double mae = cf_score_mae(g->cell, g->n);
    card->variable->text[row] = v->name;
    if (card->base) {
        card->base_year->integer[row] = card->h->model->scenario.base_year;
        card->base->text[row] = "as later revised";
        card->forecast->text[row] = card->h->draw ? "median of draws" : "central run";
    }
    card->year->integer[row] = card->h->model->scenario.base_year + g->y;
    card->ahead->integer[row] = g->y;
    card->cells->integer[row] = (int)g->n;
    card->mape->number[row] = cf_score_mape(g->cell, g->n);
    card->wape->number[row] = cf_score_wape(g->cell, g->n);
    card->off->number[row] = cf_score_signed(g->cell, g->n);
    card->mae->number[row] = mae;
    ((unsigned char *)card->mae->share)[row] = !v->adds_up && mae < 1;
    fill_bands(card, g, row);
    fill_others(card, g, row);
}

/* ---- notes ---- */

static const char *about_base(const struct card *card)
{
    const struct cf_model *m = card->h->model;
    const int k = cf_model_source(m, "population");
    const struct cf_source *s = k >= 0 ? &m->source[k] : NULL;
    return cf_arena_format(
        &card->table->arena,
        "The base year is %d%s%s%s%s%s: the series as later revised, not as it was known then. "
        "Whoever projected at the time had that error as well.",
        m->scenario.base_year, s ? " (population: " : "", s ? s->publisher : "",
        s && s->year[0] ? ", " : "", s ? s->year : "", s ? ")" : "");
}

static const char *about_forecast(const struct card *card)
{
    const struct cf_hindcast *h = card->h;
    if (!h->draw)
        return "The forecast is the central run; a scenario without draws has no bands.";
    return cf_arena_format(
        &card->table->arena,
        "The forecast is the median of %d draws%s. in 80%%: the share of cells within the draws' "
        "central 80%%; crps is in the unit of the outturn.",
        h->n_draws, h->n_failed ? ", without those that failed" : "");
}

/* Bands of the last year of a variable, with how well that is known, and where the outturn fell. */
static const char *about_bands(const struct card *card, const struct group *g)
{
    const struct cf_hindcast *h = card->h;
    const struct cf_cover cover = cf_score_cover(g->cell, g->n, band[EIGHTY]);
    struct cf_text text = {0};
    size_t count[N_BINS];
    cf_score_pit_histogram(g->cell, g->n, h->model->scenario.future.design.seed, N_BINS, count);
    cf_text_format(&text,
                   "80%% bands of %s in %d hold %.1f%% of %zu cells (%.1f%% to %.1f%%, Wilson at "
                   "95%%, as if cells were independent). Cells by tenth of the draws:",
                   h->variable[g->variable].name, h->model->scenario.base_year + g->y,
                   100 * cover.share, cover.n, 100 * cover.low, 100 * cover.high);
    for (int b = 0; b < N_BINS; b++)
        cf_text_format(&text, " %zu", count[b]);
    cf_text_add(&text, ".");
    const char *note = cf_arena_copy(&card->table->arena, text.data);
    cf_text_free(&text);
    return note;
}

static void add_notes(const struct card *card)
{
    struct cf_arena *arena = &card->table->arena;
    const struct cf_hindcast *h = card->h;
    const char **note = CF_TAKE(arena, MOST_NOTES, const char *);
    int n = 0;
    note[n++] = about_base(card);
    note[n++] = about_forecast(card);
    note[n++] =
        "signed: above 0, the forecast was too high. no_change, cohort (without migration), "
        "constant_share, official: their mape, of the cells that they have. skill: 1 - mae / mae "
        "of the best naive one in the same cells; below 0 that one is better.";
    for (size_t k = 0; h->draw && k < card->n_groups && n < MOST_NOTES - 3; k++)
        if (card->group[k].n > 0 &&
            (k + 1 == card->n_groups || card->group[k + 1].variable != card->group[k].variable))
            note[n++] = about_bands(card, &card->group[k]);
    if (card->undefined)
        note[n++] = cf_arena_format(arena, "Of %zu cells the projection has no value: left out.",
                                    card->undefined);
    if (h->n_official_unused)
        note[n++] = cf_arena_format(
            arena, "%d of %d rows of the official projection are of no cell that is scored.",
            h->n_official_unused, h->n_official);
    card->table->notes = note;
}

void cf_hindcast_fill(struct cf_hindcast *h, struct cf_table *table)
{
    struct card card = {.h = h, .table = table};
    gather_groups(&card);
    table->n_rows = card.n_groups;
    add_columns(&card);
    for (size_t row = 0; row < card.n_groups; row++)
        fill_row(&card, &card.group[row], row);
    add_notes(&card);
}
