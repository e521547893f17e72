#ifndef CF_FIELD_H
#define CF_FIELD_H

#include "base/arena.h"
#include "base/lanes.h"
#include "model/axis.h"

enum cf_field_id {
#define FIELD(name, ...) CF_FIELD_##name,
#include "model/fields.def"
    CF_N_FIELDS
};

#define CF_MOST_DIMS 6
enum cf_field_kind { CF_KIND_COUNT, CF_KIND_RATE };
enum cf_sum_rule {
    CF_SUM_FREE,
    CF_SUM_ROWS_ONE,
    CF_SUM_ROWS_MOST,
    CF_SUM_AREAS_MOST,
    CF_SUM_ROUTES_ONE
};
enum cf_default_rule {
    CF_DEFAULT_NUMBER,
    CF_DEFAULT_REQUIRED,
    CF_DEFAULT_ABSENT,
    CF_DEFAULT_FIRST,
    CF_DEFAULT_SCHOOL,
    CF_DEFAULT_IDENTITY
};
enum cf_field_use { CF_USE_LIGHT, CF_USE_HEAVY, CF_USE_SETUP };

struct cf_dim {
    enum cf_axis_id axis;
    int to;           /* 1: the second axis of its kind */
    const char *name; /* "status", "status_to" */
};

/* What the program knows of a field: fields.def as a table. */
struct cf_field_spec {
    const char *name;
    int n_dims;
    struct cf_dim dim[CF_MOST_DIMS];
    enum cf_field_kind kind;
    enum cf_sum_rule sum;
    enum cf_default_rule default_rule;
    double default_value; /* CF_DEFAULT_NUMBER */
    double low, high;
    enum cf_field_use use;
    const char *unit, *sentence;
};
extern const struct cf_field_spec cf_field_specs[CF_N_FIELDS];

/* Index of the field with the name, or -1. */
int cf_field_find(const char *name);
/* Whether the field has a year axis (then it is its first). */
int cf_field_yearly(enum cf_field_id field);
/* Text of a field's axes, "year area group", "" for a parameter. */
const char *cf_field_axes_text(enum cf_field_id field, char *buffer, size_t room);

/*
 * The values of one field: `years` slices (1 where it has no year axis) of `size` cells, in
 * canonical order. `row` remembers which row of the table filled each cell.
 */
struct cf_field {
    enum cf_field_id id;
    const char *path; /* its table, "" where there is none: all default */
    int n_years;
    size_t size;
    int extent[CF_MOST_DIMS]; /* of each dim of the spec, the year included */
    double *value;            /* [n_years][size]; NaN: absent */
    int *line;                /* [n_years][size] line of the table, 0: default, -1: between or after
                                 given years; NULL where there is no table */
    int doubtful;             /* rows of its table were wrong and reported: it may lack cells */
};

static inline double *cf_field_year(const struct cf_field *field, int y)
{
    return field->value + (field->n_years > 1 ? (size_t)y * field->size : 0);
}

/* What the kernels read in one year, by name: a light field eight runs wide; a heavy one once for
 * all runs of the batch, and where they differ in it, which `name_wide` says by not being NULL,
 * eight runs wide in that. */
#define CF_MEMBER_LIGHT(name) const lanes *name;
#define CF_MEMBER_SETUP(name) const lanes *name;
#define CF_MEMBER_HEAVY(name)                                                                      \
    const double *name;                                                                            \
    const lanes *name##_wide;
struct cf_inputs {
#define FIELD(name, axes, kind, sum, missing, low, high, use, unit, sentence) CF_MEMBER_##use(name)
#include "model/fields.def"
    unsigned char active[CF_N_FIELDS]; /* 0: every value is the default, the process may rest */
    unsigned char off[CF_LANES];       /* causes that are taken away in each run: model/cause.h */
};

#endif
