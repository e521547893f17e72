/* The table of risks: what the counts come to, in numbers and in words. */
#include "plan/risks_parts.h"

#include "base/text.h"

#include <math.h>

/* ---- words ---- */

/* Likelihood: below the first it is nil, below the next low, medium, else high. Impact the same, by
 * the share of learners it leaves without a place, or the share by which it makes an indicator
 * worse, where it happens. MODEL.md 9.3. */
enum { NIL, LOW, MEDIUM, HIGH, N_WORDS };
static const char *const words[N_WORDS] = {"nil", "low", "medium", "high"};
static const double likelihood_from[HIGH] = {0.01, 0.2, 0.5};
static const double impact_from[HIGH] = {0.001, 0.005, 0.02};

static int word_of(double value, const double from[HIGH])
{
    int word = NIL;
    while (word < HIGH && value >= from[word])
        word++;
    return word;
}

/* The product of both, counted nil 0 to high 3: to 2 low, to 4 medium, else high. */
static int rating_of(int likelihood, int impact)
{
    const int product = likelihood * impact;
    return product == 0 ? NIL : product <= 2 ? LOW : product <= 4 ? MEDIUM : HIGH;
}

/* ---- what the counts come to ---- */

static double mean(const struct cf_risk_change *change)
{
    return change->draws > 0 ? change->unplaced / (double)change->draws : (double)NAN;
}

static double mean_unplaced(const struct cf_risk_study *s, const struct cf_risk_count *c,
                            enum cf_risk_case which, int n)
{
    const struct cf_risk_sums *sums = &c->sums[(int)which * s->n_years + n];
    return sums->draws > 0 && s->unplaced ? sums->unplaced / (double)sums->draws : (double)NAN;
}

static const struct cf_indicator *indicator_at(const struct cf_risk_study *s, int i)
{
    return &s->model->scenario.indicator[i];
}

static double target_of(const struct cf_risk_study *s, int n, int i)
{
    const struct cf_indicator *indicator = indicator_at(s, i);
    return indicator->better == CF_BETTER_NOT_SAID ? (double)NAN : indicator->target[s->year[n].y];
}

/* P(target met): the share of draws with a value, NaN where no target is set. */
static double chance(const struct cf_risk_study *s, const struct cf_risk_count *c,
                     enum cf_risk_case which, int n, int i)
{
    const struct cf_risk_indicator_sums *sums = &c->indicators[cf_risk_at(s, (int)which, n, i)];
    return isnan(target_of(s, n, i)) || sums->draws == 0 ? (double)NAN
                                                         : (double)sums->met / (double)sums->draws;
}

/* By how much an indicator is worse where the risk happens; of shares alone, else NaN. */
static double worse_by(const struct cf_risk_study *s, const struct cf_risk_count *c, int which,
                       int n, int i)
{
    const struct cf_indicator *indicator = indicator_at(s, i);
    const double more = mean(&c->indicator_change[cf_risk_at(s, which, n, i)]);
    if (indicator->better == CF_BETTER_NOT_SAID || !indicator->ratio.has_denominator)
        return (double)NAN;
    return indicator->better == CF_BETTER_LOWER ? more : -more;
}

/* The largest of what a risk does where it happens, over the report years. */
static double largest_impact(const struct cf_risk_study *s, const struct cf_risk_count *c,
                             int point, int which)
{
    double largest = 0;
    for (int n = 0; n < s->n_years; n++) {
        const double demand = s->demand[point * s->n_years + n];
        if (s->unplaced && demand > 0)
            largest = fmax(largest, mean(&c->change[which * s->n_years + n]) / demand);
        for (int i = 0; i < s->n_indicators; i++)
            largest = fmax(largest, worse_by(s, c, which, n, i));
    }
    return largest;
}

/* By how much less a target is met with the risk, 0 where none is set. */
static double chance_lost(const struct cf_risk_study *s, const struct cf_risk_count *c, int n,
                          int i)
{
    const double lost = chance(s, c, CF_RISK_AWAY, n, i) - chance(s, c, CF_RISK_AS_IS, n, i);
    return isnan(lost) ? 0 : lost;
}

