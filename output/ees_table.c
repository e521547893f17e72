#include "output/render_ees.h"

#include "base/names.h"
#include "base/text.h"
#include "output/dictionary.h"
#include "output/ees_places.h"
#include "output/suppress.h"
#include "output/table.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

enum { MOST_FILTERS = 12, MOST_INDICATORS = 40, TIME = 0 };

/* A dimension of the table to be made: years, places, filters. */
struct axis {
    const struct cf_column *column; /* NULL: places of which there is only the whole */
    const char *name;               /* in snake case */
    struct cf_names member;         /* by its code or number */
    const char **label;             /* [member.n], of a filter what people read */
    const int *of_row;              /* [n_rows] member; -1: of no place */
    int has_total;                  /* one more, the sum, after the members */
};

struct making {
    const struct cf_ees *ees;
    struct cf_table *data, *meta;
    struct cf_arena *arena; /* of the data */
    struct axis time, place, filter[MOST_FILTERS];
    int n_filters;
    const struct cf_column *indicator[MOST_INDICATORS];
    int n_indicators;
    struct cf_ees_places places;
    size_t n_rows;
    struct cf_column *value[MOST_INDICATORS]; /* of the data */
};

static size_t extent(const struct axis *axis)
{
    return (size_t)axis->member.n + (size_t)axis->has_total;
}

/* ---- what the columns are ---- */

static int is_year(const struct cf_column *column)
{
    return cf_text_same(column->name, "year") || cf_text_same(column->name, "report_year");
}

static int is_filter(const struct cf_column *column)
{
    return column->kind == CF_COLUMN_TEXT || cf_text_same(column->name, "age") ||
           cf_text_same(column->name, "point") || column->unit == CF_UNIT_THINGS;
}

static int can_add_up(const struct making *m, const char *name)
{
    static const char *const dims[] = {"group", "age",   "status", "level",
                                       "line",  "offer", "site",   "authority_to"};
    if (!cf_variable_is_sum(m->ees->variable) || m->n_indicators != 1 ||
        !cf_text_same(m->indicator[0]->name, "value"))
        return 0;
    for (size_t k = 0; k < sizeof dims / sizeof *dims; k++)
        if (cf_text_same(name, dims[k]))
            return 1;
    return 0;
}

static const char *value_text(struct making *m, const struct cf_column *column, size_t row)
{
    char number[CF_NUMBER_ROOM];
    if (column->kind == CF_COLUMN_TEXT)
        return column->text[row];
    if (column->kind == CF_COLUMN_INT)
        return cf_arena_format(m->arena, "%d", column->integer[row]);
    return cf_arena_copy(m->arena, cf_number_text(number, column->number[row]));
}

/* Letters, digits and '_', a letter first. */
static const char *snake_case(struct making *m, const char *name)
{
    char *said = cf_arena_format(m->arena, "%s%s", strchr("0123456789", name[0]) ? "n" : "", name);
    for (char *at = said; *at; at++)
        if (*at >= 'A' && *at <= 'Z')
            *at = (char)(*at - 'A' + 'a');
        else if (!strchr("abcdefghijklmnopqrstuvwxyz0123456789", *at))
            *at = '_';
    return said;
}

/* Without blanks at its ends; never empty, and no total but ours. */
static const char *item_text(struct making *m, const char *text, const char *code)
{
    while (*text == ' ')
        text++;
    size_t length = strlen(text);
    while (length > 0 && text[length - 1] == ' ')
        length--;
    const char *said = length > 0 ? cf_arena_copy_n(m->arena, text, length)
                       : code[0]  ? code
                                  : "None";
    return cf_text_same(said, "Total") ? cf_arena_format(m->arena, "Total (%s)", code) : said;
}

static void number_members(struct making *m, struct axis *axis, const struct cf_column *column)
{
    const size_t rows = m->ees->table->n_rows;
    int *of_row = CF_TAKE(m->arena, rows, int);
    cf_names_init(&axis->member, m->arena);
    axis->column = column;
    axis->name = snake_case(m, column->name);
    for (size_t row = 0; row < rows; row++) {
        const char *code = value_text(m, column, row);
        of_row[row] = axis == &m->place && !code[0] ? -1 : cf_names_add(&axis->member, code);
    }
    axis->of_row = of_row;
}

