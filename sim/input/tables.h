#ifndef CF_TABLES_H
#define CF_TABLES_H

#include "base/text.h"
#include "input/csv.h"
#include "input/load.h"

/*
 * Reading the tables of a place, in the order of the work: rows to coverage (table_rows.c), one
 * row a cell (table_fill.c), counts over members (table_split.c), years (table_years.c), ages at
 * 30 June (table_age.c), defaults (table_default.c), then the rules (rules.c, rules_rows.c).
 */

/* Errors of one kind in one table: the first ones are shown, the others counted. */
#define CF_CAP 20
enum cf_wrong {
    CF_WRONG_MEMBER,
    CF_WRONG_ATTRIBUTE,
    CF_WRONG_RANGE,
    CF_WRONG_EMPTY,
    CF_WRONG_VALUE,
    CF_WRONG_BOUNDS,
    CF_WRONG_COUNT,
    CF_WRONG_YEARS,
    CF_WRONG_SUM,
    CF_WRONG_RULE,
    CF_WRONG_SPLIT,
    CF_N_WRONG
};
struct cf_caps {
    int n[CF_N_WRONG];
    struct cf_at next[CF_N_WRONG]; /* the first one that was not shown */
};
/* Years that tables and axes may name. */
enum { CF_FIRST_YEAR = 1900, CF_LAST_YEAR = 2200 };

/* Counts one more; 1 when it is to be shown. */
int cf_caps_show(struct cf_caps *caps, enum cf_wrong kind, struct cf_at at);
/* Says how many more there were. */
void cf_caps_rest(const struct cf_caps *caps, cf_diag *diag);

/* What the loading of all tables of a place shares. */
struct cf_tables {
    struct cf_model *model;
    cf_diag *diag;
    struct cf_arena scratch;       /* until the tables are loaded */
    const char *folder;            /* <place>/tables */
    int usable;                    /* years, ages and axes are there: tables are filled */
    double *split[CF_N_FIELDS][2]; /* weights of the members of area, group; NULL: equal */
    struct cf_caps caps[CF_N_FIELDS];
};

/* How specific a row is on one axis. */
enum cf_rank { CF_RANK_ABSENT, CF_RANK_SET, CF_RANK_MEMBER };

/* What a row covers on one axis. Rows that say the same share one cover. */
struct cf_cover {
    enum cf_rank rank;
    int first, last;               /* year, age: as written, INT_MIN and INT_MAX where open */
    unsigned long long conditions; /* bit k: attribute column k of the table is asked for */
    int bad;                       /* wrong: reported at each row that says so */
    int n, *slot;                  /* [n] which slots of the axis, ascending */
    const double *share; /* [slots] of a count: the part of each covered member; NULL: all of it */
};

/*
 * One axis of a table. Its slots are the members, but for years (the horizon and the years around
 * it that matter to it) and ages of a table at 30 June (one more in front: first_age - 1).
 */
struct cf_table_dim {
    const struct cf_dim *dim;
    const struct cf_axis *axis;
    int column; /* of the axis' own name, -1 */
    int n_attributes, *attribute, *attribute_column;
    struct cf_names keys; /* the different texts of the axis' cells, one cover each */
    struct cf_cover *cover;
    int room;
    unsigned char *member; /* [members] for making a cover */
    const char *said;      /* last row's text where the own column is all there is, and its cover */
    int said_cover;
    int n;         /* slots */
    size_t stride; /* in cells, of one slot */
};

struct cf_table {
    struct cf_tables *all;
    struct cf_model *model;
    cf_diag *diag;
    struct cf_arena scratch; /* of this table */
    struct cf_text key;
    enum cf_field_id field;
    const struct cf_field_spec *spec;
    struct cf_csv csv;
    struct cf_caps *caps;
    int broken; /* columns are wrong: rows are checked, not used */
    int june;   /* ages are those at 30 June */
    int extra;  /* 1: slot 0 of age is first_age - 1 */
    int value_column;
    int misnamed; /* the one column that nothing is known of, where none is 'value'; or -1 */
    struct cf_table_dim dim[CF_MOST_DIMS];
    int n_rows;        /* good ones */
    int *row_cover;    /* [n_rows][n_dims] */
    double *row_value; /* [n_rows]; NaN: wrong, and reported */
    int *row_line;
    int n_slots;    /* of years; 1 where there is no year axis */
    int *slot_year; /* [n_slots] ascending */
    size_t rest;    /* cells of one year, extra age included */
    int *champion;  /* [n_slots][rest] the row that fills the cell, -1: none */
    double *given;  /* [n_slots][rest] */
    double *value;  /* [n_years][rest] after interpolation; NaN where nothing is given */
    int *line;
};

