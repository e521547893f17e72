#ifndef CF_PLACING_H
#define CF_PLACING_H

#include "engine/worker.h"

/*
 * What is provided and who finds a place: MODEL.md 2.8 and 2.9. NULL in a worker whose place has
 * no lines: demand is then what it would be with room for everybody.
 *
 * Sizes: A areas, S statuses, I lines, J sites, Q grades, H authorities, O offers; R rounds of
 * second choices. Arrays by line and area are [line][area], so that one line's market lies
 * together.
 */
struct cf_placing {
    const struct cf_provision *p;
    struct cf_lines lines;
    struct cf_seekers seekers; /* of one area; its pointers are set when it is asked */
    int R;

    /* The supply of the year. */
    double *per_teacher;           /* [O] */
    int *offer_authority;          /* [O] */
    lanes *staff, *grade, *good;   /* [J], [J][Q], [J]; good not a number without grades */
    lanes *quality;                /* [J] exp(good_pull good) */
    lanes *good_at;                /* [O] good of the offer's site, 0 without grades */
    lanes *places, *usable, *need; /* [O], [O], [J] */
    lanes *pull;                   /* [O] usable^alpha quality: weight of an offer, less travel */
    int teaching_out;              /* 1: some closed site still teaches who is there */
    lanes *usable_first, *pull_first; /* [O] with such sites: what pass 1 sees */
    lanes *left;                      /* [O] places that earlier passes left */

    /* Travel. */
    struct cf_journeys *journeys;   /* [I] */
    double **ease, **trip;          /* [I] the journeys' ease and minutes, to be written */
    lanes **ease_wide, **trip_wide; /* [I] the same where runs of a batch differ; NULL else */
    int mapped;                     /* 1: ease is that of the inputs copied in `travel` */
    lanes *travel;                  /* beta, reach [S], border, collaboration */
    double *minutes;                /* [A][J] that ease was made with */
    lanes *reach_weight;            /* [I][A] sum of ease x pull: 0 where nothing is within reach */
    lanes *base_weight;             /* [I][A] S0 of MODEL.md 2.9 */
    lanes_mask *begun; /* [I] lanes in which some area has reached a place of the line */
    lanes *stay_away;  /* [I][A] w0 */
    lanes *access, *access_base, *access_effect; /* [A][S] */
    lanes *coverage;                             /* [I][A] 1 within reach, 0 not */

    /* Placing. */
    lanes *stay;          /* [A][group][cells] of the stock, those who stay in their status */
    lanes *asked;         /* [pass][line] of one area */
    lanes *demand;        /* [pass][I][A] first choices */
    lanes *again;         /* [I][A] of a round of second choices */
    lanes *refused;       /* [pass][I][A] share that found no place */
    lanes *refused_again; /* [R][I][A] */
    lanes *open;          /* [R][I][A] share of the reachable weight still open */
    lanes *market_scratch, *weighed;                /* of place; [O] */
    lanes *crowding, *load;                         /* [O] of one line */
    lanes *here, *here_good, *here_travelled, *far; /* [A] of one line and pass */
    lanes *columns;            /* of one area: refused, open, refused_again by line */
    lanes rounds, most_rounds; /* visits and products, of all years; of one market */
    long markets;              /* how many were cleared */

    /* What is reported, and read by the year after. */
    lanes *first_choice;                               /* [A][age][S] the stock before placing */
    lanes *first_demand, *unplaced, *too_far, *placed; /* [I][A] */
    lanes *travelled;                                  /* [I][A] minutes of the placed, added up */
    lanes *arrivals, *enrolled, *scarcity;             /* [O] */
    lanes *unplaced_group;                             /* [H][group][S] by home authority */
    lanes *flow;                                       /* [H][H][S] */
    lanes *from;                                       /* [A][O] learners, NULL: too many to keep */
    lanes *taught, *taught_well;                       /* [A][S] placed; of them at good places */
    lanes *taught_share, *taught_share_base;           /* [A][S] Q, Q0 of MODEL.md 2.1 */
};

/* Up to how many sites a place's steps are solved by elimination. The number is that of the place
 * and not of a line's offers, so that an offer more changes no bit. */
#define CF_FEW_SITES 96
/* Areas x offers up to which learners are kept by area and offer. */
#define CF_MOST_FROM 100000

void cf_placing_init(struct cf_worker *worker);

/* Whether a lever or a draw may change who reaches a site. */
int cf_reach_is_pulled(const struct cf_model *model);
/* Minutes door to door in the worker's year, in lane n. travel.c */
double cf_minutes_of(const struct cf_worker *worker, int area, int site, int n);

/* The year's supply, travel, access and coverage: before anybody chooses. supply.c, travel.c */
void cf_supply_year(struct cf_worker *worker);
void cf_travel_year(struct cf_worker *worker);

/* What one area's learners look for at first, into `demand`. */
void cf_ask_area(struct cf_worker *worker, int a);
/* Place everybody: passes, arrivals, rounds of second choices. */
void cf_place_all(struct cf_worker *worker);
/* One area's stock as it ends up. */
void cf_take_up_area(struct cf_worker *worker, int a);

/* The base year: the same for everybody as a continuer, in one pass, and nobody is moved. */
void cf_place_base_year(struct cf_worker *worker);

/* The effect of good provision on results, m of MODEL.md 2.1, in one area: into worker->factor. */
void cf_weigh_quality(struct cf_worker *worker, int a);

#endif
