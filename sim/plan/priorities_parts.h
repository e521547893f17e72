#ifndef CF_PRIORITIES_PARTS_H
#define CF_PRIORITIES_PARTS_H

#include "plan/criteria.h"
#include "plan/priorities.h"
#include "plan/shortage.h"

/* What the files of priorities.h share among themselves. */

enum cf_need { CF_NEED_NONE, CF_NEED_MORE, CF_NEED_LESS, CF_NEED_NEW, CF_N_NEEDS };
extern const char *const cf_needs[CF_N_NEEDS];

/* One gap of one run. */
struct cf_priority {
    struct cf_gap_facts facts;
    int line, member;
    enum cf_need need;
    int nearest, nearest_to; /* site with a spare place, and the area it is nearest to; -1: none */
    double nearest_minutes, nearest_spare;
    int small_groups;     /* offers with places to spare and fewer learners than a viable group */
    int hit_group, route; /* group hit hardest, -1: not known; route of the line */
    struct cf_member responsible;
    double demand, unplaced, low, high; /* median of draws; unplaced with its 5% and 95% quantile */
    double hardest_hit;                 /* mean of draws; NaN: not known */
    double short_share;                 /* of draws, those it is short in, in the year looked at */
    int first_short;                    /* median first report year of those draws; 0: none */
    double score;
    double value[CF_N_CRITERIA]; /* [criterion of the file] mean of draws */
    int rank, low_rank, high_rank;
    double first, top, confidence, expected_rank, uniform_first, uniform_top;
    double central[CF_N_CRITERIA];
};

/* Criteria as the file weighs them. */
struct cf_weighing {
    int n, criterion[CF_N_CRITERIA], sign[CF_N_CRITERIA];
    double weight[CF_N_CRITERIA];
};

struct cf_priorities {
    const struct cf_priorities_query *query;
    struct cf_shortage shortage;
    struct cf_subjects lines;
    struct cf_reach reach;
    struct cf_travel travel;
    struct cf_weighing weighing;
    unsigned long long seed;
    int top;
    const int *offer_site, *offer_line;
    const double *usable, *enrolled, *spare; /* [run][year][offer] */
    const double *good_share;                /* NULL: sites have no grades */
    const struct cf_results_dim *group, *options;
    const double *option_lead;
    struct cf_priority *priority; /* [gaps] of the run at hand */
    const char **note;            /* for people */
    int n_notes;
};

/* Begin, and rank the gaps of the k-th run asked for: `priority` in order. */
enum cf_status cf_priorities_open(struct cf_priorities *p, struct cf_table *table,
                                  cf_results *results, const struct cf_priorities_query *query,
                                  cf_diag *diag);
enum cf_status cf_priorities_run(struct cf_priorities *p, int k);

/* Facts of every gap in the run at hand; what is needed: `short_share` is known. */
void cf_priorities_facts(struct cf_priorities *p);
void cf_priorities_need(struct cf_priorities *p);

/* Why a gap is where it is, and the rest of them, in a sentence. */
const char *cf_priority_reasons(struct cf_priorities *p, const struct cf_priority *priority);
const char *cf_rest_reasons(struct cf_priorities *p, int first);
/* "412", "1,240", "0.6". */
const char *cf_count_words(struct cf_arena *arena, double number);

#endif
