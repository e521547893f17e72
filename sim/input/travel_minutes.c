#include "input/provision_parts.h"

#include "base/text.h"
#include "model/view.h"

#include <math.h>

/* Minutes from home area to site where the table gives none: MODEL.md 2.9. */

#define EARTH_KM 6371.0088
#define PI 3.141592653589793
#define M_PER_KM 1000.0
#define DEGREES 180.0

/*
 * Sine and its inverse by their series, each operation rounded as IEEE says: the bits of a C
 * library's may depend on the processor, those of a results file may not.
 */
static double sine(double x)
{
    double term = x, sum = x;
    for (int k = 2; k <= 26; k += 2) {
        term *= -x * x / (k * (k + 1));
        sum += term;
    }
    return sum;
}

/* y in [0, 1]; above 1/2, where the series is slow, by the half angle. */
static double inverse_sine(double y)
{
    if (y > 0.5)
        return PI / 2 - 2 * inverse_sine(sqrt((1 - y) / 2));
    double term = y, sum = y;
    for (int k = 1; k <= 53; k += 2) {
        term *= y * y * k / (k + 1);
        sum += term / (k + 2);
    }
    return sum;
}

/* Haversine distance of two points in degrees. */
static double great_circle(const double *from, const double *to)
{
    const double turn = fabs(to[0] - from[0]), circle = 2 * DEGREES;
    const double east = turn > DEGREES ? circle - turn : turn; /* the shorter way round */
    const double cos_from = sine((DEGREES / 2 - from[1]) / DEGREES * PI);
    const double cos_to = sine((DEGREES / 2 - to[1]) / DEGREES * PI);
    const double up = sine((to[1] - from[1]) / 2 / DEGREES * PI),
                 across = sine(east / 2 / DEGREES * PI);
    const double h = up * up + cos_from * cos_to * across * across;
    return 2 * EARTH_KM * inverse_sine(sqrt(h < 1 ? h : 1));
}

/* A pair of coordinates of a member; 0 where it has not both. */
static int point_of(const struct cf_axis *axis, int k, const char *first, const char *second,
                    double *point)
{
    const char *x = cf_axis_value(axis, first, k), *y = cf_axis_value(axis, second, k);
    return x && y && cf_parse_double(x, &point[0]) && cf_parse_double(y, &point[1]);
}

/* Kilometres as the crow flies, NaN where area and site have no coordinates of one kind. */
static double distance(const struct cf_model *model, int a, int j)
{
    const struct cf_axis *area = &model->axis[CF_AXIS_AREA], *site = &model->axis[CF_AXIS_SITE];
    double from[2], to[2];
    if (point_of(area, a, "easting", "northing", from) &&
        point_of(site, j, "easting", "northing", to)) {
        const double east = to[0] - from[0], north = to[1] - from[1];
        return sqrt(east * east + north * north) / M_PER_KM;
    }
    if (point_of(area, a, "lon", "lat", from) && point_of(site, j, "lon", "lat", to))
        return great_circle(from, to);
    return NAN;
}

static int is_given(const struct cf_field *field, size_t i)
{
    return field->line && field->line[i];
}

void cf_minutes_by_distance(struct cf_model *model, cf_diag *diag)
{
    const struct cf_field *field = &model->field[CF_FIELD_minutes];
    const int A = model->axis[CF_AXIS_AREA].n, J = model->axis[CF_AXIS_SITE].n;
    struct cf_provision *p = &model->provision;
    int far = 0; /* one is enough to see what is wrong */
    p->minutes_per_km = model->field[CF_FIELD_minutes_per_km].value[0];
    p->by_distance = CF_TAKE(&model->arena, field->size, unsigned char);
    for (int a = 0; a < A; a++)
        for (int j = 0; j < J; j++) {
            const size_t aj = VIEW2(a, j, J);
            const double km = is_given(field, aj) ? NAN : distance(model, a, j);
            if (isnan(km) || isnan(p->minutes_per_km))
                continue;
            field->value[aj] = km * p->minutes_per_km;
            p->by_distance[aj] = 1;
            if (field->value[aj] <= cf_field_specs[CF_FIELD_minutes].high || far++ > 0)
                continue;
            cf_report(diag, CF_ERROR, "minutes.far", model->axis[CF_AXIS_SITE].at[j], NULL,
                      "site '%s' is %.0f km from area '%s', %.0f minutes, more than the bound %g",
                      model->axis[CF_AXIS_SITE].codes.name[j], km,
                      model->axis[CF_AXIS_AREA].codes.name[a], field->value[aj],
                      cf_field_specs[CF_FIELD_minutes].high);
        }
}

