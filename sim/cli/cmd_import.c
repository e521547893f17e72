#include "base/text.h"
#include "cli/command.h"
#include "cli/import_place.h"

#include <stdlib.h>
#include <string.h>

enum { MOST_AGE = 120, YEAR_LOW = 1900, YEAR_HIGH = 2200, USUAL_YEARS = 10 };

static int needs(const struct cf_call *call, const char *option)
{
    if (cf_call_value(call, option))
        return 1;
    cf_report(call->diag, CF_ERROR, "call.option", (struct cf_at){0}, NULL, "`import` needs --%s",
              option);
    return 0;
}

static int read_ask(const struct cf_call *call, struct cf_import *import)
{
    struct cf_mye_ask *ask = &import->ask;
    const char *parent = cf_call_value(call, "parent");
    ask->areas = cf_call_value(call, "areas");
    ask->parent = parent ? parent : "region";
    ask->crosswalk = cf_call_value(call, "crosswalk");
    ask->type = call->many;
    ask->n_types = call->n_many;
    ask->only = cf_call_value(call, "only") != NULL;
    ask->persons = cf_call_value(call, "persons") != NULL;
    ask->last_age = 18;
    import->folder = cf_call_value(call, "output");
    import->vintage = cf_call_value(call, "vintage");
    import->as_given = cf_call_value(call, "ages-as-given") != NULL;
    import->first_age = 3;
    if (!cf_call_int(call, "year", YEAR_LOW, YEAR_HIGH, &ask->base_year) ||
        !cf_call_int(call, "first-age", 0, MOST_AGE, &import->first_age) ||
        !cf_call_int(call, "last-age", 1, MOST_AGE, &ask->last_age))
        return 0;
    import->end_year = ask->base_year + USUAL_YEARS;
    return cf_call_int(call, "end-year", ask->base_year, YEAR_HIGH, &import->end_year);
}

enum cf_status cf_cmd_import(const struct cf_call *call)
{
    struct cf_arena arena;
    struct cf_import import = {0};
    if (strcmp(call->operand[0], "ons-mye") != 0) {
        cf_report(call->diag, CF_ERROR, "call.operand", (struct cf_at){0},
                  "cohortflow import ons-mye FILE.csv...", "'%s' is no kind of table to import",
                  call->operand[0]);
        return CF_USAGE;
    }
    if (!needs(call, "areas") || !needs(call, "year") || !needs(call, "output") ||
        !read_ask(call, &import))
        return CF_USAGE;
    cf_arena_init(&arena);
    import.arena = &arena;
    import.file = call->operand + 1;
    import.n_files = call->n_operands - 1;
    enum cf_status status =
        cf_mye_read(&arena, import.file, import.n_files, &import.ask, &import.mye, call->diag);
    if (status == CF_OK)
        status = cf_import_write(&import, call->diag);
    if (status == CF_OK && !call->quiet)
        cf_import_print(&import);
    cf_arena_free(&arena);
    return status;
}