/* The indicator whose chance the risk takes most of, and of equal ones that which it makes worst;
 * -1: there is none that can get worse. */
static int worst_indicator(const struct cf_risk_study *s, const struct cf_risk_count *c, int n)
{
    int worst = -1;
    double most = 0, largest = 0;
    for (int i = 0; i < s->n_indicators; i++) {
        const double lost = chance_lost(s, c, n, i), worse = worse_by(s, c, 0, n, i);
        const int counts = lost != 0 || !isnan(worse);
        if (!counts || (worst >= 0 && (lost < most || (lost == most && !(worse > largest)))))
            continue;
        worst = i;
        most = lost;
        largest = isnan(worse) ? -HUGE_VAL : worse;
    }
    return worst;
}

/* ---- rows ---- */

enum text_column { RISK, OWNER, LIKELIHOOD, IMPACT, RATING, RESIDUAL, INDICATOR, TARGET, N_TEXTS };
enum number_column {
    PROBABILITY,
    HAPPENED,
    UNPLACED,
    UNPLACED_WITHOUT,
    UNPLACED_MITIGATED,
    UNPLACED_EFFECT,
    COST,
    COST_PER_PLACE,
    MET,
    MET_WITHOUT,
    MET_MITIGATED,
    INDICATOR_EFFECT,
    DRAWS,
    N_NUMBERS
};

struct rows {
    const struct cf_risk_study *s;
    struct cf_table *table;
    struct cf_column *year, *text[N_TEXTS], *number[N_NUMBERS];
    unsigned char *share; /* [row] 1: the indicator is a share */
    size_t row;
    int any_target;
};

static void add_text(struct rows *rows, enum text_column which, const char *name, int labelled)
{
    struct cf_column *column =
        cf_add_column(rows->table, name, CF_COLUMN_TEXT, rows->table->n_rows);
    if (labelled)
        column->label = CF_TAKE(&rows->table->arena, rows->table->n_rows, const char *);
    rows->text[which] = column;
}

static void add_number(struct rows *rows, enum number_column which, const char *name,
                       enum cf_column_kind kind)
{
    rows->number[which] = cf_add_column(rows->table, name, kind, rows->table->n_rows);
}

static void add_columns(struct rows *rows)
{
    const int brief = rows->s->query->brief, places = rows->s->unplaced != NULL;
    struct cf_table *table = rows->table;
    cf_add_point_columns(&rows->s->ensemble, table, table->n_rows);
    rows->year = cf_add_column(table, "year", CF_COLUMN_INT, table->n_rows);
    rows->year->once = 1;
    rows->share = CF_TAKE(&table->arena, table->n_rows, unsigned char);
    add_text(rows, RISK, "risk", 1);
    if (!brief)
        add_text(rows, OWNER, "owner", 0);
    add_text(rows, LIKELIHOOD, "likelihood", 0);
    add_text(rows, IMPACT, "impact", 0);
    add_text(rows, RATING, "rating", 0);
    add_text(rows, RESIDUAL, "residual", 0);
    add_number(rows, PROBABILITY, "probability", CF_COLUMN_SHARE);
    if (!brief)
        add_number(rows, HAPPENED, "happened", CF_COLUMN_SHARE);
    if (places || !brief) {
        add_number(rows, UNPLACED, "unplaced", CF_COLUMN_NUMBER);
        add_number(rows, UNPLACED_WITHOUT, "unplaced_without", CF_COLUMN_NUMBER);
        add_number(rows, UNPLACED_MITIGATED, "unplaced_mitigated", CF_COLUMN_NUMBER);
        add_number(rows, UNPLACED_EFFECT, "unplaced_effect", CF_COLUMN_NUMBER);
    }
    add_number(rows, COST, "mitigation_cost", CF_COLUMN_NUMBER);
    if (places || !brief)
        add_number(rows, COST_PER_PLACE, "cost_per_place", CF_COLUMN_NUMBER);
    add_text(rows, INDICATOR, "indicator", !brief);
    add_text(rows, TARGET, "target", 1);
    if (rows->any_target || !brief) {
        add_number(rows, MET, "p_met", CF_COLUMN_SHARE);
        add_number(rows, MET_WITHOUT, "p_met_without", CF_COLUMN_SHARE);
        add_number(rows, MET_MITIGATED, "p_met_mitigated", CF_COLUMN_SHARE);
    }
    add_number(rows, INDICATOR_EFFECT, "indicator_effect", CF_COLUMN_MIXED);
    rows->number[INDICATOR_EFFECT]->share = rows->share;
    if (!brief)
        add_number(rows, DRAWS, "draws", CF_COLUMN_NUMBER);
}