/* What people read of each member; where two read alike, with their codes. */
static void label_members(struct making *m, struct axis *axis)
{
    const size_t rows = m->ees->table->n_rows, n = (size_t)axis->member.n;
    const char **label = CF_TAKE(m->arena, n, const char *);
    axis->label = CF_TAKE(m->arena, n, const char *);
    for (size_t row = 0; row < rows; row++) {
        const int k = axis->of_row[row];
        if (!label[k])
            label[k] =
                item_text(m, axis->column->label ? axis->column->label[row] : axis->member.name[k],
                          axis->member.name[k]);
    }
    for (size_t k = 0; k < n; k++) {
        int same = 0;
        for (size_t j = 0; j < n; j++)
            same += cf_text_same(label[j], label[k]);
        axis->label[k] = same > 1
                             ? cf_arena_format(m->arena, "%s (%s)", label[k], axis->member.name[k])
                             : label[k];
    }
}

static int is_place(const struct making *m, const struct cf_column *column, int has_tier)
{
    return cf_text_same(column->name, has_tier ? m->ees->tier : "authority");
}

static enum cf_status sort_columns(struct making *m, cf_diag *diag)
{
    const struct cf_table *table = m->ees->table;
    int has_tier = 0, has_year = 0;
    for (int c = 0; c < table->n_columns; c++)
        has_tier |= cf_text_same(table->column[c].name, m->ees->tier);
    cf_names_init(&m->place.member, m->arena);
    for (int c = 0; c < table->n_columns; c++) {
        const struct cf_column *column = &table->column[c];
        if (is_year(column)) {
            number_members(m, &m->time, column);
            has_year = 1;
        } else if (is_place(m, column, has_tier) && !m->place.column)
            number_members(m, &m->place, column);
        else if (cf_text_same(column->name, "run") || cf_text_same(column->name, "draws"))
            continue;
        else if (is_filter(column) && m->n_filters < MOST_FILTERS)
            number_members(m, &m->filter[m->n_filters++], column);
        else if (!is_filter(column) && column->kind != CF_COLUMN_INT &&
                 m->n_indicators < MOST_INDICATORS)
            m->indicator[m->n_indicators++] = column;
    }
    if (has_year && m->n_indicators > 0)
        return CF_OK;
    cf_report(diag, CF_ERROR, "ees.time", (struct cf_at){0},
              "explore education statistics asks for a time period in every row",
              "'%s' has no years, or no numbers for people", m->ees->variable->name);
    return CF_USAGE;
}

/* ---- rows ---- */

static enum cf_status count_rows(struct making *m, cf_diag *diag)
{
    double n = (double)m->time.member.n * m->places.n;
    for (int f = 0; f < m->n_filters; f++)
        n *= (double)extent(&m->filter[f]);
    m->n_rows = (size_t)n;
    if (n <= CF_EES_MOST_ROWS)
        return CF_OK;
    cf_report(diag, CF_ERROR, "ees.large", (struct cf_at){0},
              "choose some of it with --year, --age, --scenario, or add it up with --by, --sum",
              "'%s' would have %.0f rows, more than %d", m->ees->variable->name, n,
              CF_EES_MOST_ROWS);
    return CF_USAGE;
}

static struct cf_column *add_text(struct making *m, const char *name)
{
    return cf_add_column(m->data, name, CF_COLUMN_TEXT, m->n_rows);
}

/* Which member each filter has in a row of the data; the rows of a place and year follow each
 * other, the last filter fastest. */
static void members_at(const struct making *m, size_t row, size_t *time, size_t *place,
                       size_t *member)
{
    for (int f = m->n_filters; f-- > 0; row /= extent(&m->filter[f]))
        member[f] = row % extent(&m->filter[f]);
    *place = row % (size_t)m->places.n;
    *time = row / (size_t)m->places.n;
}

