#include "plan/priorities_parts.h"

#include "base/text.h"
#include "model/view.h"

#include <math.h>

/* What a results file says of a gap besides who is unplaced. */

/* A line is new to a member when fewer of its residents have it within reach; the same as red in
 * the table of coverage. More is needed where it is short in at least this share of futures. */
static const double new_below = 0.5, more_from = 0.5;
static const double one_place = 1; /* to spare, that a learner could have */

const char *const cf_needs[CF_N_NEEDS] = {"none", "more", "less", "new"};

static double coverage_of(const struct cf_priorities *p, const struct cf_priority *gap)
{
    const struct cf_shortage *s = &p->shortage;
    const int y = s->sheet.year[0].y;
    double within = 0, residents = 0;
    for (int a = 0; a < s->sheet.A; a++) {
        if (s->tier.of_area[a] != gap->member)
            continue;
        const double share =
            cf_within_reach(&s->sheet, &p->reach, &p->lines, s->run, y, a, gap->line);
        const double here = cf_residents(&s->sheet, &p->reach, s->run, y, a);
        within += isnan(share) ? 0 : here * share;
        residents += isnan(share) ? 0 : here;
    }
    return within / residents;
}

/* The area of a member nearest to a site. */
static int nearest_area(const struct cf_shortage *s, const struct cf_travel *travel, int member,
                        int site, double *minutes)
{
    int nearest = -1;
    for (int a = 0; a < s->sheet.A; a++) {
        if (s->tier.of_area[a] != member)
            continue;
        const double here = cf_minutes(&s->sheet, travel, s->run, s->sheet.year[0].y, a, site);
        if (nearest < 0 || here < *minutes) {
            nearest = a;
            *minutes = here;
        }
    }
    return nearest;
}

static void look_at_offer(struct cf_priorities *p, struct cf_priority *gap, int o, double *graded)
{
    const struct cf_shortage *s = &p->shortage;
    const int y = s->sheet.year[0].y, j = p->offer_site[o], i = p->offer_line[o];
    const size_t at = VIEW3(s->run, y, s->sheet.Y, o, s->sheet.O);
    const int own = s->tier.of_site[j] == gap->member, same_line = i == gap->line;
    const double viable = s->sheet.viable_group[i];
    if (p->usable[at] > 0 && own)
        gap->facts.own_route |= s->sheet.line_route[i] == gap->route;
    if (!same_line || !(p->usable[at] > 0))
        return;
    if (own) {
        const double good = p->good_share
                                ? p->good_share[VIEW3(s->run, y, s->sheet.Y, j, s->sheet.J)]
                                : (double)NAN;
        gap->facts.own_sites++;
        gap->small_groups += p->spare[at] > 0 && p->enrolled[at] > 0 && viable > 0 &&
                             !cf_is_group(p->enrolled[at], viable);
        if (!isnan(good)) {
            gap->facts.good_share += good * p->usable[at];
            *graded += p->usable[at];
        }
    }
    double minutes = 0;
    const int a = nearest_area(s, &p->travel, gap->member, j, &minutes);
    if (a < 0 || p->spare[at] < one_place)
        return;
    if (minutes <= cf_reach_of(&s->sheet, &p->travel, s->run, y, gap->route))
        gap->facts.spare += p->spare[at];
    if (gap->nearest < 0 || minutes < gap->nearest_minutes) {
        gap->nearest = j;
        gap->nearest_to = a;
        gap->nearest_minutes = minutes;
        gap->nearest_spare = p->spare[at];
    }
}

/* Whether an option adds room for the line at a site of the member. */
static int is_for(const struct cf_priorities *p, const struct cf_priority *gap, size_t option)
{
    const struct cf_sheet *sheet = &p->shortage.sheet;
    static const char *const names[] = {"kind", "line", "site"};
    const char *value[3];
    for (int k = 0; k < 3; k++) {
        const char *const *text = cf_results_attribute(sheet->results, "option", names[k]);
        if (!text)
            return 0;
        value[k] = text[option];
    }
    const int j = cf_find_code(sheet->site, value[2]);
    return !cf_text_same(value[0], cf_option_kinds[CF_OPTION_RELEASE]) &&
           (!value[1][0] || cf_text_same(value[1], sheet->line->code[gap->line])) &&
           (!value[2][0] || (j >= 0 && p->shortage.tier.of_site[j] == gap->member));
}