static void put_text(struct rows *rows, enum text_column which, const char *text, const char *label)
{
    if (!rows->text[which])
        return;
    rows->text[which]->text[rows->row] = text;
    if (rows->text[which]->label)
        rows->text[which]->label[rows->row] = label && label[0] ? label : text;
}

static void put(struct rows *rows, enum number_column which, double value)
{
    if (rows->number[which])
        rows->number[which]->number[rows->row] = value;
}

static void put_words(struct rows *rows, const struct cf_risk *risk, const struct cf_risk_count *c,
                      int point)
{
    const int likelihood = word_of(risk->probability, likelihood_from);
    const int impact = word_of(largest_impact(rows->s, c, point, 0), impact_from);
    put_text(rows, LIKELIHOOD, words[likelihood], NULL);
    put_text(rows, IMPACT, words[impact], NULL);
    put_text(rows, RATING, words[rating_of(likelihood, impact)], NULL);
    const int later = word_of(risk->mitigated_probability, likelihood_from);
    const int less = word_of(largest_impact(rows->s, c, point, 1), impact_from);
    put_text(rows, RESIDUAL,
             words[risk->has_mitigation ? rating_of(later, less) : rating_of(likelihood, impact)],
             NULL);
}

static void put_unplaced(struct rows *rows, const struct cf_risk *risk,
                         const struct cf_risk_count *c, int n)
{
    const struct cf_risk_study *s = rows->s;
    const double now = mean_unplaced(s, c, CF_RISK_AS_IS, n);
    const double mitigated = mean_unplaced(s, c, CF_RISK_MITIGATED, n);
    put(rows, UNPLACED, now);
    put(rows, UNPLACED_WITHOUT, mean_unplaced(s, c, CF_RISK_AWAY, n));
    put(rows, UNPLACED_MITIGATED, mitigated);
    put(rows, UNPLACED_EFFECT, s->unplaced ? mean(&c->change[n]) : (double)NAN);
    put(rows, COST, risk->has_mitigation ? risk->mitigation_cost : (double)NAN);
    put(rows, COST_PER_PLACE,
        risk->has_mitigation && now > mitigated ? risk->mitigation_cost / (now - mitigated)
                                                : (double)NAN);
}

static void put_indicator(struct rows *rows, const struct cf_risk_count *c, int n, int i)
{
    const struct cf_risk_study *s = rows->s;
    const struct cf_indicator *indicator = indicator_at(s, i);
    const double target = target_of(s, n, i);
    struct cf_arena *arena = &rows->table->arena;
    const int is_share = indicator->ratio.has_denominator;
    char *text = CF_TAKE(arena, CF_NUMBER_ROOM, char);
    put_text(rows, INDICATOR, indicator->code, indicator->label);
    if (isnan(target)) {
        put_text(rows, TARGET, "not set", NULL);
    } else {
        cf_number_text(text, target);
        put_text(rows, TARGET, text,
                 is_share ? cf_arena_format(arena, "%.4g%%", 100 * target) : text);
    }
    rows->share[rows->row] = (unsigned char)is_share;
    put(rows, MET, chance(s, c, CF_RISK_AS_IS, n, i));
    put(rows, MET_WITHOUT, chance(s, c, CF_RISK_AWAY, n, i));
    put(rows, MET_MITIGATED, chance(s, c, CF_RISK_MITIGATED, n, i));
    put(rows, INDICATOR_EFFECT, mean(&c->indicator_change[cf_risk_at(s, 0, n, i)]));
}

