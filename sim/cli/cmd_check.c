#include "base/json.h"
#include "cli/scenarios.h"

#include "engine/select.h"
#include "exec/batch.h"

/* Run a scenario in memory, for what only running it tells: a row of progression that somebody
 * needs, a target out of reach. */
static enum cf_status try_run(const struct cf_model *model, cf_diag *diag)
{
    struct cf_arena arena;
    struct cf_batch batch;
    cf_arena_init(&arena);
    const struct cf_layout *layout = cf_record_layout(&arena, model);
    cf_batch_init(&batch, model, cf_select_kernels("generic"));
    const struct cf_trouble trouble =
        cf_batch_run(&batch, layout, CF_TAKE(&arena, layout->length, double));
    if (trouble.status != CF_RUN_OK)
        cf_report_trouble(model, &trouble, diag);
    cf_batch_free(&batch);
    cf_arena_free(&arena);
    return trouble.status == CF_RUN_OK ? CF_OK : trouble.of_inputs ? CF_BAD_INPUT : CF_BROKEN;
}

/* Tables whose origin nobody has written down. */
static int count_unsourced(const struct cf_model *model)
{
    int n = 0;
    for (int k = 0; k < model->n_files; k++) {
        char table[64];
        if (sscanf(model->file[k].name, "tables/%63[^.].csv", table) == 1)
            n += cf_model_source(model, table) < 0;
    }
    return n;
}

/* What is said of futures, where something is. */
static void print_future(const struct cf_future *f)
{
    const int draws = cf_future_draws(f), points = cf_future_points(f);
    if (f->n_uncertain)
        printf(", %d uncertain", f->n_uncertain);
    if (f->n_risks)
        printf(", %d risk%s", f->n_risks, f->n_risks == 1 ? "" : "s");
    if (points > 1)
        printf(", %d sweep points", points);
    if (draws)
        printf(", %d draws (%s)", draws, cf_design_names[f->design.kind]);
}

static void print_good(const struct cf_scenarios *scenarios)
{
    for (int i = 0; i < scenarios->n; i++) {
        const struct cf_model *m = scenarios->model[i];
        const int unsourced = count_unsourced(m);
        printf("%s: good; ", m->scenario.path);
        if (unsourced)
            printf("%d table%s without a source; ", unsourced, unsourced == 1 ? "" : "s");
        printf("%d area%s, %d group%s, ages %d-%d, years %d-%d, %d lever%s", m->extent.A,
               m->extent.A == 1 ? "" : "s", m->extent.G, m->extent.G == 1 ? "" : "s",
               m->scenario.first_age, m->scenario.last_age, m->scenario.base_year,
               m->scenario.end_year, m->scenario.n_levers, m->scenario.n_levers == 1 ? "" : "s");
        print_future(&m->scenario.future);
        printf(", %d files\n", m->n_files);
    }
}

/* Every message, one object each, in order of file, line and column. */
static void print_json(cf_diag *diag)
{
    static const char *const severities[] = {
        [CF_NOTICE] = "notice", [CF_WARNING] = "warning", [CF_ERROR] = "error"};
    cf_json *all = cf_json_object(), *messages = cf_json_array();
    struct cf_text text = {0};
    cf_diag_sort(diag);
    for (size_t i = 0; i < cf_diag_count(diag, CF_NOTICE); i++) {
        const struct cf_message m = cf_diag_message(diag, i);
        cf_json *message = cf_json_object();
        cf_json_put_text(message, "severity", severities[m.severity]);
        cf_json_put_text(message, "code", m.code);
        cf_json_put_text(message, "path", m.path);
        cf_json_put_int(message, "line", m.line);
        cf_json_put_int(message, "column", m.column);
        cf_json_put_text(message, "text", m.text);
        cf_json_put_text(message, "help", m.help);
        cf_json_add(messages, message);
    }
    cf_json_put(all, "messages", messages);
    cf_json_write(all, &text);
    fputs(text.data, stdout);
    cf_text_free(&text);
    cf_json_free(all);
}

enum cf_status cf_cmd_check(const struct cf_call *call)
{
    struct cf_scenarios scenarios;
    enum cf_status status = cf_load_scenarios(call, &scenarios);
    for (int i = 0; i < scenarios.n && status == CF_OK; i++)
        status = try_run(scenarios.model[i], call->diag);
    if (cf_call_value(call, "json"))
        print_json(call->diag);
    else if (status == CF_OK && !call->quiet)
        print_good(&scenarios);
    cf_free_scenarios(&scenarios);
    return status;
}