static void look_at_options(struct cf_priorities *p, struct cf_priority *gap)
{
    const struct cf_results_dim *options = p->options;
    gap->facts.option = -1;
    gap->facts.has_options = options != NULL;
    for (size_t k = 0; options && k < options->n; k++) {
        if (!is_for(p, gap, k))
            continue;
        if (gap->facts.option < 0 || p->option_lead[k] < gap->facts.lead) {
            gap->facts.option = (int)k;
            gap->facts.lead = p->option_lead[k];
        }
    }
}

/* One body answers for a gap: that of the option for it, else the authority of most who want it. */
static struct cf_member responsible_for(const struct cf_priorities *p,
                                        const struct cf_priority *gap)
{
    static const struct cf_member nobody = {"", "nobody named"};
    const struct cf_shortage *s = &p->shortage;
    const char *const *of_option = cf_results_attribute(s->sheet.results, "option", "responsible");
    if (of_option && gap->facts.option >= 0 && of_option[gap->facts.option][0])
        return (struct cf_member){of_option[gap->facts.option], of_option[gap->facts.option]};
    const char *const *of_area = cf_results_attribute(s->sheet.results, "area", "authority");
    double most = -1;
    int authority = -1;
    for (int h = 0; of_area && s->sheet.authority && h < s->sheet.H; h++) {
        double demand = 0;
        int any = 0;
        for (int a = 0; a < s->sheet.A; a++) {
            if (s->tier.of_area[a] != gap->member ||
                !cf_text_same(of_area[a], s->sheet.authority->code[h]))
                continue;
            any = 1;
            demand += s->demand[VIEW4(s->run, s->sheet.year[0].y, s->sheet.Y, a, s->sheet.A,
                                      gap->line, s->sheet.I)];
        }
        if (any && demand > most) {
            most = demand;
            authority = h;
        }
    }
    if (authority < 0 || !s->sheet.authority->code[authority][0])
        return nobody;
    return cf_authority_member(&s->sheet, authority);
}

void cf_priorities_facts(struct cf_priorities *p)
{
    const struct cf_shortage *s = &p->shortage;
    const struct cf_results_dim *year = cf_results_dim(s->sheet.results, "year");
    for (int g = 0; g < s->n; g++) {
        struct cf_priority *gap = &p->priority[g];
        const struct cf_place_cost cost = cf_place_cost(s, s->gap[g].line);
        double graded = 0;
        *gap = (struct cf_priority){.line = s->gap[g].line,
                                    .member = s->gap[g].member,
                                    .nearest = -1,
                                    .hit_group = -1,
                                    .route = s->sheet.line_route[s->gap[g].line]};
        gap->facts = (struct cf_gap_facts){.entitlement = s->sheet.entitlement[gap->line],
                                           .coverage = coverage_of(p, gap),
                                           .now = year->number[0],
                                           .last_year = s->report_year[s->R - 1]};
        gap->facts.cost = cost.group + cost.learner;
        look_at_options(p, gap);
        for (int o = 0; o < s->sheet.O && p->usable && gap->route >= 0; o++)
            look_at_offer(p, gap, o, &graded);
        gap->facts.good_share /= graded; /* no place: not known */
        gap->responsible = responsible_for(p, gap);
    }
}

void cf_priorities_need(struct cf_priorities *p)
{
    for (int g = 0; g < p->shortage.n; g++) {
        struct cf_priority *gap = &p->priority[g];
        const int is_short = gap->short_share >= more_from;
        gap->need = gap->facts.coverage < new_below ? CF_NEED_NEW
                    : is_short                      ? CF_NEED_MORE
                    : gap->small_groups > 0         ? CF_NEED_LESS
                                                    : CF_NEED_NONE;
    }
}