static inline const struct cf_cover *cf_row_cover(const struct cf_table *t, int row, int d)
{
    return &t->dim[d].cover[t->row_cover[(size_t)row * (size_t)t->spec->n_dims + (size_t)d]];
}

/* Walk over the cells that a row covers: for (go = first; go; go = next). */
struct cf_walk {
    const struct cf_table *table;
    const struct cf_cover *cover[CF_MOST_DIMS];
    int k[CF_MOST_DIMS]; /* position in the cover's list */
    int slot[CF_MOST_DIMS];
    size_t cell;
};
int cf_walk_first(struct cf_walk *walk, const struct cf_table *table, int row);
int cf_walk_next(struct cf_walk *walk);

void cf_table_read_rows(struct cf_table *table);
void cf_table_slots(struct cf_table *table);
void cf_table_champions(struct cf_table *table);
void cf_table_values(struct cf_table *table);
void cf_table_shares(struct cf_table *table);
void cf_table_report_split(struct cf_table *table);
void cf_table_years(struct cf_table *table);
void cf_table_ages(struct cf_table *table);

/* Give every cell that no row filled what the field's default says. */
void cf_field_default(struct cf_tables *all, enum cf_field_id id);

void cf_split_load(struct cf_tables *all);
void cf_parameters_load(struct cf_tables *all);
void cf_changes_load(struct cf_tables *all);
void cf_rules_check(struct cf_tables *all);

/* Lines of a table that were named: 1 when the line was before, and it is from now on. */
struct cf_told {
    unsigned char *line;
    size_t n;
};
int cf_already_told(struct cf_tables *all, struct cf_told *told, const struct cf_field *field,
                    int line);
void cf_rule_rows_one(struct cf_tables *all, const struct cf_field *field);
void cf_rule_rows_most(struct cf_tables *all, const struct cf_field *field);
void cf_rule_areas_most(struct cf_tables *all, const struct cf_field *field);
void cf_rule_routes_one(struct cf_tables *all, const struct cf_field *field);

/*
 * Cells by their members: at[d] is the member on dim d of the field; for years and ages the
 * number from base_year and first_age, which may lie outside.
 */
/* Members of a cell of one year of a field (at[0] is left alone where it is the year). */
void cf_cell_members(const struct cf_field *field, size_t cell, int *at);
/* Members of a cell and year slot of a table. */
void cf_table_members(const struct cf_table *table, int slot, size_t cell, int *at);
/* The dim of an axis of a field (never a `_to`), or -1. */
int cf_dim_of(enum cf_field_id field, enum cf_axis_id axis);
/* Whether the group is followed at the age; 1 where the field does not have both. */
int cf_followed(const struct cf_model *model, enum cf_field_id field, const int *at);
/* Whether anybody can be in the cell's row: followed, from the first age the field is read at. */
int cf_read(const struct cf_model *model, enum cf_field_id field, const int *at);
/* "area 'north', age 16" for the dims in the mask (bit d), appended to text. */
#define CF_ALL_DIMS 0xffu
void cf_cell_text(const struct cf_model *model, enum cf_field_id field, const int *at,
                  unsigned dims, struct cf_text *text);

/* Cells that are missing: how many, and the first ones by name. */
struct cf_missing {
    size_t n;
    struct cf_text text;
};
void cf_missing_add(struct cf_missing *missing, const struct cf_model *model,
                    enum cf_field_id field, const int *at, unsigned dims);
/* One error for all of them, where there are any, with a help or NULL; frees the text. */
void cf_missing_report(struct cf_missing *missing, cf_diag *diag, struct cf_at at,
                       const char *help);

/* The names of the files in a folder that are not hidden, sorted. -1 where it cannot be read. */
int cf_folder_list(struct cf_arena *arena, const char *folder, const char ***names);
/* The name without ".csv", NULL where it has another end. */
const char *cf_table_name(struct cf_arena *arena, const char *file);
/* Path of a table of the place, lasting as long as the model. */
const char *cf_table_path(struct cf_tables *all, const char *name);
/* Read a CSV file of tables/ and remember that it was. */
enum cf_status cf_tables_read(struct cf_tables *all, struct cf_arena *arena, const char *name,
                              struct cf_csv *csv);
/*
 * Find the columns of a list with fixed names into `column` (-1: not there); `note` and `source`
 * are allowed besides. Reports columns that are missing (the first n_needed are needed) and
 * unknown ones, at `unknown` severity. 1 when the needed ones are there.
 */
int cf_list_columns(const struct cf_csv *csv, const char *const *names, int n, int n_needed,
                    int *column, enum cf_severity unknown, cf_diag *diag);

#endif
