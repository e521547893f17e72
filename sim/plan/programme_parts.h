#ifndef CF_PROGRAMME_PARTS_H
#define CF_PROGRAMME_PARTS_H

#include "plan/flow.h"
#include "plan/milp.h"
#include "plan/programme.h"

/* What the files of the programme share: who can serve whom, the columns, the rows. */

/* A release acting on a supply that is there anyway. */
struct cf_released {
    int option;
    const double *amount; /* [futures] < 0 */
};

/*
 * Supplies and demands of a year that arcs join: served by themselves, whatever is done elsewhere.
 * Demands with the same arcs are one.
 */
struct cf_cluster {
    int year;
    int n_supplies, n_demands, n_arcs;
    int *supply;     /* of the programme */
    int *option;     /* [supply] -1: there anyway */
    double *amount;  /* [future][supply] of an option no more than its demands: a unit */
    double *reach;   /* [future][supply] short of all demands it reaches */
    int *n_released; /* [supply] */
    struct cf_released **released;
    double *short_of;           /* [future][demand] */
    int *member_start, *member; /* the programme's demands of one of ours */
    int *arc_supply, *arc_demand;
    int is_fixed;        /* no option serves or takes anything here */
    int one;             /* the only option that does, or -1 */
    double *anyway;      /* [future] served with nothing open */
    struct cf_flow flow; /* nodes 2.. supplies, then demands */
    int *supply_edge, *arc_edge, *demand_edge;
};

/*
 * Where options need a group: all futures of a year in one network, each with its weight. From the
 * source to the options with a row, to what they supply, to the demands; other supplies from the
 * source.
 */
struct cf_group_year {
    int year, n_rows, n_places, n_arcs, n_shorts;
    int *row;                          /* of the programme */
    int *row_edge;                     /* [row] */
    double *fill;                      /* [row] what it must get, set before cf_groups_flow */
    int *cluster, *supply, *future;    /* [place] a supply in a future */
    int *of_row, *place_edge;          /* [place] -1: no row; the edge into it */
    int *short_cluster, *short_demand; /* [short] a demand in a future */
    int *short_future, *short_edge;    /* [short] */
    int *arc_place, *arc_short, *arc_edge;
    struct cf_flow flow; /* nodes 2.. rows, places, shorts */
};

struct cf_net {
    const struct cf_programme *programme;
    int n_clusters;
    struct cf_cluster *cluster;
    int n_group_years;
    struct cf_group_year *group_year;
    double *mean_short;  /* [year] */
    double *total_short; /* [future][year] */
};

/* CF_INTERNAL, reported, where the programme is no programme. */
enum cf_status cf_programme_check(const struct cf_programme *programme, cf_diag *diag);
/* with_barred: also what options that are barred would serve. */
void cf_net_build(const struct cf_programme *programme, int with_barred, struct cf_arena *arena,
                  struct cf_net *net);
int cf_supply_is_release(const struct cf_programme *programme, const struct cf_plan_supply *supply);
/* What is there anyway at a release's offer in its year: a supply, or -1. */
int cf_supply_released(const struct cf_programme *programme, const struct cf_plan_supply *release);
/* Capacity of a supply of a cluster in a future, with so many units open: [option][year]. */
double cf_net_capacity(const struct cf_net *net, const struct cf_cluster *cluster, int supply,
                       int future, const double *open);
/* The most that a cluster serves in a future; its flow stands for it. */
double cf_net_serve(const struct cf_net *net, struct cf_cluster *cluster, int future,
                    const double *open);

/* Years with rows of options that need a group: more than is there anyway. */
void cf_groups_build(const struct cf_programme *programme, struct cf_arena *arena,
                     struct cf_net *net);
/* Flow of a year in which each row must get its fill; 1: each does. Where `more`, then as much as
 * goes on top of it, and no row gets less. */
int cf_groups_flow(const struct cf_net *net, struct cf_group_year *year, const double *open,
                   int more);

