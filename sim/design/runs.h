#ifndef CF_RUNS_H
#define CF_RUNS_H

/*
 * A run is a number: (scenario x points + point) x (1 + R) + draw, draw 0 the central run. Runs of
 * one scenario and point are done in batches of eight, in order; a batch never straddles two.
 */
struct cf_runs {
    int n_scenarios, n_points;
    int n_draws; /* R */
};

struct cf_run_id {
    int scenario, point, draw;
};

static inline long long cf_n_runs(const struct cf_runs *r)
{
    return (long long)r->n_scenarios * r->n_points * (1 + (long long)r->n_draws);
}

static inline struct cf_run_id cf_run_of(const struct cf_runs *r, long long run)
{
    const long long each = 1 + (long long)r->n_draws, at = run / each;
    return (struct cf_run_id){(int)(at / r->n_points), (int)(at % r->n_points), (int)(run % each)};
}

static inline long long cf_run_number(const struct cf_runs *r, struct cf_run_id id)
{
    return ((long long)id.scenario * r->n_points + id.point) * (1 + (long long)r->n_draws) +
           id.draw;
}

#define CF_BATCH 8

/* Batches, in order of their runs; the first run of one and how many it has. */
static inline long long cf_batches_each(const struct cf_runs *r)
{
    return (1 + (long long)r->n_draws + CF_BATCH - 1) / CF_BATCH;
}

static inline long long cf_n_batches(const struct cf_runs *r)
{
    return (long long)r->n_scenarios * r->n_points * cf_batches_each(r);
}

static inline long long cf_batch_first(const struct cf_runs *r, long long batch, int *n)
{
    const long long each = 1 + (long long)r->n_draws, per = cf_batches_each(r);
    const long long at = batch / per, draw = batch % per * CF_BATCH;
    *n = (int)(each - draw < CF_BATCH ? each - draw : CF_BATCH);
    return at * each + draw;
}

/* The batch that a run is in. */
static inline long long cf_batch_of(const struct cf_runs *r, long long run)
{
    const long long each = 1 + (long long)r->n_draws;
    return run / each * cf_batches_each(r) + run % each / CF_BATCH;
}

#endif
