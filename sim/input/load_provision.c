#include "input/provision_parts.h"

#include "model/lever_ops.h"
#include "model/view.h"

#include <math.h>

/* What is provided, once every table is read: what tables leave open is worked out, what placing
 * cannot do without is asked for. MODEL.md 2.8, 2.9. */

#define MOST_SHOWN 5

const char *cf_field_file(struct cf_model *model, enum cf_field_id id)
{
    const char *path = model->field[id].path;
    if (path && *path)
        return path;
    const char *name = cf_arena_format(&model->arena, "tables/%s.csv", cf_field_specs[id].name);
    return cf_path_join(&model->arena, model->scenario.place, name);
}

/* Rows of line_share of which no line is given: equal over the lines of the route. */
static void share_equally(struct cf_model *model)
{
    const struct cf_provision *p = &model->provision;
    const struct cf_field *field = &model->field[CF_FIELD_line_share];
    double *count = CF_TAKE(&model->arena, (size_t)model->extent.S, double);
    for (int i = 0; i < p->I; i++)
        if (p->line[i].route >= 0)
            count[p->line[i].route]++;
    for (size_t k = 0; k < field->size; k++) {
        const int route = p->line[k % (size_t)p->I].route;
        if (isnan(field->value[k]) && !(field->line && field->line[k]) && route >= 0)
            field->value[k] = 1 / count[route];
    }
}

/* A field that every route of a line must have. */
static void need_by_route(struct cf_model *model, enum cf_field_id id, cf_diag *diag)
{
    const struct cf_provision *p = &model->provision;
    const struct cf_field *field = &model->field[id];
    struct cf_missing missing = {0};
    for (int s = 0; s < model->extent.S && !field->doubtful; s++) {
        int is_route = 0;
        for (int i = 0; i < p->I && p->provided[s]; i++)
            is_route |= p->line[i].route == s;
        if (is_route && isnan(field->value[s]) && !(field->line && field->line[s]))
            cf_missing_add(&missing, model, id, &s, CF_ALL_DIMS);
    }
    cf_missing_report(&missing, diag, (struct cf_at){cf_field_file(model, id), 0, 0},
                      "every status that is the route of a line needs one");
}

/* Demand that has nowhere to go, for want of lines or of anybody who offers them. */
static void tell_unoffered(struct cf_model *model, cf_diag *diag)
{
    const struct cf_provision *p = &model->provision;
    const struct cf_axis *line = &model->axis[CF_AXIS_LINE];
    struct cf_text text = {0};
    int n = 0;
    for (int i = 0; i < p->I; i++)
        if (p->first_offer[i] == p->first_offer[i + 1] && ++n <= MOST_SHOWN)
            cf_text_format(&text, "%s'%s'", n > 1 ? ", " : "", line->codes.name[i]);
    if (n > MOST_SHOWN)
        cf_text_format(&text, " and %d more", n - MOST_SHOWN);
    const struct cf_at at = {line->path, 0, 0};
    if (n && n == p->I)
        cf_report(diag, CF_WARNING, "provision.no-offers", at, NULL,
                  "there are lines and %s: all who want a place are left without one",
                  p->J ? "no places of any site on them" : "no sites");
    else if (n)
        cf_report(diag, CF_NOTICE, "provision.not-offered", at, NULL,
                  "no site has places on line%s %s: all who want %s are left without",
                  n > 1 ? "s" : "", text.data, n > 1 ? "them" : "it");
    cf_text_free(&text);
}

/* Sites where nothing is offered: often they wait for a scenario that opens them. */
static void tell_idle_sites(struct cf_model *model, cf_diag *diag)
{
    const struct cf_provision *p = &model->provision;
    const struct cf_axis *site = &model->axis[CF_AXIS_SITE];
    unsigned char *offers = CF_TAKE(&model->arena, (size_t)p->J, unsigned char);
    struct cf_text text = {0};
    int n = 0, first = -1;
    for (int o = 0; o < p->n_offers; o++)
        offers[p->offer_site[o]] = 1;
    for (int j = 0; j < p->J; j++) {
        if (offers[j])
            continue;
        first = first < 0 ? j : first;
        if (++n <= MOST_SHOWN)
            cf_text_format(&text, "%s'%s'", n > 1 ? ", " : "", site->codes.name[j]);
    }
    if (n > MOST_SHOWN)
        cf_text_format(&text, " and %d more", n - MOST_SHOWN);
    if (n && p->n_offers)
        cf_report(diag, CF_NOTICE, "provision.site-idle", site->at[first],
                  "places.csv or changes.csv give it places, or a lever on places of a scenario",
                  "nothing is offered at site%s %s", n > 1 ? "s" : "", text.data);
    cf_text_free(&text);
}

/* Offers on which a lever on places acts. */
static int count_selected(const struct cf_provision *p, const struct cf_lever *lever)
{
    int n = 0;
    for (int o = 0; o < p->n_offers; o++)
        n += lever->where[0].member[p->offer_line[o]] && lever->where[1].member[p->offer_site[o]];
    return n;
}

/* A lever gives its value to every pair that it selects: who writes how many places a town gets
 * does not mean that many at each site and line. */
