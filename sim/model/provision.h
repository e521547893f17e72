#ifndef CF_PROVISION_H
#define CF_PROVISION_H

#include "base/diag.h"
#include "model/selector.h"

/*
 * What is provided, worked out of axes and tables once: indices in place of codes.
 *
 * An offer is a pair of site and line that ever has places: a row of `places`, a change, or a
 * lever that names both by code. Offers stand in order of line, then site.
 */

/* Levels of collaboration above closed: 1 networking .. 5 full integration. */
#define CF_CONTINUUM 5

/* A line of learning. */
struct cf_line {
    int route;           /* index of its status */
    int from_x, to_x;    /* age indices it serves, within the ages followed; empty: from_x > to_x */
    int counts;          /* 1: counts for access to its route (an entitlement line, or any line of a
                            route that has none) */
    double viable_group; /* learners; 0: any group will do */
    double per_teacher;  /* learners per teacher; 0: it needs none */
};

struct cf_site {
    int authority;    /* index on that axis */
    int closing_year; /* its first year without places; INT_MAX: none */
    int teach_out;    /* years from closing_year on in which continuers may still finish */
};

/* A row of tables/changes.csv: MODEL.md 2.8. */
struct cf_change {
    int line, site, offer;
    int open_year, ramp_years;
    double places; /* may be negative */
    struct cf_at at;
};

/* Minutes of a pair of area and site that nobody needs: no journey. Beyond every reach, and beyond
 * the bounds of the table, so that no table says it. */
#define CF_NO_JOURNEY 1e9

struct cf_provision {
    int I, J, H, Q;       /* lines, sites, authorities, grades; I 0: nothing is placed */
    struct cf_line *line; /* [I] */
    struct cf_site *site; /* [J] */
    int *home;            /* [area] index of its authority */
    unsigned char *good;  /* [Q] 1: a good grade */
    int n_offers;
    int *offer_site, *offer_line; /* [n_offers] */
    int *first_offer;             /* [I + 1] offers of line i are first_offer[i] .. [i + 1] - 1 */
    const char **offer_code;      /* [n_offers] "site/line" */
    int n_changes;
    struct cf_change *change;
    unsigned char *provided;    /* [status] 1: needs a place */
    unsigned char *by_distance; /* [area][site] 1: minutes follow from coordinates */
    double minutes_per_km;      /* those were worked out with */
    struct cf_selection coverage_ages;
    int own_travel; /* 1: minutes or reach are not what the first scenario of the run has */
};

struct cf_model;

/* Authority of a member of area or site; that of the empty code where it has none. */
int cf_authority_of(const struct cf_model *model, enum cf_axis_id axis, int member);

/* Offer of a line and site, or -1. */
int cf_offer_find(const struct cf_provision *provision, int line, int site);

/*
 * Work it out, into the model's arena. Read are the axes, the extent, the table of places, the
 * levers, the closures and provision.n_changes, change (with line and site), which stand before;
 * by_distance, minutes_per_km and coverage_ages are the reader's.
 */
void cf_find_provision(struct cf_model *model);

/* Give models on the same axes the offers of all of them, so that their results lie side by side:
 * an offer without places in a scenario changes nothing there. Say of each whether its travel is
 * its own. */
void cf_share_offers(struct cf_model *const *models, int n);

#endif
