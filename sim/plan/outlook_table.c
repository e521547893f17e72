#include "plan/outlook_parts.h"

#include "base/text.h"
#include "plan/told.h"

#include <math.h>
#include <string.h>

/* ---- in full ---- */

void cf_outlook_columns(struct cf_outlooks *of, size_t rows)
{
    static const char *const numbers[] = {"baseline", "target",    "central",    "q0.05", "q0.25",
                                          "median",   "q0.75",     "q0.95",      "gap",   "p_met",
                                          "p_met_se", "benchmark", "p_benchmark"};
    cf_add_point_columns(&of->ensemble, of->table, rows);
    const int first = of->table->n_columns;
    of->table->title = "Indicators against their targets";
    cf_add_column(of->table, of->query->by_area ? "area" : "pool", CF_COLUMN_TEXT, rows);
    cf_add_column(of->table, "indicator", CF_COLUMN_TEXT, rows);
    cf_add_column(of->table, "year", CF_COLUMN_INT, rows);
    cf_add_column(of->table, "published", CF_COLUMN_INT, rows);
    for (size_t c = 0; c < sizeof numbers / sizeof *numbers; c++)
        cf_add_column(of->table, numbers[c], CF_COLUMN_MIXED, rows);
    cf_add_column(of->table, "crossing_year", CF_COLUMN_NUMBER, rows);
    cf_add_column(of->table, "crossing_published", CF_COLUMN_NUMBER, rows);
    cf_add_column(of->table, "draws", CF_COLUMN_INT, rows);
    of->column = &of->table->column[first];
}

void cf_outlook_rows(struct cf_outlooks *of, const struct cf_unit *unit)
{
    const struct cf_measured *m = &of->measured[unit->indicator];
    const size_t Y = of->year->n;
    const double crossing = unit->crossing < 0 ? (double)NAN : of->year->number[unit->crossing];
    for (size_t y = 0; y < Y; y++) {
        const struct cf_outlook *o = &unit->outlook[y];
        if (!of->shown[unit->indicator * Y + y])
            continue;
        const size_t row = of->table->n_rows++;
        struct cf_column *column = of->column;
        const double number[] = {
            m->baseline, m->target[y],    o->central,     o->fan[0], o->fan[1],
            o->fan[2],   o->fan[3],       o->fan[4],      o->gap,    o->p_met,
            o->se,       m->benchmark[y], o->p_benchmark, crossing,  crossing + m->offset};
        cf_put_point(&of->ensemble, of->table, row, unit->scenario, unit->point);
        (column++)->text[row] = of->member->code[unit->member];
        (column++)->text[row] = m->code;
        (column++)->integer[row] = of->year->number[y];
        (column++)->integer[row] = of->year->number[y] + m->offset;
        for (size_t c = 0; c < sizeof number / sizeof *number; c++)
            (column++)->number[row] = number[c];
        column->integer[row] = o->n;
    }
}

/* ---- as people read it ---- */

static struct cf_column *add_told(struct cf_outlooks *of, const char *name, size_t rows)
{
    struct cf_column *column = cf_add_column(of->table, name, CF_COLUMN_TEXT, rows);
    column->right = 1;
    return column;
}

static const char *const *notes_told(const struct cf_outlooks *of)
{
    struct cf_arena *arena = &of->table->arena;
    const char **note = CF_TAKE(arena, 8, const char *);
    size_t n = 0;
    if (of->ensemble.n_draws > 0) {
        note[n++] = "median: half of the draws lie below it. Half of them lie in the range of \"1 "
                    "in 2\", nine of ten in that of \"9 in 10\". central: everything as assumed, "
                    "no risk happens; it is none of the draws";
        if (of->n_targets > 0)
            note[n++] = "chance: share of the draws that meet the target, and the standard error "
                        "of so many draws; short: of the median";
    } else {
        note[n++] = "these results have no draws: central is one future, with everything as "
                    "assumed, and nothing is known of its chances";
    }
    note[n++] = "Not set: there is no target, which is not a target of 0";
    note[n++] = "year: academic year, of the autumn; published: the year the figure is published "
                "for";
    if (of->n_benchmarks > 0)
        note[n++] = "benchmark: figures of others; their chance: share of the draws at it or "
                    "better; where there is none later, nothing is said of later";
    if (!of->query->by_area && of->member->n > 1 && of->end_member - of->first_member == 1)
        note[n++] = "each authority: --by pool; each area: --by area";
    return note;
}

void cf_outlook_columns_told(struct cf_outlooks *of, size_t rows)
{
    const int draws = of->ensemble.n_draws > 0;
    cf_add_point_columns(&of->ensemble, of->table, rows);
    for (int c = 0; c < of->table->n_columns; c++)
        of->table->column[c].above = 1;
    const int first = of->table->n_columns;
    of->table->title = "Indicators against their targets";
    of->table->notes = notes_told(of);
    struct cf_column *member =
        cf_add_column(of->table, of->query->by_area ? "area" : "of", CF_COLUMN_TEXT, rows);
    member->once = member->above = 1;
    cf_add_column(of->table, "indicator", CF_COLUMN_TEXT, rows)->above = 1;
    add_told(of, "year", rows);
    add_told(of, "published", rows);
    add_told(of, "target", rows);
    if (of->n_targets > 0)
        add_told(of, "short by", rows);
    if (of->n_targets > 0 && draws)
        add_told(of, "chance of meeting", rows);
    if (draws) {
        add_told(of, "median", rows);
        add_told(of, "1 in 2", rows);
        add_told(of, "9 in 10", rows);
    }
    add_told(of, "central", rows);
    if (of->n_benchmarks > 0)
        add_told(of, "bench- mark", rows);
    if (of->n_benchmarks > 0 && draws)
        add_told(of, "chance", rows);
    if (draws)
        cf_add_column(of->table, "draws", CF_COLUMN_INT, rows)->once = 1;
    of->column = &of->table->column[first];
}

