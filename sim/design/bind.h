#ifndef CF_BIND_H
#define CF_BIND_H

#include "design/draw.h"
#include "model/model.h"

/*
 * The inputs of one batch: the model's tables with the scenario's levers, then the sweep point,
 * then what each draw says, year by year, eight runs wide. The only place where any of them acts.
 */
struct cf_binding {
    const struct cf_model *model;
    struct cf_draws *draws;
    int point, draw[CF_LANES];   /* of the batch at hand */
    unsigned char off[CF_LANES]; /* causes that are taken away: model/cause.h */
    const double *frozen;        /* [year][area][age][status] added to push; NULL: nothing */
    lanes *wide[CF_N_FIELDS];    /* [size] of a light field, and of a heavy one that draws touch */
    double *pulled[CF_N_FIELDS]; /* [size] of a heavy field that levers act on */
    const double *narrow[CF_N_FIELDS];  /* of a heavy field: `pulled` or the model's own array */
    double *value, *drawn;              /* room for one year of the largest field bound wide */
    double *members;                    /* values of one uncertain entry */
    int bound[CF_N_FIELDS];             /* year index + 1 whose values are bound, 0: none */
    int moving[CF_N_FIELDS];            /* 1: differs from year to year */
    unsigned char touched[CF_N_FIELDS]; /* 1: the sweep, an uncertain entry or a risk acts on it, or
                                           on what it follows */
    unsigned char active[CF_N_FIELDS];
};

/* Take what the binding needs from an arena. The model outlives it. */
void cf_binding_init(struct cf_binding *binding, const struct cf_model *model,
                     struct cf_arena *arena);

/* Begin a batch: draws [n] of a sweep point; lanes after the last repeat it. Without this the batch
 * is the central run of point 0. */
void cf_binding_start(struct cf_binding *binding, int point, const int *draw, int n);

/*
 * Take causes away from the runs of the batches to come: what they act through is 0, and the engine
 * is told of those that are no input. Until this is called nothing is taken away.
 *
 *   off  in  [CF_LANES] sets of causes
 */
void cf_binding_switch(struct cf_binding *binding, const unsigned char *off);

/* Add shifts that a back-cast has solved to push, after all else that acts on it:
 * [year][area][age][status], which must outlive the binding. */
void cf_binding_freeze(struct cf_binding *binding, const double *shift);

/* Whether a cause that acts through inputs alone has nothing to act on in any year of the central
 * run: its fields are 0 as they are. For the others 0. */
int cf_cause_is_idle(struct cf_binding *binding, int cause);

/*
 * Write the inputs for the step into year index y, from 0 (the start) to Y, one past the last (its
 * summer only). Results of the summer are read at the year that ends, y - 1; all else at y.
 * Pointers stay the binding's.
 */
void cf_bind_year(struct cf_binding *binding, int y, struct cf_inputs *inputs);

/*
 * Apply the levers in every year once and report what they lead to: rows rescaled to sum to 1 and
 * values held at their bounds (notices), rows that a lever left at zero, years without entrants
 * (errors). CF_BAD_INPUT where there is an error: the scenario may not be run.
 */
enum cf_status cf_check_levers(const struct cf_model *model, cf_diag *diag);

#endif
