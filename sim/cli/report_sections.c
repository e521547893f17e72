#include "cli/report_parts.h"

#include "base/text.h"

#include <string.h>

/* The sections, in the order in which they are read. To add one, write its function and its row. */
static cf_report_fill *const sections[] = {
    cf_report_compare,    cf_report_answer,     cf_report_score,     cf_report_demand,
    cf_report_working,    cf_report_needs,      cf_report_coverage,  cf_report_gaps,
    cf_report_flows,      cf_report_priorities, cf_report_plan,      cf_report_next_year,
    cf_report_indicators, cf_report_risks,      cf_report_providers, cf_report_audit,
    cf_report_method,
};

enum { ACTION_YEARS = 2 };

/* The last report year of up to so many years; `none` without one. */
static int horizon(const struct cf_report_maker *maker, int years, int none)
{
    int found = none;
    for (int r = 0; r < maker->n_report_years; r++)
        if (maker->report_year[r] <= maker->base_year + years)
            found = maker->report_year[r];
    return found;
}

/* The last part of a path: where a file lies on one machine is nothing to readers. */
static const char *name_of(const char *path)
{
    const char *slash = strrchr(path, '/');
    return slash ? slash + 1 : path;
}

static void read_axes(struct cf_report_maker *maker)
{
    const struct cf_results_dim *scenario = cf_results_dim(maker->results, "scenario");
    const struct cf_results_dim *year = cf_results_dim(maker->results, "year");
    const struct cf_results_dim *report = cf_results_dim(maker->results, "report_year");
    maker->n_scenarios = scenario ? (int)scenario->n : 0;
    maker->scenario = scenario ? scenario->code : NULL;
    maker->scenario_label = scenario && scenario->label ? scenario->label : maker->scenario;
    maker->n_years = year ? (int)year->n : 0;
    maker->year = year ? year->number : NULL;
    maker->n_report_years = report ? (int)report->n : 0;
    maker->report_year = report ? report->number : NULL;
    maker->base_year = maker->n_years ? maker->year[0] : 0;
    maker->last_year =
        maker->n_report_years ? maker->report_year[maker->n_report_years - 1] : maker->base_year;
    maker->action_year = horizon(maker, ACTION_YEARS, 0);
    maker->strategy_year =
        horizon(maker, CF_REPORT_STRATEGY_YEARS,
                maker->n_report_years ? maker->report_year[0] : maker->last_year);
}

/* What scenarios' titles have before their colon, where all have the same; else the first title. */
static const char *name_place(struct cf_report_maker *maker)
{
    if (maker->n_scenarios == 0)
        return "This place";
    const char *first = maker->scenario_label[0];
    const size_t length = strcspn(first, ":");
    for (int s = 0; s < maker->n_scenarios; s++)
        if (!first[length] || strncmp(maker->scenario_label[s], first, length + 1))
            return first;
    return cf_arena_copy_n(&maker->arena, first, length);
}

static void add_choices(struct cf_report_maker *maker)
{
    static const char *const tiers[] = {"consortium", "authority", "subregion", "region"};
    const struct cf_results_dim *area = cf_results_dim(maker->results, "area");
    const size_t n = area ? area->n : 0;
    struct cf_report_choice *scenarios =
        CF_TAKE(&maker->arena, (size_t)maker->n_scenarios, struct cf_report_choice);
    struct cf_report_choice *areas = CF_TAKE(&maker->arena, n, struct cf_report_choice);
    for (int s = 0; s < maker->n_scenarios; s++)
        scenarios[s] = (struct cf_report_choice){.code = maker->scenario[s],
                                                 .label = maker->scenario_label[s]};
    for (size_t a = 0; a < n; a++) {
        const char *also = "";
        for (size_t t = 0; t < sizeof tiers / sizeof *tiers; t++) {
            const char *const *of = cf_results_attribute(maker->results, "area", tiers[t]);
            if (of && of[a][0])
                also = cf_arena_format(&maker->arena, "%s%s%s", also, also[0] ? " " : "", of[a]);
        }
        areas[a] = (struct cf_report_choice){.code = area->code[a],
                                             .label = area->label ? area->label[a] : area->code[a],
                                             .also = also};
    }
    maker->report.n_scenarios = maker->n_scenarios;
    maker->report.scenarios = scenarios;
    maker->report.n_areas = (int)n;
    maker->report.areas = areas;
}

