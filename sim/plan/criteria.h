#ifndef CF_CRITERIA_H
#define CF_CRITERIA_H

#include "model/decision.h"

/*
 * What makes a gap, a line for a member of a tier, a priority: one function each of what is known
 * of the gap and of one draw, to [0, 1] by a fixed scale, so that no gap's score depends on which
 * others there are. Equity, cost and deliverability are about what is short: of a draw in which
 * nothing is, there is nobody hit, no learner whom a place would serve, and nothing to deliver.
 * sim/MODEL.md 9.4.
 */
struct cf_gap_facts { /* of the central run, in the year looked at; NaN: not known */
    int entitlement;
    double coverage;    /* share of residents within reach */
    double good_share;  /* of the member's usable places of the line */
    double cost;        /* pounds a learner a year, in full groups */
    double lead;        /* years, the shortest of the options for it; 0 without any */
    double spare;       /* places of the line within reach of one of the member's areas */
    int own_sites;      /* of the member, with places of the line */
    int own_route;      /* 1: or at least of its route */
    int has_options;    /* of the place at all */
    int option;         /* for it, -1: none */
    int now, last_year; /* base and last report year */
};
struct cf_gap_draw {
    double unplaced, demand; /* in the year looked at */
    int is_short;            /* then */
    int first_short;         /* report year, 0: none */
    double short_share;      /* of the report years, those it is short in */
    double hardest_hit;      /* unplaced rate of the group hit hardest over that of all; NaN: not
                                known */
};

/* Of cf_criteria[criterion]: more is more of it. */
double cf_criterion_value(int criterion, const struct cf_gap_facts *facts,
                          const struct cf_gap_draw *draw);

#endif