/* Units open in each year of a plan: [option][year]. */
void cf_plan_open(const struct cf_programme *programme, const int *units, double *open);
/* 1: every row of the programme holds. `open` is that of `units`. */
int cf_plan_holds(const struct cf_net *net, const int *units, const double *open);
/* The same without what more units can still mend: required ones, most_unserved. */
int cf_plan_may_grow(const struct cf_net *net, const int *units, const double *open);
/* 1: every group that is needed is filled; where `before` is open they are. */
int cf_plan_fills_groups(const struct cf_net *net, const double *open, const double *before);
/* Discounted cost in each future, as much served as can be; the mean of them. */
double cf_plan_cost(const struct cf_net *net, const double *open, double *cost);
/* Who is served by what: solution->served and used, of its units. */
void cf_plan_serve(const struct cf_net *net, struct cf_arena *arena,
                   struct cf_plan_solution *solution);

/* Columns and rows of the programme. Served is a column of a cluster (of a cluster and future,
 * where regret is asked for), bounded by rows that are separated. */
struct cf_master {
    const struct cf_programme *programme;
    struct cf_net *net;
    struct cf_arena *arena;
    struct cf_milp milp;
    int *start, *open;    /* [option][year] columns; open -1: never then */
    int *begun;           /* [option][year] column that says begun by then; -1: the sum of starts */
    int *shown;           /* [viable] column that says open; -1: no row */
    int *served;          /* [cluster] or [cluster][future]; -1 where nothing can change it */
    int by_future;        /* 1: [cluster][future] */
    int regret;           /* its column or -1 */
    const double *weight; /* [future] of the cost that is minimised */
    double scale;         /* of costs in the programme */
    double *slope;        /* [option] of the row that is being made */
    unsigned char *paid;  /* of the cluster that it is made of: [demand] */
    const double *best;   /* [future] NULL: no regret */
    int *viable_group;    /* [viable] */
    int *release_group;   /* [supply] of what is there and can be released; -1 */
    const unsigned char *off; /* [group] as cf_milp_limits has it */
    double *open_now;         /* [option][year] of the x that is separated */
    const int *const *known;  /* plans that are proposed first, each [option][year] */
    int n_known, n_proposed;
    int *units;          /* [option][year] of a plan that is rounded */
    double *rest, *cost; /* [option][year] what is rounded off; [future] */
    const char **group;  /* names */
    int room_groups;
};

/* The cost of a future alone (-1: the mean) is minimised or, with `best`, the largest regret
 * against these. The rows are the same. */
void cf_master_build(struct cf_master *master, const struct cf_programme *programme,
                     struct cf_net *net, int future, const double *best, struct cf_arena *arena);
/* From the largest regret to the mean cost, with a regret of no more than that. */
void cf_master_break_ties(struct cf_master *master, double most_regret);
int cf_master_add_group(struct cf_master *master, const char *format, ...)
    __attribute__((format(printf, 2, 3)));
/* Adds `times` the column(s) that say how often an option is begun by a year, counted once. */
void cf_master_add_begun(struct cf_master *master, int option, int year, double times);
/* Columns and rows of what is served; the rows that hold it are separated. */
void cf_master_add_served(struct cf_master *master);
/* Rows that hold for every plan: at each number of units of the one option of a cluster. */
void cf_master_add_hull(struct cf_master *master, int cluster);
/* Index into served; future counts where regret is asked for. */
int cf_master_served(const struct cf_master *master, int cluster, int future);
/* solution->conflict of a programme that no plan holds. */
enum cf_status cf_plan_explain(const struct cf_programme *programme, struct cf_arena *arena,
                               struct cf_plan_solution *solution, cf_diag *diag);
/* As cf_milp_hooks has it. */
void cf_master_separate(void *master, const double *x, struct cf_milp *milp);
int cf_master_propose(void *master, const double *x, double *solution);
/* The best of the plans that are known; 0: none holds. */
int cf_master_take_known(struct cf_master *master, double *solution);

static inline double cf_net_need(const struct cf_programme *p, int row)
{
    return p->viable[row].group - p->viable[row].there;
}

/* Discounted, of a unit that is open in the year. */
static inline double cf_open_cost(const struct cf_programme *p, int option, int year)
{
    return p->discount[year] * (p->option[option].annuity + p->option[option].annual);
}

#endif