static int is_share(const struct cf_measured *m)
{
    return cf_text_same(m->unit, "share") || cf_text_same(m->unit, "difference of shares");
}

static const char *unit_told(const struct cf_measured *m)
{
    return cf_text_same(m->unit, "share") ? "%" : is_share(m) ? " pts" : "";
}

/* The number alone, as all of the indicator's are told: shares in percent, a decimal. */
static const char *number_told(struct cf_outlooks *of, const struct cf_measured *m, double value)
{
    struct cf_arena *arena = &of->table->arena;
    if (is_share(m))
        value *= 100;
    const int decimals = is_share(m) || (!cf_text_same(m->unit, "persons") && fabs(value) >= 10) ? 1
                         : cf_text_same(m->unit, "persons")                                      ? 0
                                                            : 3;
    char *text = cf_arena_format(arena, "%.*f", decimals, value);
    return text[0] == '-' && !text[strcspn(text, "123456789")] ? text + 1 : text; /* no "-0.0" */
}

static const char *value_told(struct cf_outlooks *of, const struct cf_measured *m, double value)
{
    return isnan(value) ? "-"
                        : cf_arena_format(&of->table->arena, "%s%s", number_told(of, m, value),
                                          unit_told(m));
}

static const char *range_told(struct cf_outlooks *of, const struct cf_measured *m, double low,
                              double high)
{
    return isnan(low) ? "-"
                      : cf_arena_format(&of->table->arena, "%s to %s%s", number_told(of, m, low),
                                        number_told(of, m, high), unit_told(m));
}

/* "0.4 pts", "met by 0.4 pts". */
static const char *gap_told(struct cf_outlooks *of, const struct cf_measured *m, double gap)
{
    if (isnan(gap))
        return "-";
    return cf_arena_format(&of->table->arena, "%s%s%s", gap > 0 ? "" : "met by ",
                           number_told(of, m, fabs(gap)), is_share(m) ? " pts" : "");
}

/* "NI 91 Participation of 17 year-olds (higher is better; baseline 79.0%)" */
static const char *heading_told(struct cf_outlooks *of, const struct cf_unit *unit)
{
    const struct cf_measured *m = &of->measured[unit->indicator];
    struct cf_text text = {0};
    int any = 0;
    cf_text_format(&text, "%s (%s", m->label,
                   m->better > 0   ? "higher is better"
                   : m->better < 0 ? "lower is better"
                                   : "it does not say which way is better");
    if (!isnan(m->baseline))
        cf_text_format(&text, "; baseline %s", value_told(of, m, m->baseline));
    for (size_t y = 0; y < of->year->n; y++)
        any |= !isnan(m->benchmark[y]);
    if (unit->crossing >= 0)
        cf_text_format(&text, "; at its benchmark or better from %d on",
                       of->year->number[unit->crossing]);
    else if (any && m->better)
        cf_text_add(&text, "; not at its benchmark in the end");
    cf_text_add(&text, ")");
    const char *heading = cf_arena_copy(&of->table->arena, text.data);
    cf_text_free(&text);
    return heading;
}

static void row_told(struct cf_outlooks *of, const struct cf_unit *unit, size_t y,
                     const char *heading)
{
    const struct cf_measured *m = &of->measured[unit->indicator];
    const struct cf_outlook *o = &unit->outlook[y];
    const int draws = of->ensemble.n_draws > 0, year = of->year->number[y];
    struct cf_arena *arena = &of->table->arena;
    const size_t row = of->table->n_rows++;
    struct cf_column *column = of->column;
    const char *label = of->member->label ? of->member->label[unit->member] : "";
    cf_put_point(&of->ensemble, of->table, row, unit->scenario, unit->point);
    (column++)->text[row] = label[0] ? label : of->member->code[unit->member];
    (column++)->text[row] = heading;
    (column++)->text[row] = cf_arena_format(arena, "%d", year);
    (column++)->text[row] = cf_arena_format(arena, "%d", year + m->offset);
    (column++)->text[row] = isnan(m->target[y]) ? "Not set" : value_told(of, m, m->target[y]);
    if (of->n_targets > 0)
        (column++)->text[row] = gap_told(of, m, o->gap);
    if (of->n_targets > 0 && draws)
        (column++)->text[row] = cf_chance_told(arena, o->p_met, o->se);
    if (draws) {
        (column++)->text[row] = value_told(of, m, o->fan[CF_FAN_MEDIAN]);
        (column++)->text[row] = range_told(of, m, o->fan[1], o->fan[3]);
        (column++)->text[row] = range_told(of, m, o->fan[0], o->fan[4]);
    }
    (column++)->text[row] = value_told(of, m, o->central);
    if (of->n_benchmarks > 0)
        (column++)->text[row] = value_told(of, m, m->benchmark[y]);
    if (of->n_benchmarks > 0 && draws)
        (column++)->text[row] = cf_chance_told(arena, o->p_benchmark, 0);
    if (draws)
        column->integer[row] = o->n;
}

void cf_outlook_rows_told(struct cf_outlooks *of, const struct cf_unit *unit)
{
    const char *heading = heading_told(of, unit);
    for (size_t y = 0; y < of->year->n; y++)
        if (of->shown[unit->indicator * of->year->n + y])
            row_told(of, unit, y, heading);
}
