#ifndef TEST_PLACE_H
#define TEST_PLACE_H

#include "kernels/kernels.h"
#include "model/model.h"
#include "model/series.h"

#include <stdint.h>

/*
 * Places made in memory, for tests and benchmarks: a model with the fields that the year's
 * processes read, all at their defaults until set.
 */
struct place_size {
    int A, G, X, L, S, Y;
    int choice_x;   /* index of choice_age */
    int D;          /* drivers */
    int I, J, Q, H; /* lines, sites, grades, authorities (0: one, where there are lines) */
};

struct cf_model *place_new(const struct place_size *size);
void place_free(struct cf_model *model);

/* The value of a field at an index of all its dims (the year included where it has one). */
double *place_at(struct cf_model *model, enum cf_field_id field, const int *index);

/* Step an index of all dims of a field; 0 after the last. */
int place_next(const struct cf_field *field, int *index);

/* Set an attribute of a member ("" for the others, where it is new): route, from_age, to_age,
 * entitlement, learners_per_teacher of a line; authority, closing_year, teach_out of a site;
 * authority of an area; provided of a status; good of a grade. */
#define PLACE_ATTRIBUTES 8
void place_mark(struct cf_model *model, enum cf_axis_id axis, int member, const char *attribute,
                const char *text);
void place_mark_number(struct cf_model *model, enum cf_axis_id axis, int member,
                       const char *attribute, double number);
/* A planned change, after those there are. */
void place_change(struct cf_model *model, int line, int site, int open_year, double places,
                  int ramp_years);
/* Work out again what is provided: after attributes, places or changes were set. Lines of a cell
 * without shares have equal ones within their route. */
void place_provide(struct cf_model *model);

/* Random numbers of a fixed sequence (splitmix64). */
struct place_random {
    uint64_t state;
};
double place_uniform(struct place_random *random); /* in [0, 1) */
int place_whole(struct place_random *random, int low, int high);

/* A random size, and a place of it with every field filled at random: rates with zeros among
 * them, rows that sum to 1, negative net migration larger than the stock, empty cells. */
struct place_size place_random_size(struct place_random *random);
struct cf_model *place_new_random(const struct place_size *size, struct place_random *random);
/* The same with lines, and with sites, grades and authorities, or none; place_new_random then fills
 * what is provided too, ordinary and degenerate: nowhere to go, nothing left, nobody to come. */
struct place_size place_random_size_with_lines(struct place_random *random);
void place_provide_random(struct cf_model *model, struct place_random *random);

/* The same place with the members of an axis in another order: new index of old i is to[i]. */
struct cf_model *place_permuted(const struct cf_model *model, enum cf_axis_id axis, const int *to);

/* The same place with area `a` split into two identical halves, the second at the end. */
struct cf_model *place_split(const struct cf_model *model, int a);

/* The areas and sites of one authority alone, and which they are among all of them: area [their
 * number], site [their number]. NULL where it has no area. */
struct cf_model *place_authority(const struct cf_model *model, int authority, int *area, int *site);

/* Multiply every count by c: persons, places, teachers. */
void place_scale(struct cf_model *model, double c);

/* What a run leaves; of a place without lines the lower half is NULL, without grades good_share. */
struct place_result {
    int status;          /* enum cf_run_status */
    double *population;  /* [year][area][group][age] */
    double *ledger;      /* [year][area][term] */
    double *stock;       /* [year][area][age][status] */
    double *level_stock; /* [year][area][age][level] */
    double *attained;    /* [year][area][level] */
    double *shift;       /* [year][area][age][status] of a back-cast */

    double *demand, *placed, *unplaced, *too_far, *crowded_out;          /* [year][area][line] */
    double *coverage;                                                    /* [year][area][line] */
    double *usable, *arrivals, *enrolled, *shortfall, *spare, *scarcity; /* [year][offer] */
    double *access;                                                      /* [year][area][status] */
    double *flow;       /* [year][authority][authority_to][status] */
    double *good_share; /* [year][site] */
};
void place_result_free(struct place_result *result);
/* A variable by its name in the results file; NULL where the result has none. */
const double *place_variable(const struct place_result *result, const char *name);

/* By the program, on one build of the kernels. */
struct place_result place_run(const struct cf_model *model, const struct cf_kernels *kernels);

/* By a plain second implementation: scalar loops over [area][group][age][level][status], straight
 * from the equations of MODEL.md, sharing nothing with the program but the tables. */
struct place_result place_run_plain(const struct cf_model *model);

/* The same, adding up the seconds that attain, choose and comply took; NULL: not timed. */
enum { PLAIN_ATTAIN, PLAIN_CHOOSE, PLAIN_COMPLY, PLAIN_TIMED };
struct place_result place_run_plain_timed(const struct cf_model *model,
                                          double seconds[PLAIN_TIMED]);

#endif
