#include "cli/scenarios.h"

#include "base/text.h"
#include "calibrate/hindcast.h"
#include "engine/select.h"
#include "exec/sched.h"
#include "input/load_outturn.h"
#include "output/render_text.h"

#include <string.h>

#define MOST_THREADS 1024

/* Which forecasts stand beside ours: all that can be had, or those of a list. */
static int find_others(const struct cf_call *call, unsigned char *shown)
{
    const char *list = cf_call_value(call, "naive");
    memset(shown, !list, CF_N_OTHERS);
    shown[CF_OTHER_OFFICIAL] = 1;
    while (list && *list) {
        const size_t length = strcspn(list, ",");
        char name[32];
        int known = 0;
        snprintf(name, sizeof name, "%.*s", (int)(length < 31 ? length : 31), list);
        for (int o = 0; o < CF_OTHER_OFFICIAL; o++)
            if (cf_text_same(cf_other_names[o], name))
                shown[o] = 1, known = 1;
        if (!known) {
            cf_report_near(call->diag, CF_ERROR, "call.naive", (struct cf_at){0}, name,
                           cf_other_names, CF_OTHER_OFFICIAL, "there is no forecast '%s'", name);
            return 0;
        }
        list += length + (list[length] == ',');
    }
    return 1;
}

/* Both files, whatever is wrong with either. */
static enum cf_status load_files(const struct cf_call *call, struct cf_arena *arena,
                                 struct cf_outturn room[2], struct cf_hindcast_query *query)
{
    const char *official = cf_call_value(call, "official");
    enum cf_status status =
        cf_load_outturn(arena, cf_call_value(call, "outturn"), &room[0], call->diag);
    query->outturn = &room[0];
    if (!official)
        return status;
    const enum cf_status other = cf_load_outturn(arena, official, &room[1], call->diag);
    query->official = &room[1];
    return status == CF_OK ? other : status;
}

enum cf_status cf_cmd_hindcast(const struct cf_call *call)
{
    struct cf_arena arena;
    struct cf_table table = {0};
    struct cf_scenarios scenarios;
    struct cf_outturn file[2];
    struct cf_hindcast_query query = {.by = cf_call_value(call, "by"),
                                      .kernels = cf_select_kernels(NULL),
                                      .threads = cf_threads_offered(),
                                      .brief = !cf_call_value(call, "csv") &&
                                               !cf_call_value(call, "json")};
    if (!cf_call_either(call, "csv", "json") ||
        !cf_call_int(call, "threads", 1, MOST_THREADS, &query.threads) ||
        !find_others(call, query.shown))
        return CF_USAGE;
    if (!cf_call_value(call, "outturn")) {
        cf_report(call->diag, CF_ERROR, "call.outturn", (struct cf_at){0}, NULL,
                  "--outturn FILE.csv is missing: what came out");
        return CF_USAGE;
    }
    cf_arena_init(&arena);
    enum cf_status status = load_files(call, &arena, file, &query);
    const enum cf_status loaded = cf_load_scenarios(call, &scenarios);
    status = status == CF_OK ? loaded : status;
    if (status == CF_OK)
        status = cf_hindcast_table(&table, scenarios.model[0], &query, call->diag);
    if (table.n_columns > 0) {
        const enum cf_status printed = cf_call_print(call, &table, cf_render_text);
        status = printed == CF_OK ? status : printed;
        cf_table_free(&table);
    }
    cf_free_scenarios(&scenarios);
    cf_arena_free(&arena);
    return status;
}
