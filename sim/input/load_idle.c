#include "input/provision_parts.h"

#include "base/text.h"
#include "model/lever_ops.h"
#include "model/view.h"

#include <math.h>

/* What is written down about provision and can change nothing there: levers of the scenario and of
 * its risks, rows of tables. */

/* Whether a lever makes the teachers of a site known: nothing can be added to what is not. */
static int sets_staff(const struct cf_lever *lever)
{
    return lever->field == CF_FIELD_staff && cf_text_same(cf_lever_ops[lever->op].name, "set");
}

static int staff_is_known(const struct cf_model *model, int j)
{
    int known = !isnan(model->field[CF_FIELD_staff].value[j]);
    for (int k = 0; k < model->scenario.n_levers; k++)
        known |=
            sets_staff(&model->scenario.lever[k]) && model->scenario.lever[k].where[0].member[j];
    return known;
}

/* Of a lever on staff or recruits: whether no site it selects has teachers to count. */
static int selects_no_staff(const struct cf_model *model, const struct cf_lever *lever)
{
    const struct cf_selection *site = &lever->where[cf_field_yearly(lever->field)];
    int known = sets_staff(lever);
    for (int j = 0; j < model->provision.J; j++)
        known |= site->member[j] && staff_is_known(model, j);
    return !known;
}

static int selects_home_alone(const struct cf_model *model, const struct cf_lever *lever)
{
    const int H = model->provision.H;
    int abroad = 0;
    for (int h = 0; h < H; h++)
        for (int to = 0; to < H; to++)
            abroad |= h != to && lever->where[0].member[h] && lever->where[1].member[to];
    return !abroad;
}

static int all_minutes_are_given(const struct cf_model *model)
{
    int by_distance = 0;
    for (size_t k = 0; k < model->field[CF_FIELD_minutes].size; k++)
        by_distance |= model->provision.by_distance[k];
    return !by_distance;
}

static int is_shut(const struct cf_site *site, int year)
{
    return year >= site->closing_year && year - site->closing_year >= site->teach_out;
}

/* Offers that a lever on places selects, and how many of them are shut when it starts. */
static int count_offers(const struct cf_model *model, const struct cf_lever *lever, int *shut)
{
    const struct cf_provision *p = &model->provision;
    const int base_year = model->scenario.base_year;
    int n = 0;
    *shut = 0;
    for (int o = 0; o < p->n_offers; o++)
        if (lever->where[0].member[p->offer_line[o]] && lever->where[1].member[p->offer_site[o]]) {
            n++;
            *shut += is_shut(&p->site[p->offer_site[o]],
                             lever->from > base_year ? lever->from : base_year);
        }
    return n;
}

static void tell_lever(const struct cf_model *model, const struct cf_lever *lever, cf_diag *diag)
{
    const char *what = NULL, *help = NULL, *code = NULL;
    int shut;
    switch (lever->field) {
    case CF_FIELD_places:
        if (count_offers(model, lever, &shut) == 0) {
            code = "lever.no-offer";
            what = "no site that it selects has places on a line that it selects";
            help = "a lever that names both site and line by code makes them an offer";
        } else if (shut == count_offers(model, lever, &shut)) {
            code = "lever.closed";
            what = "the sites that it selects are closed when it starts";
        }
        break;
    case CF_FIELD_staff:
    case CF_FIELD_recruits:
        if (selects_no_staff(model, lever)) {
            code = "lever.no-staff";
            what = "the sites that it selects have no row in staff.csv, and so no limit";
        }
        break;
    case CF_FIELD_minutes_per_km:
        if (all_minutes_are_given(model)) {
            code = "lever.no-distance";
            what = "no minutes follow from coordinates, minutes.csv gives them all";
        }
        break;
    case CF_FIELD_collaboration:
        if (selects_home_alone(model, lever)) {
            code = "lever.own-border";
            what = "at home there is no border to cross";
        }
        break;
    default:
        break;
    }
    if (code)
        cf_report(diag, CF_WARNING, code, lever->at, help, "lever '%s' changes nothing: %s",
                  lever->name, what);
}

/* Changes of places at sites that are closed by then. */
static void tell_changes(const struct cf_model *model, cf_diag *diag)
{
    const struct cf_provision *p = &model->provision;
    int n = 0, first = -1;
    for (int c = p->n_changes - 1; c >= 0; c--)
        if (is_shut(&p->site[p->change[c].site], p->change[c].open_year)) {
            n++;
            first = c;
        }
    if (n)
        cf_report(diag, CF_NOTICE, "changes.closed", p->change[first].at, NULL,
                  "%d of %d changes open at sites that are closed by then, '%s' the first: nothing "
                  "of them is seen",
                  n, p->n_changes, p->offer_code[p->change[first].offer]);
}

/* Teachers who come to sites without a limit. */
static void tell_recruits(struct cf_model *model, cf_diag *diag)
{
    const struct cf_field *recruits = &model->field[CF_FIELD_recruits];
    const int J = model->provision.J;
    const size_t n = recruits->size * (size_t)recruits->n_years;
    for (size_t k = 0; recruits->line && k < n; k++) {
        const int j = (int)(k % (size_t)J);
        if (recruits->line[k] <= 0 || !(recruits->value[k] > 0) || staff_is_known(model, j))
            continue;
        cf_report(diag, CF_NOTICE, "recruits.no-staff",
                  (struct cf_at){cf_field_file(model, CF_FIELD_recruits), recruits->line[k], 0},
                  "staff.csv says how many teachers it starts with",
                  "recruits change nothing at site '%s': it has no row in staff.csv, and so no "
                  "limit",
                  model->axis[CF_AXIS_SITE].codes.name[j]);
        return; /* one is enough to see what is wrong */
    }
}

/* Rows of collaboration that are about one authority alone. */
static void tell_own_borders(struct cf_model *model, cf_diag *diag)
{
    const struct cf_field *field = &model->field[CF_FIELD_collaboration];
    const int H = model->provision.H;
    for (int h = 0; field->line && h < H; h++) {
        const int line = field->line[VIEW2(h, h, H)];
        int abroad = line <= 0;
        for (int k = 0; k < H * H; k++)
            abroad |= k / H != k % H && field->line[k] == line;
        if (abroad)
            continue;
        cf_report(diag, CF_NOTICE, "collaboration.own",
                  (struct cf_at){cf_field_file(model, CF_FIELD_collaboration), line, 0}, NULL,
                  "collaboration of '%s' with itself is not read: at home there is no border",
                  model->axis[CF_AXIS_AUTHORITY].codes.name[h]);
        return;
    }
}

void cf_tell_idle(struct cf_model *model, cf_diag *diag)
{
    const struct cf_scenario *s = &model->scenario;
    /* What is wrong has been told, and may be why something changes nothing. */
    if (cf_diag_count(diag, CF_ERROR) > 0)
        return;
    for (int k = 0; k < s->n_levers; k++)
        tell_lever(model, &s->lever[k], diag);
    for (int r = 0; r < s->future.n_risks; r++)
        for (int k = 0; k < s->future.risk[r].n_levers; k++)
            tell_lever(model, &s->future.risk[r].lever[k], diag);
    tell_changes(model, diag);
    tell_recruits(model, diag);
    tell_own_borders(model, diag);
}
