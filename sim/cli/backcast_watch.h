#ifndef CF_BACKCAST_WATCH_H
#define CF_BACKCAST_WATCH_H

#include "base/text.h"
#include "exec/sink.h"
#include "model/model.h"

/*
 * A sink that looks at the records of back-casts on their way to another: it reports shifts beyond
 * what anybody has seen, and keeps the push table that `--write-push` asks for.
 */
struct cf_backcast_watch {
    struct cf_sink to;
    const struct cf_model *const *model; /* [n_scenarios] */
    int n_scenarios, n_points;
    const struct cf_layout *layout;
    const char *push_path; /* NULL: no table is wanted */
    struct cf_text push;
};

struct cf_sink cf_watch_sink(struct cf_backcast_watch *watch);

/* Whether --write-push can be served: one scenario, a back-cast, without a sweep. CF_USAGE,
 * reported, else. */
enum cf_status cf_watch_check(const struct cf_backcast_watch *watch, cf_diag *diag);

/* Write the push table, if one is wanted, and free what was kept. */
enum cf_status cf_watch_finish(struct cf_backcast_watch *watch, cf_diag *diag);

#endif