static void put_places(struct making *m)
{
    static const char *const fixed[] = {"time_period", "time_identifier", "geographic_level",
                                        "country_code", "country_name"};
    struct cf_column *column[16];
    size_t member[MOST_FILTERS], t, p;
    int n = 0;
    for (size_t k = 0; k < sizeof fixed / sizeof *fixed; k++)
        column[n++] = add_text(m, fixed[k]);
    if (m->places.has_region) {
        column[n++] = add_text(m, "region_code");
        column[n++] = add_text(m, "region_name");
    }
    for (int k = 0; k < 3 && m->places.level->column[k]; k++)
        column[n++] = add_text(m, m->places.level->column[k]);
    const char **period = CF_TAKE(m->arena, (size_t)m->time.member.n, const char *);
    for (int k = 0; k < m->time.member.n; k++) {
        int year = 0;
        cf_parse_int(m->time.member.name[k], &year);
        period[k] = cf_arena_format(m->arena, "%04d%02d", year, (year + 1) % 100);
    }
    for (size_t row = 0; row < m->n_rows; row++) {
        members_at(m, row, &t, &p, member);
        const struct cf_ees_place *place = &m->places.place[p];
        const char *const text[] = {period[t], "Academic year", m->places.level->name,
                                    m->places.country_code, m->places.country_name};
        int c = 0;
        for (; c < 5; c++)
            column[c]->text[row] = text[c];
        if (m->places.has_region) {
            column[c++]->text[row] = place->region_code;
            column[c++]->text[row] = place->region_name;
        }
        for (int k = 0; c < n; k++)
            column[c++]->text[row] = place->text[k];
    }
}

static void put_filters(struct making *m)
{
    size_t member[MOST_FILTERS], t, p;
    struct cf_column *column[MOST_FILTERS];
    for (int f = 0; f < m->n_filters; f++)
        column[f] = add_text(m, m->filter[f].name);
    for (size_t row = 0; row < m->n_rows; row++) {
        members_at(m, row, &t, &p, member);
        for (int f = 0; f < m->n_filters; f++)
            column[f]->text[row] = member[f] == (size_t)m->filter[f].member.n
                                       ? "Total"
                                       : m->filter[f].label[member[f]];
    }
}

/* Where a row of the table goes, with the total in place of the filters that `totals` has a bit of;
 * n_rows where there is no such row. */
static size_t row_for(const struct making *m, size_t row, unsigned totals)
{
    if (m->place.column && m->place.of_row[row] < 0)
        return m->n_rows;
    size_t at = (size_t)m->time.of_row[row];
    at = at * (size_t)m->places.n + (m->place.column ? (size_t)m->place.of_row[row] : 0);
    for (int f = 0; f < m->n_filters; f++) {
        const struct axis *filter = &m->filter[f];
        if (totals >> f & 1 && !filter->has_total)
            return m->n_rows;
        at = at * extent(filter) +
             (size_t)(totals >> f & 1 ? filter->member.n : filter->of_row[row]);
    }
    return at;
}

static const char *indicator_name(struct making *m, const struct cf_column *column)
{
    const char *of = m->ees->variable->name, *drawn = strstr(of, "_draws");
    const int length = (int)(drawn ? (size_t)(drawn - of) : strlen(of));
    return cf_text_same(column->name, "value")
               ? snake_case(m, cf_arena_format(m->arena, "%.*s", length, of))
               : snake_case(m, cf_arena_format(m->arena, "%.*s_%s", length, of, column->name));
}

static void put_values(struct making *m)
{
    const struct cf_table *from = m->ees->table;
    for (int i = 0; i < m->n_indicators; i++) {
        const struct cf_column *column = m->indicator[i];
        struct cf_column *value =
            cf_add_column(m->data, indicator_name(m, column), column->kind, m->n_rows);
        unsigned char *share = column->share ? CF_TAKE(m->arena, m->n_rows, unsigned char) : NULL;
        value->unit = cf_column_unit(column);
        value->apart = column->apart;
        value->share = share;
        for (size_t row = 0; row < m->n_rows; row++)
            value->number[row] = (double)NAN;
        for (size_t row = 0; row < from->n_rows; row++)
            for (unsigned totals = 0; totals < 1u << m->n_filters; totals++) {
                const size_t to = row_for(m, row, totals);
                if (to == m->n_rows)
                    continue;
                value->number[to] =
                    column->number[row] + (isnan(value->number[to]) ? 0 : value->number[to]);
                if (share)
                    share[to] = column->share[row];
            }
        m->value[i] = value;
    }
}

/* Rows of what is of no place have none to stand at. */
static void warn_of_no_place(const struct making *m, cf_diag *diag)
{
    size_t n = 0;
    for (size_t row = 0; m->place.column && row < m->ees->table->n_rows; row++)
        n += m->place.of_row[row] < 0 && fabs(m->indicator[0]->number[row]) > 0 ? 1 : 0;
    if (n > 0)
        cf_report(diag, CF_WARNING, "ees.place", (struct cf_at){0}, NULL,
                  "%zu values of areas without %s are left out", n, m->place.column->name);
}

