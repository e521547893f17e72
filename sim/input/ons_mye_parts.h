#ifndef CF_ONS_MYE_PARTS_H
#define CF_ONS_MYE_PARTS_H

#include "input/ons_mye.h"

/* One kind of table: which columns say what. */
struct cf_mye_layout {
    const char *name;
    const char *area, *type, *sex, *age, *population; /* NULL: no such column */
    int moves;                                        /* deaths, internal and international flows */
    int births; /* and births, other change: a table of totals */
};
/* The layout whose columns are all there, or NULL. */
const struct cf_mye_layout *cf_mye_layout_find(const struct cf_csv *csv);
/* All of them in words, for help. */
const char *cf_mye_layouts_text(struct cf_arena *arena);

struct cf_mye_reading {
    struct cf_arena *arena;
    const struct cf_mye_ask *ask;
    struct cf_mye *mye;
    cf_diag *diag;
    struct cf_names labels; /* names of areas as they may stand in a table */
    int *label_entity;
    struct cf_names old; /* of the crosswalk */
    const char **renamed;
    size_t room;
    struct cf_names origin; /* areas as tables name them */
    /* what is wrong in the file that is being read */
    struct cf_names unknown;
    size_t n_suppressed;
    struct cf_at suppressed;
    struct cf_names symbols;
};

enum cf_status cf_mye_areas(struct cf_mye_reading *r);
/* The entity of a table's area, -1 where it is none; `text` as it stands. */
int cf_mye_entity(const struct cf_mye_reading *r, const char *text);
void cf_mye_file(struct cf_mye_reading *r, const char *path);
/* Rows of one cell added up, sexes held against persons, totals against the year before. */
void cf_mye_settle(struct cf_mye_reading *r);

#endif
