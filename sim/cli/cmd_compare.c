#include "cli/compared.h"

#include "base/text.h"
#include "cli/command.h"
#include "output/render_text.h"

static int read_query(const struct cf_call *call, struct cf_compare_query *query)
{
    const char *tolerance = cf_call_value(call, "tolerance");
    const int as_data = cf_call_value(call, "csv") != NULL || cf_call_value(call, "json") != NULL;
    *query = (struct cf_compare_query){.scenario = cf_call_value(call, "scenario"),
                                       .by = cf_call_value(call, "by"),
                                       .for_people = !as_data};
    if (!cf_call_either(call, "csv", "json") || !cf_call_either(call, "inputs", "headlines"))
        return 0;
    if (!tolerance || (cf_parse_double(tolerance, &query->tolerance) && query->tolerance >= 0 &&
                       query->tolerance < 1))
        return 1;
    cf_report(call->diag, CF_ERROR, "call.number", (struct cf_at){0}, NULL,
              "--tolerance wants a number from 0 to below 1, not '%s'", tolerance);
    return 0;
}

static enum cf_status print_part(const struct cf_call *call, const struct cf_table *table)
{
    if (table->n_rows == 0)
        return CF_OK;
    putchar('\n');
    return cf_render_text(table, stdout, call->diag);
}

/* A file, and where it is of one scenario alone its code. */
static void print_file(const struct cf_call *call, int side, const struct cf_compared *file)
{
    const struct cf_results_dim *scenario = cf_results_dim(file->results, "scenario");
    printf("%c: %s", 'A' + side, call->operand[side]);
    if (scenario->n == 1)
        printf(" (scenario %s)", scenario->code[0]);
    putchar('\n');
}

static enum cf_status print(const struct cf_call *call, const struct cf_comparison *c,
                            const struct cf_compared file[2], int for_people)
{
    const int inputs = cf_call_value(call, "inputs") != NULL,
              headlines = cf_call_value(call, "headlines") != NULL;
    if (!for_people)
        return cf_call_print(call,
                             inputs      ? &c->inputs
                             : headlines ? &c->headlines
                                         : &c->variables,
                             cf_render_text);
    for (int side = 0; side < 2; side++)
        print_file(call, side, &file[side]);
    printf("\n%c%s.\n", c->answer[0] == 'n' ? 'N' : c->answer[0], c->answer + 1);
    enum cf_status status = inputs ? CF_OK : print_part(call, &c->headlines);
    if (status == CF_OK && !headlines)
        status = print_part(call, &c->inputs);
    if (status == CF_OK && !inputs && !headlines)
        status = print_part(call, &c->variables);
    return status;
}

enum cf_status cf_cmd_compare(const struct cf_call *call)
{
    struct cf_compare_query query;
    struct cf_compared file[2] = {{0}, {0}};
    struct cf_comparison comparison;
    struct cf_arena arena;
    enum cf_status status = CF_OK;
    if (!read_query(call, &query))
        return CF_USAGE;
    cf_arena_init(&arena);
    for (int side = 0; status == CF_OK && side < 2; side++)
        status = cf_open_compared(&file[side], call->operand[side], &arena, call->diag);
    if (status == CF_OK)
        status = cf_compare(&comparison, file, &query, call->diag);
    if (status == CF_OK) {
        status = print(call, &comparison, file, query.for_people);
        if (status == CF_OK && comparison.differ)
            status = CF_FINDINGS;
        cf_comparison_free(&comparison);
    }
    for (int side = 0; side < 2; side++)
        cf_results_close(file[side].results);
    cf_arena_free(&arena);
    return status;
}
