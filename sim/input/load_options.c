#include "input/decision_parts.h"

#include "base/text.h"

#include <limits.h>
#include <math.h>
#include <string.h>

/* options.csv of a place: what can be done, an option a row. scenarios/README.md, What can be done.
 */

enum {
    CODE,
    LABEL,
    KIND,
    SITE,
    LINE,
    PLACES,
    CAPITAL,
    ANNUAL,
    LEAD_YEARS,
    LIFE,
    MAX_UNITS,
    NEEDS,
    EXCLUDES,
    PART,
    RESPONSIBLE,
    MINUTES,
    N_COLUMNS
};
static const char *const columns[N_COLUMNS] = {
    "code",       "label", "kind",      "site",  "line",     "places", "capital",     "annual",
    "lead_years", "life",  "max_units", "needs", "excludes", "part",   "responsible", "minutes"};

#define MOST_YEARS 200
#define MOST_UNITS 1000
#define MOST_LISTED 64
#define USUAL_MINUTES 10.0

/* Where an option acts: more places want a line at a site, a journey a site. */
static int check_where(const struct cf_list *list, int row, const struct cf_option *o)
{
    const int acts_on_places = o->kind == CF_OPTION_EXPAND || o->kind == CF_OPTION_OPEN ||
                               o->kind == CF_OPTION_RELEASE ||
                               (o->kind == CF_OPTION_POOL && o->places > 0);
    const int lacks = acts_on_places && !*cf_list_text(list, row, SITE)   ? SITE
                      : acts_on_places && !*cf_list_text(list, row, LINE) ? LINE
                                                                          : -1;
    if (lacks >= 0)
        cf_report(list->diag, CF_ERROR, "option.where", cf_list_at(list, row, lacks), NULL,
                  "option '%s' (%s) has places and no %s", o->code, cf_option_kinds[o->kind],
                  columns[lacks]);
    return lacks < 0;
}

static int read_money(const struct cf_list *list, int row, struct cf_option *o)
{
    const double places =
        o->kind == CF_OPTION_POOL || o->kind == CF_OPTION_TRANSPORT ? 0 : CF_LIST_NEEDED;
    const double most = cf_field_specs[CF_FIELD_places].high;
    int good = cf_list_number(list, row, PLACES, 0, most, places, &o->places);
    good &= cf_list_number(list, row, CAPITAL, 0, HUGE_VAL, 0, &o->capital);
    good &= cf_list_number(list, row, ANNUAL, 0, HUGE_VAL, 0, &o->annual);
    good &= cf_list_number(list, row, MINUTES, 0, 1e5,
                           o->kind == CF_OPTION_TRANSPORT ? USUAL_MINUTES : 0, &o->minutes);
    return good;
}

static int read_times(const struct cf_list *list, int row, struct cf_option *o)
{
    int part, good = cf_list_whole(list, row, LEAD_YEARS, 0, MOST_YEARS, 0, &o->lead_years);
    good &= cf_list_whole(list, row, LIFE, 1, MOST_YEARS, MOST_YEARS, &o->life);
    good &= cf_list_whole(list, row, MAX_UNITS, 1, MOST_UNITS, 1, &o->max_units);
    good &= cf_list_whole(list, row, PART, 1, CF_N_PARTS, 1, &part);
    o->part = part - 1;
    return good;
}

static int read_row(const struct cf_list *list, int row, struct cf_option *o)
{
    const char *label = cf_list_text(list, row, LABEL);
    int kind, good = cf_list_code(list, row, CODE);
    *o = (struct cf_option){.code = cf_list_text(list, row, CODE),
                            .responsible = cf_list_text(list, row, RESPONSIBLE),
                            .at = cf_list_at(list, row, CODE)};
    o->label = *label ? label : o->code;
    good &= cf_list_word(list, row, KIND, cf_option_kinds, CF_N_OPTION_KINDS, &kind);
    o->kind = (enum cf_option_kind)kind;
    good &= cf_list_member(list, row, SITE, CF_AXIS_SITE, &o->site);
    good &= cf_list_member(list, row, LINE, CF_AXIS_LINE, &o->line);
    good &= read_money(list, row, o);
    good &= read_times(list, row, o);
    return good & check_where(list, row, o);
}

