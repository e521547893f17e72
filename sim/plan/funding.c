#include "plan/funding.h"

#include "base/text.h"

#include <math.h>
#include <stddef.h>

static const double hours_of_one = 450;
/* Of a group: so many learners more than it holds are rounding. */
static const double hair = 1e-9;

double cf_sln(double learners, double guided_hours)
{
    return learners * guided_hours / hours_of_one;
}

double cf_sln_income(double sln, double rate, double provider_factor, double support)
{
    return sln * rate * provider_factor + support;
}

double cf_success_factor(double success_rate)
{
    return (1 + success_rate) / 2;
}

double cf_growth(double rate, int years)
{
    double growth = 1;
    for (int k = 0; k < years; k++)
        growth *= 1 + rate;
    return growth;
}

double cf_annuity(double capital, double rate, int life)
{
    return rate > 0 ? capital * rate / (1 - 1 / cf_growth(rate, life)) : capital / life;
}

double cf_groups(double enrolled, double full_group)
{
    return enrolled > 0 ? fmax(1, ceil(enrolled / full_group - hair)) : 0;
}

double cf_provision_cost(double enrolled, const struct cf_line_money *line)
{
    const double each = isnan(line->cost_learner) ? 0 : line->cost_learner;
    const double group = isnan(line->cost_group) ? 0 : line->cost_group;
    const double most = isnan(line->full_group) ? (double)INFINITY : line->full_group;
    if (isnan(line->cost_learner) && isnan(line->cost_group))
        return (double)NAN;
    return cf_groups(enrolled, most) * group + enrolled * each;
}

double cf_line_income(double enrolled, const struct cf_line_money *line)
{
    const double factor = isnan(line->provider_factor) ? 1 : line->provider_factor;
    const double success = isnan(line->success_rate) ? 1 : cf_success_factor(line->success_rate);
    return cf_sln_income(cf_sln(enrolled, line->guided_hours), line->rate_per_sln, factor * success,
                         0);
}

static const struct {
    const char *name;
    size_t offset;
} attributes[] = {
    {"viable_group", offsetof(struct cf_line_money, viable_group)},
    {"full_group", offsetof(struct cf_line_money, full_group)},
    {"cost_learner", offsetof(struct cf_line_money, cost_learner)},
    {"cost_group", offsetof(struct cf_line_money, cost_group)},
    {"guided_hours", offsetof(struct cf_line_money, guided_hours)},
    {"success_rate", offsetof(struct cf_line_money, success_rate)},
    {"rate_per_sln", offsetof(struct cf_line_money, rate_per_sln)},
    {"provider_factor", offsetof(struct cf_line_money, provider_factor)},
};

static double number_of(const char *const *of, size_t i)
{
    double value;
    return of && cf_parse_double(of[i], &value) ? value : (double)NAN;
}

struct cf_line_money *cf_read_line_money(const cf_results *results, struct cf_arena *arena)
{
    const struct cf_results_dim *line = cf_results_dim(results, "line");
    if (!line)
        return NULL;
    struct cf_line_money *money = CF_TAKE(arena, line->n, struct cf_line_money);
    for (size_t k = 0; k < sizeof attributes / sizeof *attributes; k++) {
        const char *const *of = cf_results_attribute(results, "line", attributes[k].name);
        for (size_t i = 0; i < line->n; i++) {
            char *const into = (char *)&money[i] + attributes[k].offset;
            *(double *)(void *)into = number_of(of, i);
        }
    }
    return money;
}
