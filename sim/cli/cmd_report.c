#include "cli/command.h"

#include "cli/report_parts.h"
#include "output/datapackage.h"
#include "output/image.h"
#include "output/render_html.h"
#include "output/render_xlsx.h"
#include "output/suppress.h"

enum { MOST_FILES = CF_REPORT_MOST_FILES };

/* What is made of a report, in this order. To add one, write its function and its row. */
typedef enum cf_status write_report(const struct cf_call *call, const struct cf_publication *of,
                                    const char *to);

static enum cf_status write_page(const struct cf_call *call, const struct cf_publication *of,
                                 const char *to)
{
    struct cf_text page = {0};
    cf_render_html(of->report, &page);
    const enum cf_status status = cf_write_image(to, page.data, page.length, call->diag);
    cf_text_free(&page);
    return status;
}

static enum cf_status write_figures(const struct cf_call *call, const struct cf_publication *of,
                                    const char *to)
{
    return cf_render_figures(of->report, to, call->diag);
}

static enum cf_status write_workbook(const struct cf_call *call, const struct cf_publication *of,
                                     const char *to)
{
    return cf_write_xlsx(to, of, call->diag);
}

static enum cf_status write_csv(const struct cf_call *call, const struct cf_publication *of,
                                const char *to)
{
    return cf_write_datapackage(to, of, call->diag);
}

static const struct {
    const char *option,
        *usual; /* usual: where it goes when the option is not given; NULL: nowhere */
    write_report *write;
} outputs[] = {
    {"csv", NULL, write_csv}, /* what may be refused comes first */
    {"workbook", NULL, write_workbook},
    {"figures", NULL, write_figures},
    {"output", "report.html", write_page},
};

static void add_choice(struct cf_report_choice *choices, int *n,
                       const struct cf_report_choice *choice)
{
    for (int k = 0; k < *n; k++)
        if (cf_text_same(choices[k].code, choice->code))
            return;
    choices[(*n)++] = *choice;
}

/* The reports of several files, one after the other: `first`, with what the others have added. */
static void join(struct cf_report *first, const struct cf_report *other, struct cf_arena *arena)
{
    const int sections = first->n_sections + other->n_sections;
    const int scenarios = first->n_scenarios + other->n_scenarios;
    const int areas = first->n_areas + other->n_areas;
    struct cf_report_section *section = CF_TAKE(arena, (size_t)sections, struct cf_report_section);
    struct cf_report_choice *scenario = CF_TAKE(arena, (size_t)scenarios, struct cf_report_choice);
    struct cf_report_choice *area = CF_TAKE(arena, (size_t)areas, struct cf_report_choice);
    for (int k = 0; k < sections; k++)
        section[k] =
            k < first->n_sections ? first->sections[k] : other->sections[k - first->n_sections];
    int n_scenarios = 0, n_areas = 0;
    for (int k = 0; k < scenarios; k++)
        add_choice(scenario, &n_scenarios,
                   k < first->n_scenarios ? &first->scenarios[k]
                                          : &other->scenarios[k - first->n_scenarios]);
    for (int k = 0; k < areas; k++)
        add_choice(area, &n_areas,
                   k < first->n_areas ? &first->areas[k] : &other->areas[k - first->n_areas]);
    first->n_sections = sections;
    first->sections = section;
    first->n_scenarios = n_scenarios;
    first->scenarios = scenario;
    first->n_areas = n_areas;
    first->areas = area;
}

static enum cf_status write_all(const struct cf_call *call, const struct cf_publication *of)
{
    enum cf_status status = CF_OK;
    for (size_t k = 0; k < sizeof outputs / sizeof *outputs && status == CF_OK; k++) {
        const char *given = cf_call_value(call, outputs[k].option);
        const char *to = given ? given : outputs[k].usual;
        if (to)
            status = outputs[k].write(call, of, to);
    }
    return status;
}

enum cf_status cf_cmd_report(const struct cf_call *call)
{
    struct cf_report_maker maker[MOST_FILES];
    cf_results *results[MOST_FILES];
    enum cf_status status = CF_OK, judged = CF_OK;
    const char *card_path = cf_call_value(call, "hindcast");
    struct cf_arena arena;
    struct cf_csv card;
    double below = 0;
    int n = 0;
    if (!cf_call_number(call, "suppress", 0, CF_SUPPRESS_MOST, &below))
        return CF_USAGE;
    cf_arena_init(&arena);
    if (card_path)
        status = cf_report_read_card(&card, &arena, card_path, call->diag);
    for (; n < call->n_operands && status == CF_OK; n += status == CF_OK) {
        status = cf_results_open(call->operand[n], &results[n], call->diag);
        if (status != CF_OK)
            break;
        status =
            cf_report_make(&maker[n],
                           &(struct cf_report_of){.nth = n,
                                                  .file = call->operand[n],
                                                  .first_file = n > 0 ? call->operand[0] : NULL,
                                                  .results = results[n],
                                                  .below = below,
                                                  .card = n == 0 && card_path ? &card : NULL},
                           call->diag);
        judged = status == CF_BROKEN ? CF_BROKEN : judged;
        if (status == CF_BROKEN)
            status = CF_OK;
        if (status != CF_OK) {
            cf_report_end(&maker[n]);
            cf_results_close(results[n]);
        } else if (n > 0) {
            join(&maker[0].report, &maker[n].report, &maker[0].arena);
        }
    }
    if (status == CF_OK)
        status =
            write_all(call, &(struct cf_publication){
                                .report = &maker[0].report, .n_results = n, .results = results});
    for (int k = 0; k < n; k++) {
        cf_report_end(&maker[k]);
        cf_results_close(results[k]);
    }
    cf_arena_free(&arena);
    return status == CF_OK ? judged : status;
}
