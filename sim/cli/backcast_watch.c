#include "cli/backcast_watch.h"

#include "engine/backcast.h"
#include "exec/push_table.h"
#include "output/image.h"

#include <math.h>

static void tell(const struct cf_model *model, const struct cf_layout *layout, const double *record,
                 cf_diag *diag)
{
    const struct cf_scenario *scenario = &model->scenario;
    int where[3] = {0};
    const double most = cf_largest_shift(model, layout, record, where);
    cf_report(diag, CF_NOTICE, "backcast.residual", (struct cf_at){.path = scenario->path}, NULL,
              "back-cast: what would have to change, not what will; full participation is %g",
              1 - scenario->residual);
    if (fabs(most) > CF_SHIFT_UNSEEN)
        cf_report(diag, CF_WARNING, "backcast.unseen", (struct cf_at){.path = scenario->path}, NULL,
                  "the targets need a shift of %.2f on the log odds in %d, area '%s', age %d: a "
                  "change of behaviour nobody has seen",
                  most, where[0], model->axis[CF_AXIS_AREA].codes.name[where[1]], where[2]);
}

static enum cf_status put(void *self, const struct cf_record *record, cf_diag *diag)
{
    struct cf_backcast_watch *watch = self;
    const struct cf_model *model = watch->model[record->scenario];
    if (model->scenario.backcast && record->draw == 0)
        tell(model, watch->layout, record->value, diag);
    if (watch->push_path && record->draw == 0)
        cf_push_table(model, watch->layout, record->value, &watch->push);
    return watch->to.put(watch->to.self, record, diag);
}

struct cf_sink cf_watch_sink(struct cf_backcast_watch *watch)
{
    return (struct cf_sink){.self = watch, .put = put};
}

enum cf_status cf_watch_check(const struct cf_backcast_watch *watch, cf_diag *diag)
{
    if (!watch->push_path ||
        (watch->n_scenarios == 1 && watch->n_points == 1 && watch->model[0]->scenario.backcast))
        return CF_OK;
    cf_report(diag, CF_ERROR, "call.write-push", (struct cf_at){0}, NULL,
              "--write-push wants one scenario, of mode \"backcast\", without a sweep");
    return CF_USAGE;
}

enum cf_status cf_watch_finish(struct cf_backcast_watch *watch, cf_diag *diag)
{
    const enum cf_status status =
        watch->push_path
            ? cf_write_image(watch->push_path, watch->push.data, watch->push.length, diag)
            : CF_OK;
    cf_text_free(&watch->push);
    return status;
}