/* indicator -1: there is none to speak of. */
static void put_row(struct rows *rows, int point, int r, int n, int indicator)
{
    const struct cf_risk_study *s = rows->s;
    const struct cf_risk *risk = &s->model->scenario.future.risk[r];
    const struct cf_risk_count *c = cf_risk_count_of(s, point, r);
    const long long good = c->draws[CF_RISK_AS_IS] - c->failed[CF_RISK_AS_IS];
    cf_put_point(&s->ensemble, rows->table, rows->row, s->query->scenario, point);
    rows->year->integer[rows->row] = s->model->extent.base_year + s->year[n].y;
    put_text(rows, RISK, risk->code, risk->label);
    put_text(rows, OWNER, risk->owner ? risk->owner : "", NULL);
    put_words(rows, risk, c, point);
    put(rows, PROBABILITY, risk->probability);
    put(rows, HAPPENED, good > 0 ? (double)c->happened[CF_RISK_AS_IS] / (double)good : (double)NAN);
    put(rows, DRAWS, (double)good);
    put_unplaced(rows, risk, c, n);
    if (indicator >= 0) {
        put_indicator(rows, c, n, indicator);
    } else {
        put_text(rows, TARGET, "not set", NULL);
        for (int k = MET; k <= INDICATOR_EFFECT; k++)
            put(rows, (enum number_column)k, (double)NAN);
    }
    rows->row++;
}

static void add_notes(const struct rows *rows)
{
    enum { MOST_NOTES = 6 };
    struct cf_table *table = rows->table;
    const char **note = CF_TAKE(&table->arena, MOST_NOTES, const char *);
    int n = 0;
    note[n++] = "The same draws as in the results, as they are, without the risk, and with it "
                "mitigated. unplaced: learners without a place on their first choice, the mean of "
                "the draws; effect: what the risk changes in the draws in which it happens. "
                "Where fewer want to learn fewer are left without a place.";
    if (!rows->s->query->indicator)
        note[n++] = rows->any_target
                        ? "indicator: the one whose chance of meeting its target the risk takes "
                          "most of, and of equal ones that which it makes worst."
                        : "No indicator has a target set for these years: there is no chance of "
                          "meeting one to speak of. indicator: the one that the risk makes worst.";
    note[n++] = "likelihood: nil below 1%, low below 20%, medium below 50%. impact, where it "
                "happens, in the worst report year: nil while it leaves less than 0.1% of "
                "learners without a place and makes no indicator worse by 0.1 points, low below "
                "0.5, medium below 2. rating: the two multiplied (low 1, medium 2, high 3): to 2 "
                "low, to 4 medium. residual: the same once mitigated.";
    note[n++] = "Probabilities, sizes and costs are what the scenario says: judgement. Effects of "
                "the share in which a risk happens come with the sampling error of so many draws.";
    table->notes = note;
}

void cf_fill_risks(const struct cf_risk_study *s, struct cf_table *table)
{
    const char *code = s->query->indicator;
    const int all = code && cf_text_same(code, "all") && s->n_indicators > 0;
    struct rows rows = {.s = s, .table = table};
    int n_shown = 0;
    for (int n = 0; n < s->n_years; n++)
        n_shown += s->year[n].shown;
    table->n_rows =
        (size_t)(s->n_points * s->n_risks * n_shown) * (size_t)(all ? s->n_indicators : 1);
    for (int n = 0; n < s->n_years; n++)
        for (int i = 0; i < s->n_indicators && s->year[n].shown; i++)
            if (!code || all || cf_text_same(code, indicator_at(s, i)->code))
                rows.any_target |= !isnan(target_of(s, n, i));
    add_columns(&rows);
    for (int p = 0; p < s->n_points; p++)
        for (int n = 0; n < s->n_years; n++)
            for (int r = 0; r < s->n_risks && s->year[n].shown; r++) {
                int one = worst_indicator(s, cf_risk_count_of(s, p, r), n);
                for (int i = 0; i < s->n_indicators && code && !all; i++)
                    if (cf_text_same(indicator_at(s, i)->code, code))
                        one = i;
                for (int i = 0; i < s->n_indicators && all; i++)
                    put_row(&rows, p, r, n, i);
                if (!all)
                    put_row(&rows, p, r, n, one);
            }
    add_notes(&rows);
}