static const char *told_draws(struct cf_report_maker *maker)
{
    int good = 0, failed = 0;
    for (int s = 0; s < maker->ensemble.n_scenarios; s++) {
        good += cf_point_draws(&maker->ensemble, s, 0)->n_good;
        failed += cf_point_draws(&maker->ensemble, s, 0)->n_failed;
    }
    if (good + failed == 0)
        return "none: one central run a scenario";
    return cf_arena_format(
        &maker->arena, "%s%s%s", cf_report_count(maker, good),
        maker->n_scenarios > 1 ? " over all scenarios" : "",
        failed ? cf_arena_format(&maker->arena, " (%d failed and are left out)", failed) : "");
}

static void add_facts(struct cf_report_maker *maker)
{
    const char *sha = cf_results_text(maker->results, "content_sha256");
    const char *mode = cf_results_text(maker->results, "mode");
    const char *source = cf_results_text(maker->results, "source");
    const char *note = cf_results_text(maker->results, "note");
    const char *attribution = cf_results_text(maker->results, "attribution");
    const int back = mode && !cf_text_same(mode, "behavioural");
    struct cf_report_fact *facts = CF_TAKE(&maker->arena, 8, struct cf_report_fact);
    int n = 0;
    facts[n++] = (struct cf_report_fact){
        "Years",
        cf_arena_format(&maker->arena, "%d to %d, academic years by their first autumn",
                        maker->base_year, maker->n_years ? maker->year[maker->n_years - 1] : 0)};
    facts[n++] = (struct cf_report_fact){"Scenarios",
                                         cf_arena_format(&maker->arena, "%d", maker->n_scenarios)};
    facts[n++] = (struct cf_report_fact){"Futures drawn", told_draws(maker)};
    facts[n++] = (struct cf_report_fact){
        "Mode",
        back ? cf_arena_format(&maker->arena, "%s: participation is an input, not a finding", mode)
             : "behavioural: people choose as the evidence has it"};
    facts[n++] =
        (struct cf_report_fact){"Run", sha ? cf_arena_copy_n(&maker->arena, sha, 16) : "not named"};
    facts[n++] = (struct cf_report_fact){"Made by", source ? source : "cohortflow"};
    if (maker->below > 0)
        facts[n++] = (struct cf_report_fact){
            "Small numbers",
            cf_arena_format(&maker->arena,
                            "numbers of persons above 0 and below %g are hidden (c), and with them "
                            "those from which they could be worked out",
                            maker->below)};
    if (attribution)
        facts[n++] = (struct cf_report_fact){"Sources", attribution};
    maker->report.facts = facts;
    maker->report.n_facts = n;
    maker->report.note = cf_arena_format(&maker->arena, "%s",
                                         note && !cf_text_same(note, "projection, not a forecast")
                                             ? note
                                             : "Projection, not a forecast");
}

enum cf_status cf_report_make(struct cf_report_maker *maker, const struct cf_report_of *of,
                              cf_diag *diag)
{
    *maker = (struct cf_report_maker){
        .results = of->results,
        .diag = diag,
        .file = name_of(of->file),
        .path = of->file,
        .first_path = of->first_file,
        .nth = of->nth,
        .below = of->below,
        .card = of->card,
    };
    cf_arena_init(&maker->arena);
    const enum cf_status status =
        cf_ensemble_read(&maker->ensemble, of->results, &maker->arena, diag);
    if (status != CF_OK)
        return status;
    read_axes(maker);
    maker->place = name_place(maker);
    maker->report.title =
        maker->n_scenarios == 1
            ? maker->scenario_label[0]
            : cf_arena_format(&maker->arena, "%s: %d scenarios", maker->place, maker->n_scenarios);
    maker->report.subtitle = cf_arena_format(
        &maker->arena,
        "What young people will want to learn, what there is for them, and what to do about the "
        "difference, %d to %d.",
        maker->base_year, maker->last_year);
    maker->report.ranges_from = maker->base_year + CF_REPORT_STRATEGY_YEARS + 1;
    add_choices(maker);
    add_facts(maker);
    for (size_t k = 0; k < sizeof sections / sizeof *sections; k++)
        sections[k](maker);
    if (maker->below > 0)
        cf_report_suppress(maker);
    return maker->judged;
}

void cf_report_end(struct cf_report_maker *maker)
{
    for (int k = 0; k < maker->n_tables; k++)
        cf_table_free(maker->tables[k]);
    cf_report_end_comparison(maker);
    cf_diag_close(maker->quiet);
    cf_arena_free(&maker->arena);
}
