#include "design/draw.h"

#include "base/normal.h"
#include "design/draw_parts.h"

#include <math.h>

int cf_draw_members(const struct cf_model *model, int entry)
{
    const struct cf_uncertain *u = &model->scenario.future.uncertain[entry];
    int n = 1;
    for (int d = 0; d < cf_field_specs[u->field].n_dims; d++)
        n *= u->by[d] ? model->field[u->field].extent[d] : 1;
    return n;
}

/* Members are told apart by the codes they are made of, not by where they stand: areas in another
 * order, or more of them, have the draws they had. */
static void name_members(struct cf_draw_entry *e, const struct cf_model *model)
{
    const struct cf_uncertain *u = e->uncertain;
    const struct cf_field *field = &model->field[u->field];
    const struct cf_field_spec *spec = &cf_field_specs[u->field];
    for (int m = 0; m < e->n_members; m++) {
        int rest = m, index[CF_MOST_DIMS] = {0};
        for (int d = spec->n_dims - 1; d >= 0; d--)
            if (u->by[d]) {
                index[d] = rest % field->extent[d];
                rest /= field->extent[d];
            }
        e->member[m] = CF_HASH_START;
        for (int d = 0; d < spec->n_dims; d++)
            if (u->by[d]) {
                const struct cf_axis *axis = &model->axis[spec->dim[d].axis];
                e->member[m] = cf_hash(e->member[m], axis->codes.name[index[d]]);
                e->member[m] = cf_hash(e->member[m], "/");
            }
    }
}

static void find_terms(struct cf_draw_entry *e, const struct cf_future *f, int i,
                       struct cf_arena *arena)
{
    const size_t k = (size_t)f->n_uncertain;
    e->term = CF_TAKE(arena, k, int);
    e->weight = CF_TAKE(arena, k, double);
    for (int j = 0; j < f->n_uncertain; j++) {
        const double weight = f->factor ? f->factor[(size_t)i * k + (size_t)j] : i == j;
        if (weight == 0)
            continue;
        e->term[e->n_terms] = j;
        e->weight[e->n_terms++] = weight;
    }
}

static void prepare_entry(struct cf_draws *draws, int i, struct cf_arena *arena)
{
    const struct cf_future *f = draws->future;
    const struct cf_uncertain *u = &f->uncertain[i];
    struct cf_draw_entry *e = &draws->entry[i];
    *e = (struct cf_draw_entry){.uncertain = u, .dist = &cf_dists[u->dist]};
    e->part = cf_dist_part_of(e->dist, u->parameter, &u->values, u->min, u->max);
    e->median = cf_dist_at_part(e->dist, u->parameter, &u->values, e->part, u->min, u->max, 0.5);
    e->stream = cf_stream_of(f->design.seed, u->name);
    for (int d = 0; d < cf_field_specs[u->field].n_dims; d++)
        e->by |= u->by[d];
    e->n_members = cf_draw_members(draws->model, i);
    e->member = CF_TAKE(arena, (size_t)e->n_members, uint64_t);
    name_members(e, draws->model);
    find_terms(e, f, i, arena);
}

struct cf_draws *cf_draws_init(const struct cf_model *model, struct cf_arena *arena)
{
    const struct cf_future *f = &model->scenario.future;
    struct cf_draws *draws = CF_TAKE(arena, 1, struct cf_draws);
    *draws = (struct cf_draws){.model = model, .future = f, .n_entries = f->n_uncertain};
    draws->entry = CF_TAKE(arena, (size_t)f->n_uncertain, struct cf_draw_entry);
    for (int i = 0; i < f->n_uncertain; i++)
        prepare_entry(draws, i, arena);
    draws->risk = CF_TAKE(arena, (size_t)f->n_risks, struct cf_stream);
    for (int k = 0; k < f->n_risks; k++)
        draws->risk[k] = cf_stream_of(f->design.seed, f->risk[k].code);
    if (f->design.kind == CF_DESIGN_SOBOL || f->design.kind == CF_DESIGN_SALTELLI) {
        draws->n_dimensions = f->n_uncertain * (f->design.kind == CF_DESIGN_SALTELLI ? 2 : 1);
        draws->direction = cf_sobol_directions(draws->n_dimensions, f->design.draws, arena);
    }
    return draws;
}

static double value_at(const struct cf_draw_entry *e, double u)
{
    const struct cf_uncertain *s = e->uncertain;
    return cf_dist_at_part(e->dist, s->parameter, &s->values, e->part, s->min, s->max, u);
}

/* Far beyond what is ever drawn the share would round to 1, where a quantile has no end. */
static double share_of(double z)
{
    const double u = cf_normal_cdf(z);
    return u < 0x1p-1022 ? 0x1p-1022 : u < 1 - 0x1p-53 ? u : 1 - 0x1p-53;
}

/* A share of the entry's own stream; year 0: of the first year. */
static double drawn(const struct cf_draw_entry *e, int key, enum cf_draw_purpose purpose, int year,
                    uint64_t member)
{
    const struct cf_words w = cf_stream_words(&e->stream, key, (int)purpose, year, member);
    return cf_share(w.word[0], w.word[1]);
}

