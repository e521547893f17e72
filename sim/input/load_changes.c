#include "input/tables.h"

#include <math.h>

/* tables/changes.csv: site,line,open_year,places,ramp_years, what is planned. MODEL.md 2.8. */

enum { SITE_COLUMN, LINE_COLUMN, YEAR_COLUMN, PLACES_COLUMN, RAMP_COLUMN, N_COLUMNS };

enum { FIRST_YEAR = 1900, LAST_YEAR = 2200 };

struct changes {
    struct cf_tables *all;
    struct cf_csv csv;
    int column[N_COLUMNS];
    struct cf_caps caps;
    int n_late;
    struct cf_at late; /* the first change after the horizon */
};

static const char *text_of(const struct changes *c, int row, int k)
{
    return c->column[k] < 0 ? "" : cf_csv_cell(&c->csv, row, c->column[k]);
}

/* Whether the error at a row's cell is to be shown. */
static int shown(struct changes *c, int row, int k, enum cf_wrong kind, struct cf_at *at)
{
    *at = cf_csv_at(&c->csv, row, c->column[k]);
    return cf_caps_show(&c->caps, kind, *at);
}

static int member_of(struct changes *c, int row, int k, enum cf_axis_id id)
{
    const struct cf_axis *axis = &c->all->model->axis[id];
    const char *code = text_of(c, row, k);
    const int member = cf_names_find(&axis->codes, code);
    struct cf_at at;
    if (member >= 0 || axis->doubtful || !shown(c, row, k, CF_WRONG_MEMBER, &at))
        return member;
    char room[CF_LABEL_HELP_ROOM];
    const char *help = cf_axis_label_help(axis, code, room, sizeof room);
    if (!*code)
        cf_report(c->all->diag, CF_ERROR, "table.member", at, NULL, "the %s is empty", axis->name);
    else if (help)
        cf_report(c->all->diag, CF_ERROR, "table.member", at, help, "unknown %s '%s'", axis->name,
                  code);
    else
        cf_report_near(c->all->diag, CF_ERROR, "table.member", at, code, axis->codes.name,
                       (size_t)axis->n, "unknown %s '%s'", axis->name, code);
    return member;
}

static int year_of(struct changes *c, int row, int *year)
{
    const char *text = text_of(c, row, YEAR_COLUMN);
    const int whole = cf_parse_int(text, year);
    struct cf_at at;
    if (whole && *year >= FIRST_YEAR && *year <= LAST_YEAR)
        return 1;
    if (!shown(c, row, YEAR_COLUMN, CF_WRONG_RANGE, &at))
        return 0;
    if (whole)
        cf_report(c->all->diag, CF_ERROR, "table.range", at, NULL,
                  "year %d is not between %d and %d", *year, FIRST_YEAR, LAST_YEAR);
    else if (*text)
        cf_report(c->all->diag, CF_ERROR, "table.range", at, "write the first year, like 2013",
                  "'%s' is not a year", text);
    else
        cf_report(c->all->diag, CF_ERROR, "table.range", at, NULL, "the open_year is empty");
    return 0;
}

/* Places may be taken away: as many as a table of places may give. */
static int places_of(struct changes *c, int row, double *places)
{
    const double most = cf_field_specs[CF_FIELD_places].high;
    const char *text = text_of(c, row, PLACES_COLUMN);
    const int number = cf_parse_double(text, places);
    struct cf_at at;
    char low[CF_NUMBER_ROOM], high[CF_NUMBER_ROOM];
    if (number && fabs(*places) <= most)
        return 1;
    if (!shown(c, row, PLACES_COLUMN, number ? CF_WRONG_BOUNDS : CF_WRONG_VALUE, &at))
        return 0;
    if (number)
        cf_report(c->all->diag, CF_ERROR, "table.bounds", at, NULL,
                  "%s is not between %s and %s, the bounds of a change of places", text,
                  cf_number_text(low, -most), cf_number_text(high, most));
    else if (*text)
        cf_report(c->all->diag, CF_ERROR, "table.value", at, NULL, "'%s' %s", text,
                  cf_double_fault(text));
    else
        cf_report(c->all->diag, CF_ERROR, "table.value", at, NULL, "the places are empty");
    return 0;
}

/* Left out: full at once. */
static int ramp_of(struct changes *c, int row, int *ramp)
{
    const char *text = text_of(c, row, RAMP_COLUMN);
    struct cf_at at;
    *ramp = 0;
    if (!*text)
        return 1;
    const int whole = cf_parse_int(text, ramp);
    if (whole && *ramp >= 0)
        return 1;
    if (shown(c, row, RAMP_COLUMN, CF_WRONG_VALUE, &at)) {
        if (whole)
            cf_report(c->all->diag, CF_ERROR, "changes.ramp", at, "0 and 1: full at once",
                      "ramp_years is %d, it cannot be negative", *ramp);
        else
            cf_report(c->all->diag, CF_ERROR, "changes.ramp", at, "0 and 1: full at once",
                      "ramp_years is '%s', it must be a whole number of years", text);
    }
    return 0;
}

static void read_row(struct changes *c, int row)
{
    struct cf_model *model = c->all->model;
    struct cf_provision *p = &model->provision;
    struct cf_change change = {.site = member_of(c, row, SITE_COLUMN, CF_AXIS_SITE),
                               .line = member_of(c, row, LINE_COLUMN, CF_AXIS_LINE),
                               .offer = -1,
                               .at = cf_csv_at(&c->csv, row, c->column[SITE_COLUMN])};
    const int good_year = year_of(c, row, &change.open_year);
    const int good_places = places_of(c, row, &change.places);
    const int good_ramp = ramp_of(c, row, &change.ramp_years);
    if (good_year && c->all->usable && change.open_year > model->scenario.end_year &&
        c->n_late++ == 0)
        c->late = cf_csv_at(&c->csv, row, c->column[YEAR_COLUMN]);
    if (change.site >= 0 && change.line >= 0 && good_year && good_places && good_ramp)
        p->change[p->n_changes++] = change;
}

void cf_changes_load(struct cf_tables *all)
{
    static const char *const names[N_COLUMNS] = {"site", "line", "open_year", "places",
                                                 "ramp_years"};
    struct changes c = {.all = all};
    cf_tables_read(all, &all->scratch, "changes", &c.csv);
    c.csv.path = cf_table_path(all, "changes"); /* lasts longer than this list */
    if (!cf_list_columns(&c.csv, names, N_COLUMNS, RAMP_COLUMN, c.column, CF_ERROR, all->diag))
        return;
    all->model->provision.change =
        CF_TAKE(&all->model->arena, (size_t)c.csv.n_rows, struct cf_change);
    for (int row = 0; row < c.csv.n_rows; row++)
        read_row(&c, row);
    if (c.n_late)
        cf_report(all->diag, CF_NOTICE, "changes.late", c.late, NULL,
                  "%d of %d changes open after end_year %d: nothing of them is seen", c.n_late,
                  c.csv.n_rows, all->model->scenario.end_year);
    cf_caps_rest(&c.caps, all->diag);
}
