#include "input/tables.h"

#include <math.h>

/*
 * Ages at 30 June to academic ages, completed years on 31 August: by then two months of birthdays
 * have passed,
 *
 *   N31Aug(x) = 10/12 N(x) + 2/12 N(x - 1),   N(-1) = N(0)
 *
 * MODEL.md 1. The age before first_age is read for this only.
 */
static const double same_age = 10.0 / 12.0, year_younger = 2.0 / 12.0;

/* Nobody where no row says otherwise; a wrong value (reported already) stays NaN. */
static double count_of(const struct cf_table *t, size_t from)
{
    return t->line[from] ? t->value[from] : 0;
}

/* Report where the age before first_age is missing although other ages are given. */
static void check_extra(struct cf_table *t, int n_years)
{
    size_t n_ages = (size_t)t->dim[cf_dim_of(t->field, CF_AXIS_AGE)].n;
    struct cf_missing missing = {0};
    for (int y = 0; y < n_years; y++)
        for (size_t row = 0; row < t->rest; row += n_ages) {
            const int *line = t->line + (size_t)y * t->rest + row;
            int at[CF_MOST_DIMS], any = t->field == CF_FIELD_population;
            for (size_t k = 1; k < n_ages; k++)
                any |= line[k] != 0;
            cf_table_members(t, 0, row, at);
            if (cf_field_yearly(t->field))
                at[0] = y;
            if (any && !line[0] && cf_followed(t->model, t->field, at))
                cf_missing_add(&missing, t->model, t->field, at, CF_ALL_DIMS);
        }
    if (t->model->field[t->field].doubtful)
        missing.n = 0;
    cf_missing_report(&missing, t->diag, (struct cf_at){t->csv.path, 0, 0},
                      cf_arena_format(&t->scratch,
                                      "sources.csv says 30 June for %s: then the age below "
                                      "first_age, %d, is needed to move ages to 31 August",
                                      t->spec->name, t->model->scenario.first_age - 1));
}

/* Age is the last axis of population and external. */
static void to_august(struct cf_table *t, struct cf_field *field)
{
    size_t n_ages = (size_t)t->dim[cf_dim_of(t->field, CF_AXIS_AGE)].n;
    size_t extra = (size_t)t->extra, n_kept = n_ages - extra;
    size_t n_rows = (size_t)field->n_years * (t->rest / n_ages);
    for (size_t row = 0; row < n_rows; row++)
        for (size_t x = n_kept; x-- > 0;) {
            size_t from = row * n_ages + x + extra, to = row * n_kept + x;
            size_t younger = x + extra ? from - 1 : from;
            field->line[to] = t->line[from];
            /* A stock must say how many there are of an age; its neighbours do not. */
            const int needed = t->field == CF_FIELD_population;
            if (t->line[from] || (!needed && t->line[younger]))
                field->value[to] =
                    same_age * count_of(t, from) + year_younger * count_of(t, younger);
            else
                field->value[to] = NAN;
            if (!field->line[to] && t->field != CF_FIELD_population)
                field->line[to] = t->line[younger];
        }
}

/* Put the table's values into the field, as academic ages. */
void cf_table_ages(struct cf_table *t)
{
    struct cf_field *field = &t->model->field[t->field];
    if (!t->june) {
        field->value = t->value;
        field->line = t->line;
        return;
    }
    if (t->extra) {
        size_t n = (size_t)field->n_years * field->size;
        field->value = CF_TAKE(&t->model->arena, n, double);
        field->line = CF_TAKE(&t->model->arena, n, int);
        check_extra(t, field->n_years);
    } else {
        field->value = t->value;
        field->line = t->line;
    }
    to_august(t, field);
}