/* ---- the meta file ---- */

static const char *capital(struct making *m, const char *text)
{
    char *said = cf_arena_copy(m->arena, text);
    if (said[0] >= 'a' && said[0] <= 'z')
        said[0] = (char)(said[0] - 'a' + 'A');
    for (char *at = said; *at; at++)
        *at = *at == '_' ? ' ' : *at;
    return said;
}

static const char *indicator_label(struct making *m, int i)
{
    const char *name = m->indicator[i]->name;
    const char *of = m->ees->variable->name, *drawn = strstr(of, "_draws");
    const char *plain = cf_arena_copy_n(m->arena, of, drawn ? (size_t)(drawn - of) : strlen(of));
    const struct cf_word *word = cf_find_word(plain);
    const char *what = capital(m, word ? word->meaning : m->ees->variable->long_name);
    if (cf_text_same(name, "value"))
        return what;
    if (name[0] == 'q')
        return cf_arena_format(m->arena, "%s: quantile %s", what, name + 1);
    return cf_arena_format(m->arena, "%s: %s", what,
                           cf_text_same(name, "sd")          ? "standard deviation"
                           : cf_text_same(name, "p_exceeds") ? "share of draws above"
                                                             : name);
}

static void put_meta(struct making *m, const char *const *text)
{
    for (int c = 0; c < m->meta->n_columns; c++)
        m->meta->column[c].text[m->meta->n_rows] = text[c];
    m->meta->n_rows++;
}

static void fill_meta(struct making *m)
{
    static const char *const columns[] = {
        "col_name",       "col_type",     "label",       "indicator_grouping",
        "indicator_unit", "indicator_dp", "filter_hint", "filter_grouping_column"};
    const size_t rows = (size_t)(m->n_filters + m->n_indicators);
    for (size_t c = 0; c < sizeof columns / sizeof *columns; c++)
        cf_add_column(m->meta, columns[c], CF_COLUMN_TEXT, rows);
    for (int f = 0; f < m->n_filters; f++)
        if (extent(&m->filter[f]) > 1)
            put_meta(m, (const char *[]){m->filter[f].name, "Filter", capital(m, m->filter[f].name),
                                         "", "", "", "", ""});
    for (int i = 0; i < m->n_indicators; i++) {
        const enum cf_measure unit = m->value[i]->unit;
        const char *places = unit == CF_UNIT_MINUTES ? "1" : unit == CF_UNIT_NONE ? "3" : "0";
        if (m->value[i]->share)
            places = "3";
        put_meta(m, (const char *[]){m->value[i]->name, "Indicator", indicator_label(m, i), "",
                                     unit == CF_UNIT_POUNDS ? "\xc2\xa3" : "", places, "", ""});
    }
}

/* ---- all of it ---- */

static enum cf_status make(struct making *m, cf_diag *diag)
{
    enum cf_status status = sort_columns(m, diag);
    if (status != CF_OK)
        return status;
    for (int f = 0; f < m->n_filters; f++) {
        label_members(m, &m->filter[f]);
        m->filter[f].has_total = m->filter[f].member.n > 1 && can_add_up(m, m->filter[f].name);
    }
    cf_ees_find_places(&m->places, m->ees->results,
                       m->place.column ? m->place.column->name : m->ees->tier, m->place.member.name,
                       m->place.member.n, m->arena, diag);
    status = count_rows(m, diag);
    if (status != CF_OK)
        return status;
    put_places(m);
    put_filters(m);
    put_values(m);
    warn_of_no_place(m, diag);
    m->data->n_rows = m->n_rows;
    if (m->ees->below > 0)
        cf_suppress(m->data, m->ees->below);
    fill_meta(m);
    return CF_OK;
}

enum cf_status cf_ees_tables(const struct cf_ees *ees, struct cf_table *data, struct cf_table *meta,
                             cf_diag *diag)
{
    struct making m = {.ees = ees, .data = data, .meta = meta, .arena = &data->arena};
    *data = *meta = (struct cf_table){0};
    cf_arena_init(&data->arena);
    cf_arena_init(&meta->arena);
    const enum cf_status status = make(&m, diag);
    if (status != CF_OK) {
        cf_table_free(data);
        cf_table_free(meta);
    }
    return status;
}
