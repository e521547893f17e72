#ifndef CF_HINDCAST_H
#define CF_HINDCAST_H

#include "base/columns.h"
#include "engine/worker.h"
#include "model/outturn.h"

/* What a forecast is held against. */
enum cf_other {
    CF_OTHER_NO_CHANGE,      /* the base year's value */
    CF_OTHER_COHORT,         /* of persons by age: those who were so many years younger then, less
                                deaths */
    CF_OTHER_CONSTANT_SHARE, /* of persons by age: the base year's share of them, as 11.2 has it */
    CF_OTHER_OFFICIAL,       /* a file of the caller's */
    CF_N_OTHERS
};
extern const char *const cf_other_names[CF_N_OTHERS]; /* "no_change", ... */

struct cf_hindcast_query {
    const struct cf_outturn *outturn;
    const struct cf_outturn *official; /* NULL: none */
    const char *by;                    /* attribute of areas that are taken together; NULL: none */
    unsigned char shown[CF_N_OTHERS];  /* 1: to be shown, where it is defined */
    int brief;                         /* 1: for people, on one screen */
    const struct cf_kernels *kernels;
    int threads;
};

/*
 * Run the scenario with its draws and score it against what came out: a row a variable and year.
 * CF_BAD_INPUT, reported, where a row of the outturn names what the scenario has not, or a year
 * that it was fitted to; CF_BROKEN, after the table, where more than 1% of the draws failed. The
 * table is the caller's to free where it has columns. MODEL.md 11.
 */
enum cf_status cf_hindcast_table(struct cf_table *table, const struct cf_model *model,
                                 const struct cf_hindcast_query *query, cf_diag *diag);

#endif