/* Whether anybody of the area may ever cross to the site: the border is open in the table, or a
 * lever, a risk, an uncertain entry or the sweep may open it. */
static int border_opens(const struct cf_model *model, int a, int j)
{
    const struct cf_provision *p = &model->provision;
    const int home = p->home[a], provider = p->site[j].authority;
    if (home == provider ||
        model->field[CF_FIELD_collaboration].value[VIEW2(home, provider, p->H)] > 0)
        return 1;
    struct cf_pull_spec pull;
    for (int k = 0; cf_pull_spec_find(&model->scenario, k, &pull); k++)
        if (pull.field == CF_FIELD_collaboration && pull.where[0].member[home] &&
            pull.where[1].member[provider])
            return 1;
    return 0;
}

void cf_minutes_complete(struct cf_model *model, cf_diag *diag)
{
    const struct cf_provision *p = &model->provision;
    const struct cf_field *field = &model->field[CF_FIELD_minutes];
    const struct cf_at at = {cf_field_file(model, CF_FIELD_minutes), 0, 0};
    struct cf_missing missing = {0};
    unsigned char *offers = CF_TAKE(&model->arena, (size_t)p->J, unsigned char);
    for (int o = 0; o < p->n_offers; o++)
        offers[p->offer_site[o]] = 1;
    for (int a = 0; a < model->extent.A; a++)
        for (int j = 0; j < p->J; j++) {
            const size_t aj = VIEW2(a, j, p->J);
            if (!isnan(field->value[aj]) || is_given(field, aj))
                continue;
            if (offers[j] && border_opens(model, a, j))
                cf_missing_add(&missing, model, CF_FIELD_minutes, (int[]){a, j}, CF_ALL_DIMS);
            else
                field->value[aj] = CF_NO_JOURNEY;
        }
    if (field->doubtful)
        missing.n = 0;
    cf_missing_report(&missing, diag, at,
                      "give them, or easting,northing or lon,lat of both area and site");
}

/* exp(-460) is the least that a journey within reach weighs: engine/travel.c. */
#define STEEPEST 460

void cf_tell_steep(const struct cf_model *model, struct cf_at at, cf_diag *diag)
{
    const struct cf_provision *p = &model->provision;
    const double *minutes = model->field[CF_FIELD_minutes].value;
    for (int s = 0; s < model->extent.S; s++) {
        const double beta = model->field[CF_FIELD_beta].value[s];
        const double reach = model->field[CF_FIELD_reach].value[s];
        size_t worst = 0;
        double longest = 0;
        for (int o = 0; o < p->n_offers; o++)
            for (int a = 0; a < model->extent.A && p->line[p->offer_line[o]].route == s; a++) {
                const size_t aj = VIEW2(a, p->offer_site[o], p->J);
                if (minutes[aj] <= reach && minutes[aj] > longest) {
                    longest = minutes[aj];
                    worst = aj;
                }
            }
        if (beta * longest > STEEPEST)
            cf_report(diag, CF_WARNING, "beta.steep", at,
                      "beta is per minute: 0.05 halves what a place weighs in 14 minutes",
                      "route '%s': beta %g over %g minutes from area '%s' to site '%s', within "
                      "reach, leaves a place no weight: so long journeys all weigh the same",
                      model->axis[CF_AXIS_STATUS].codes.name[s], beta, longest,
                      model->axis[CF_AXIS_AREA].codes.name[worst / (size_t)p->J],
                      model->axis[CF_AXIS_SITE].codes.name[worst % (size_t)p->J]);
    }
}
