#ifndef CF_PULLS_H
#define CF_PULLS_H

#include "input/settings.h"
#include "model/model.h"

/* What levers, uncertain entries and dimensions of a sweep have in common: a field, what is done to
 * it, and where. */
struct cf_pulled {
    int field, op;                           /* -1: not known, and reported */
    struct cf_selection where[CF_MOST_DIMS]; /* one a dim of the field */
    unsigned char by_code[CF_MOST_DIMS];     /* 1: selected by codes of members alone */
};

/*
 * Read `field`, `op` and `where` of an entry of the scope. `whose` names it in messages: "lever
 * 'x'". A year in `where` of a stock that the model itself moves on is an error. 1 when field and
 * operation are known.
 */
int cf_load_pulled(struct cf_model *model, const struct cf_node *entry, enum cf_setting_scope scope,
                   const char *whose, struct cf_pulled *pulled, cf_diag *diag);

/* Stocks that the model itself moves on: they can be pulled in the base year only. 0 for -1. */
int cf_is_stock(int field);

/* The entry of this list before `entry` that says the same under `key`, a text; or NULL. */
const struct cf_node *cf_said_before(const struct cf_node *entry, enum cf_setting_scope scope,
                                     const char *key);

/*
 * Read a list of levers into `levers`, room for all of the list; returns how many can be used. Of
 * a risk, which says when they act, they may not say it themselves.
 */
struct cf_lever_list {
    const struct cf_node *list;
    const struct cf_risk *risk; /* NULL: levers of the scenario */
    int broken; /* the scenario could not be read in full: what is missing is not told */
};
int cf_load_lever_list(struct cf_model *model, const struct cf_lever_list *of,
                       struct cf_lever *levers, cf_diag *diag);

#endif
