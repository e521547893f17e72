#ifndef TEST_PLAIN_H
#define TEST_PLAIN_H

#include "engine/ledger.h"
#include "model/view.h"
#include "place.h"

/*
 * The model a second time, plain: one run, scalar loops, every age with all levels and statuses,
 * one pass over everything for each sentence of MODEL.md. Known to plain*.c only.
 *
 *   plain.c          the year: start, age, migrate, arrive, regroup, record   2.2 to 2.5
 *   plain_choice.c   attain, choose, comply                                    2.1, 2.6, 2.7
 *   plain_provide.c  places, staff, grades, weights, access                    2.8, weights of 2.9
 *   plain_flow.c     one line and pass under capacity                          2.9
 *   plain_place.c    passes, second choices                                    2.9
 *   plain_report.c   what is reported                                          2.9
 *   plain_levers.c   levers                                                    5
 */
struct plain_places;

struct plain {
    const struct cf_model *m;
    int A, G, X, L, S;
    double *n, *pool, *base;     /* [a][g][x][l][s], [g][x][l][s], [g][x][l][s] */
    double *stay, *come;         /* [a][g][x][l][s] of n after choose and comply: who stays in the
                                    status, who enters it */
    double *ledger;              /* [a][term] of the step */
    double *revealed;            /* [a][s] */
    double *pulled[CF_N_FIELDS]; /* [year][cell] with the levers at work, NULL: none pulls it */
    double *seconds;             /* [PLAIN_TIMED], NULL: not timed */
    struct plain_places *places; /* NULL: a place without lines */
    int failed, not_placed;
};

/* A row of statuses that somebody may stand in. */
struct plain_cell {
    int a, g, x, l;
    size_t at; /* index [a][g][x][l] */
};

/* What is provided in the year at hand, every pair of line i and site j, offered or not. */
struct plain_places {
    int I, J, H, Q;
    size_t n_cells;
    struct plain_cell *cell;
    double *staff, *grade, *good; /* [j], [j][q], [j] */
    double *usable, *taught;      /* [i][j] places; and for continuers, who may finish */
    double *left;                 /* [i][j] by earlier passes */
    double *w, *taught_w;         /* [a][i][j] weights, of usable and of taught */
    double *s0;                   /* [a][i] pivot of staying away */
    unsigned char *started;       /* [i] 1: some area has reached a place of the line */
    double *access, *access0;     /* [a][s] of the year and of the base year, NaN: undefined */
    double *quality, *quality0;   /* [a][s] share placed in good sites, NaN: undefined */
    double *placed;               /* [a][i][j] learners */
    double *scarcity;             /* [i][j] minutes */
    double *refused;              /* [a][g][x][l][i] learners without a place */
};

/* One line in one pass. */
struct plain_flow {
    int A, J;
    const double *demand;   /* [a] */
    const double *away;     /* [a] weight of staying away */
    const double *w;        /* [a][j] */
    const double *capacity; /* [j] */
    double *b;              /* [j] out: 0 where there is no capacity */
    double *moved;          /* [a][j] out */
    double *unplaced;       /* [a] out */
};

static inline double plain_value(const struct plain *p, enum cf_field_id f, int y, size_t i)
{
    return p->pulled[f] ? p->pulled[f][(size_t)y * p->m->field[f].size + i]
                        : cf_field_year(&p->m->field[f], y)[i];
}

static inline size_t plain_agx(const struct plain *p, int a, int g, int x)
{
    return VIEW3(a, g, p->G, x, p->X);
}

/* First cell of the levels and statuses of an area, group and age. */
static inline size_t plain_row(const struct plain *p, int a, int g, int x)
{
    return plain_agx(p, a, g, x) * (size_t)(p->L * p->S);
}

/* n doubles, zeroed; ends the test when memory is out. */
double *plain_zeros(size_t n);

void plain_pull(struct plain *p);

void plain_reveal(struct plain *p);
void plain_attain(struct plain *p, int y, struct place_result *result);
void plain_choose(struct plain *p, int y, int a);
void plain_comply(struct plain *p, int y, int a);

void plain_places_open(struct plain *p);
void plain_places_close(struct plain *p);
/* Staff and grades of the year, then places, weights, access. */
void plain_provide(struct plain *p, int y);
/* Multiplier of access in choice, and of good provision in attainment (log). */
double plain_access_effect(const struct plain *p, int y, int a, int s);
double plain_quality_effect(const struct plain *p, int y, int a, int s);
/* Whether an area can reach places of a line at a site, if there are any. */
int plain_within(const struct plain *p, int y, int a, int i, int j);
/* Of a cell's learners of the line's route, the share who want the line: over those that serve the
 * age; 0 where it does not. */
double plain_line_share(const struct plain *p, int y, const struct plain_cell *cell, int i);

/* 0 when it did not converge. */
int plain_solve(const struct plain_flow *flow);

void plain_place(struct plain *p, int y, struct place_result *result);

/* First choices of a year, all passes together, [a][i]: learners, those without a place, those for
 * whom all places are too far, and the weight of staying away. */
struct plain_first {
    const double *all, *lost, *far, *away;
};
void plain_report_open(const struct plain *p, struct place_result *result);
void plain_report_first(const struct plain *p, int y, const struct plain_first *first,
                        struct place_result *result);
/* The rest, once everybody is where they stay. */
void plain_report(const struct plain *p, int y, struct place_result *result);

#endif