static void tell_places_of_each(const struct cf_model *model, cf_diag *diag)
{
    const struct cf_scenario *s = &model->scenario;
    for (int k = 0; k < s->n_levers; k++) {
        const struct cf_lever *lever = &s->lever[k];
        const int adds = cf_text_same(cf_lever_ops[lever->op].name, "add");
        if (lever->field != CF_FIELD_places || lever->value == 0 ||
            (!adds && !cf_text_same(cf_lever_ops[lever->op].name, "set")))
            continue;
        const int n = count_selected(&model->provision, lever);
        const int from = lever->from > s->base_year ? lever->from : s->base_year;
        char each[CF_NUMBER_ROOM], all[CF_NUMBER_ROOM], until[24] = " on";
        if (lever->until < s->end_year)
            snprintf(until, sizeof until, " to %d", lever->until);
        cf_number_text(each, fabs(lever->value));
        cf_number_text(all, fabs(lever->value) * n);
        if (n > 1)
            cf_report(diag, CF_NOTICE, "lever.places-each", lever->at, NULL,
                      "lever '%s' %s %s places at each of %d offers, %s in all, from %d%s",
                      lever->name,
                      !adds              ? "sets"
                      : lever->value > 0 ? "adds"
                                         : "takes away",
                      each, n, all, from, until);
    }
}

/* Whether anybody may want a line: its share is above 0 somewhere, or a lever may make it so. */
static int is_wanted(const struct cf_model *model, int i)
{
    const struct cf_field *share = &model->field[CF_FIELD_line_share];
    const size_t I = (size_t)model->provision.I;
    for (size_t k = (size_t)i; k < share->size; k += I)
        if (share->value[k] > 0)
            return 1;
    for (int k = 0; k < model->scenario.n_levers; k++) {
        const struct cf_lever *lever = &model->scenario.lever[k];
        const int line = cf_field_specs[CF_FIELD_line_share].n_dims - 1;
        if (lever->field == CF_FIELD_line_share && lever->where[line].member[i])
            return 1;
    }
    return 0;
}

/* Lines that are offered and that nobody wants. */
static void tell_unwanted(const struct cf_model *model, cf_diag *diag)
{
    const struct cf_provision *p = &model->provision;
    const struct cf_axis *line = &model->axis[CF_AXIS_LINE];
    if (model->field[CF_FIELD_line_share].doubtful)
        return;
    for (int i = 0; i < p->I; i++)
        if (p->first_offer[i] < p->first_offer[i + 1] && p->line[i].route >= 0 &&
            !is_wanted(model, i))
            cf_report(diag, CF_NOTICE, "provision.unwanted", line->at[i],
                      "line_share gives it 0, or gives others of its route and leaves it out",
                      "nobody wants line '%s': its places stay empty", line->codes.name[i]);
}

/* Journeys that all take less than a minute are most likely in hours. */
static void tell_hours(struct cf_model *model, cf_diag *diag)
{
    const struct cf_field *field = &model->field[CF_FIELD_minutes];
    double longest = 0;
    for (size_t k = 0; k < field->size; k++)
        if (field->line && field->line[k])
            longest = fmax(longest, field->value[k]);
    if (longest > 0 && longest < 1)
        cf_report(diag, CF_NOTICE, "minutes.hours",
                  (struct cf_at){cf_field_file(model, CF_FIELD_minutes), 0, 0},
                  "are these hours? minutes are wanted",
                  "all journeys of the table take less than a minute, %.2g at most", longest);
}

/* A line of which all ages lie outside those that are followed, or below choice_age. */
static void tell_lines_without_ages(const struct cf_model *model, cf_diag *diag)
{
    const struct cf_axis *line = &model->axis[CF_AXIS_LINE];
    const struct cf_extent *e = &model->extent;
    for (int i = 0; i < model->provision.I && e->choice_x < e->X; i++) {
        const struct cf_line *l = &model->provision.line[i];
        const int first = l->route == e->school ? 0 : e->choice_x;
        if (l->route >= 0 && (l->to_x < first || l->from_x >= e->X))
            cf_report(diag, CF_WARNING, "provision.line-ages", line->at[i], NULL,
                      "line '%s' serves no age from %d to %d", line->codes.name[i],
                      e->first_age + first, model->scenario.last_age);
    }
}

/* Where people choose provided routes and there is not one line, nobody is placed. */
static void tell_without_lines(const struct cf_model *model, cf_diag *diag)
{
    const struct cf_axis *status = &model->axis[CF_AXIS_STATUS];
    int s = 0;
    if (model->extent.choice_x >= model->extent.X || model->axis[CF_AXIS_LINE].doubtful)
        return;
    while (s < model->extent.S && !model->provision.provided[s])
        s++;
    if (s < model->extent.S)
        cf_report(diag, CF_NOTICE, "provision.no-lines", status->at[s], NULL,
                  "demand is not placed: there are no lines");
}

void cf_load_provision(struct cf_model *model, int ready, cf_diag *diag)
{
    const int filled = model->field[CF_FIELD_minutes].value != NULL;
    if (!ready)
        return;
    if (filled)
        cf_minutes_by_distance(model, diag);
    cf_place_actions(model);
    cf_find_provision(model);
    if (model->provision.I == 0)
        tell_without_lines(model, diag);
    if (!filled || model->provision.I == 0)
        return;
    share_equally(model);
    cf_minutes_complete(model, diag);
    need_by_route(model, CF_FIELD_beta, diag);
    need_by_route(model, CF_FIELD_reach, diag);
    cf_tell_steep(model, (struct cf_at){cf_field_file(model, CF_FIELD_beta), 0, 0}, diag);
    tell_unoffered(model, diag);
    tell_idle_sites(model, diag);
    tell_places_of_each(model, diag);
    tell_unwanted(model, diag);
    tell_hours(model, diag);
    tell_lines_without_ages(model, diag);
    cf_tell_idle(model, diag);
}