/* Codes in a cell, blanks between; unknown ones are reported. */
static int read_codes(const struct cf_list *list, int row, int k, const struct cf_decision *d,
                      int **found)
{
    const char *names[MOST_LISTED], *text = cf_list_text(list, row, k);
    int n = 0;
    *found = CF_TAKE(&list->model->arena, strlen(text) / 2 + 1, int);
    while (*text) {
        const size_t length = strcspn(text, " \t");
        const char *code = cf_arena_copy_n(&list->model->arena, text, length);
        int o = 0;
        while (o < d->n_options && !cf_text_same(d->option[o].code, code))
            o++;
        if (length && o < d->n_options) {
            (*found)[n++] = o;
        } else if (length) {
            const int shown = d->n_options < MOST_LISTED ? d->n_options : MOST_LISTED;
            for (int other = 0; other < shown; other++)
                names[other] = d->option[other].code;
            cf_report_near(list->diag, CF_ERROR, "option.unknown", cf_list_at(list, row, k), code,
                           names, (size_t)shown, "unknown option '%s' in %s", code, columns[k]);
        }
        text += length + strspn(text + length, " \t");
    }
    return n;
}

/* Whether `from` needs `wanted`, itself or by what it needs. seen: [options]. */
static int leads_to(const struct cf_decision *d, int from, int wanted, unsigned char *seen)
{
    for (int n = 0; n < d->option[from].n_needs; n++) {
        const int next = d->option[from].need[n];
        if (next == wanted)
            return 1;
        if (!seen[next]) {
            seen[next] = 1;
            if (leads_to(d, next, wanted, seen))
                return 1;
        }
    }
    return 0;
}

static int needs(const struct cf_list *list, const struct cf_decision *d, int from, int wanted)
{
    return leads_to(d, from, wanted,
                    CF_TAKE(&list->model->arena, (size_t)d->n_options, unsigned char));
}

/* No option can come before itself, and none beside what it excludes. */
static void check_order(const struct cf_list *list, const struct cf_decision *d, int row, int o)
{
    const struct cf_option *option = &d->option[o];
    if (needs(list, d, o, o)) {
        cf_report(list->diag, CF_ERROR, "option.cycle", cf_list_at(list, row, NEEDS), NULL,
                  "option '%s' needs itself to be open before it", option->code);
        return;
    }
    for (int n = 0; n < option->n_excludes; n++) {
        const int other = option->exclude[n];
        if (other == o || needs(list, d, o, other))
            cf_report(list->diag, CF_ERROR, "option.contradicts", cf_list_at(list, row, EXCLUDES),
                      NULL, "option '%s' excludes %s%s%s", option->code,
                      other == o ? "itself" : "'", other == o ? "" : d->option[other].code,
                      other == o ? "" : "', which it needs");
    }
}

void cf_load_options(struct cf_model *model, const struct cf_config *config, cf_diag *diag)
{
    struct cf_list list = {.model = model, .diag = diag};
    struct cf_decision *d = &model->scenario.decision;
    if (!cf_list_open(&list, cf_setting(config->root, CF_SCOPE_TOP, "options"), "options.csv",
                      columns, N_COLUMNS, KIND + 1))
        return;
    int *row_of = CF_TAKE(&model->arena, (size_t)list.csv.n_rows, int);
    d->option = CF_TAKE(&model->arena, (size_t)list.csv.n_rows, struct cf_option);
    for (int row = 0; row < list.csv.n_rows; row++) {
        row_of[d->n_options] = row;
        /* A bad one is kept, so that what names it is not called unknown. */
        read_row(&list, row, &d->option[d->n_options++]);
    }
    for (int o = 0; o < d->n_options; o++) {
        struct cf_option *option = &d->option[o];
        option->n_needs = read_codes(&list, row_of[o], NEEDS, d, &option->need);
        option->n_excludes = read_codes(&list, row_of[o], EXCLUDES, d, &option->exclude);
    }
    for (int o = 0; o < d->n_options; o++)
        check_order(&list, d, row_of[o], o);
}