/* Whether the design's row is the first member's: where nothing is shared it can be no other's. */
static int row_is_members(const struct cf_draw_entry *e)
{
    return e->by && !(e->uncertain->shared > 0);
}

/* The shares of the first year: of what is common, and of a member. */
static double common_share(const struct cf_draw_entry *e, const struct cf_draw_row *row)
{
    if (row->is_given && !row_is_members(e))
        return row->u;
    return drawn(e, row->key, CF_DRAW_COMMON, 0, 0);
}

static double member_share(const struct cf_draw_entry *e, const struct cf_draw_row *row, int m)
{
    if (row->is_given && row_is_members(e) && m == 0)
        return row->u;
    return drawn(e, row->key, CF_DRAW_MEMBER, 0, e->member[m]);
}

struct chain {
    int key;
    enum cf_draw_purpose purpose;
    uint64_t member;
    double ar1;
    int last, base_year;
};

/* Scores that follow each other from year to year, from the share of the first. */
static double follow(const struct cf_draw_entry *of, const struct chain *c, double first)
{
    double z = cf_normal_quantile(first);
    if (c->last == 0)
        return z;
    const double r = c->ar1, fresh = sqrt(1 - r * r);
    for (int y = 1; y <= c->last; y++) {
        const int year = c->base_year + y;
        const double u = drawn(of, c->key, c->purpose, year, c->member);
        z = r * z + fresh * cf_normal_quantile(u);
    }
    return z;
}

/* c[y]. All that comes from one entry of the group goes with this entry's ar1, so that each keeps
 * its own. */
static double common_score(const struct cf_draws *draws, const struct cf_draw_entry *e, int draw,
                           int last)
{
    double c = 0;
    for (int t = 0; t < e->n_terms; t++) {
        const struct cf_draw_entry *of = &draws->entry[e->term[t]];
        const struct cf_draw_row row = cf_design_row(draws, draw, e->term[t]);
        const struct chain chain = {
            row.key, CF_DRAW_COMMON, 0, e->uncertain->ar1, last, draws->model->extent.base_year};
        c += e->weight[t] * follow(of, &chain, common_share(of, &row));
    }
    return c;
}

/* e[m][y] */
static double member_score(const struct cf_draws *draws, const struct cf_draw_entry *e,
                           const struct cf_draw_row *row, int m, int last)
{
    const struct chain chain = {row->key,          CF_DRAW_MEMBER, e->member[m],
                                e->uncertain->ar1, last,           draws->model->extent.base_year};
    return follow(e, &chain, member_share(e, row, m));
}

static void fill(double *value, int n, double with)
{
    for (int m = 0; m < n; m++)
        value[m] = with;
}

/* Where one share makes the value it is used as it is, and not sent through the normal and back. */
static void fill_unmixed(const struct cf_draw_entry *e, const struct cf_draw_row *row,
                         double *value)
{
    if (!row_is_members(e)) {
        fill(value, e->n_members, value_at(e, common_share(e, row)));
        return;
    }
    for (int m = 0; m < e->n_members; m++)
        value[m] = value_at(e, member_share(e, row, m));
}

static int is_unmixed(const struct cf_draw_entry *e, int last)
{
    const double shared = e->uncertain->shared;
    if (last > 0)
        return 0;
    return row_is_members(e) || (e->n_terms == 1 && (!e->by || shared >= 1));
}

void cf_draw_values(const struct cf_draws *draws, int draw, int entry, int y, double *value)
{
    const struct cf_draw_entry *e = &draws->entry[entry];
    const struct cf_design *design = &draws->future->design;
    const int last = isnan(e->uncertain->ar1) ? 0 : y;
    if (draw == 0) {
        fill(value, e->n_members, e->median);
        return;
    }
    if (design->kind == CF_DESIGN_FILE) {
        const size_t at = (size_t)(draw - 1) * (size_t)draws->n_entries + (size_t)entry;
        fill(value, e->n_members, design->row[at]);
        return;
    }
    const struct cf_draw_row row = cf_design_row(draws, draw, entry);
    if (is_unmixed(e, last)) {
        fill_unmixed(e, &row, value);
        return;
    }
    const double shared = e->by ? e->uncertain->shared : 1;
    const double c = shared > 0 ? common_score(draws, e, draw, last) : 0;
    if (shared >= 1) {
        fill(value, e->n_members, value_at(e, share_of(c)));
        return;
    }
    for (int m = 0; m < e->n_members; m++) {
        const double own = member_score(draws, e, &row, m, last);
        value[m] = value_at(e, share_of(sqrt(shared) * c + sqrt(1 - shared) * own));
    }
}

int cf_draw_onset(const struct cf_draws *draws, int draw, int risk, int mitigated)
{
    const struct cf_risk *r = &draws->future->risk[risk];
    if (draw == 0)
        return -1;
    const struct cf_words w =
        cf_stream_words(&draws->risk[risk], cf_design_risk_key(draws, draw), CF_DRAW_RISK, 0, 0);
    const double p = mitigated && r->has_mitigation ? r->mitigated_probability : r->probability;
    if (!(cf_share(w.word[0], w.word[1]) < p))
        return -1;
    const int n = r->onset_last - r->onset_first + 1;
    return r->onset_first + (int)(cf_share(w.word[2], w.word[3]) * n);
}
