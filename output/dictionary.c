#include "output/dictionary.h"

#include "base/text.h"

#include <string.h>

/* In the order of the alphabet. A column that tells people numbers in a sentence counts what they
 * are of. Quantiles, means and `value` count what their variable does: their table says it. */
static const struct cf_word words[] = {
    {"access", CF_UNIT_THINGS, "share of the route's entitlement lines within reach"},
    {"age", CF_UNIT_THINGS, "academic age: completed years on 31 August"},
    {"annual", CF_UNIT_POUNDS, "pounds a year"},
    {"area", CF_UNIT_THINGS, "where learners live"},
    {"area_share", CF_UNIT_NONE, "share of the area's learners of the line at both sites"},
    {"arrivals", CF_UNIT_PERSONS, "learners who would come if there were room"},
    {"at_home", CF_UNIT_PERSONS, "learners taught in the authority in which they live"},
    {"authority", CF_UNIT_THINGS, "local authority"},
    {"authority_to", CF_UNIT_THINGS, "local authority of the provider"},
    {"baseline", CF_UNIT_NONE, "published value to start from"},
    {"benchmark", CF_UNIT_NONE, "the figure of others"},
    {"binds", CF_UNIT_THINGS, "the member of the tier with the least demand"},
    {"capital", CF_UNIT_POUNDS, "pounds once"},
    {"central", CF_UNIT_NONE, "value of the central run, with everything as assumed"},
    {"change", CF_UNIT_NONE, "learners who have a place there: year of the row less base year"},
    {"combined", CF_UNIT_PERSONS, "learners who have a place at one of the two sites"},
    {"confidence", CF_UNIT_THINGS,
     "share of draws and weights in which the gap keeps its rank or better"},
    {"consortium", CF_UNIT_THINGS, "tier of areas"},
    {"cost", CF_UNIT_POUNDS, "pounds a year"},
    {"cost_a_learner", CF_UNIT_POUNDS, "pounds a year for a learner"},
    {"cost_base", CF_UNIT_POUNDS, "pounds a year, in the base year"},
    {"coverage", CF_UNIT_THINGS, "share of residents with the line within reach, full or not"},
    {"crossing_published", CF_UNIT_THINGS,
     "year for which the value that meets the target is published"},
    {"crossing_year", CF_UNIT_THINGS, "year from which on the median is at the target or better"},
    {"crowded_out", CF_UNIT_PERSONS, "of the unplaced, learners for whom there is no room"},
    {"deliverability", CF_UNIT_THINGS, "how soon the quickest option for it can be open"},
    {"demand", CF_UNIT_PERSONS, "learners who want it: first choice"},
    {"draws", CF_UNIT_THINGS, "draws that the row is made of"},
    {"enrolled", CF_UNIT_PERSONS, "learners who have a place there"},
    {"enrolled_base", CF_UNIT_PERSONS, "learners who have a place there, in the base year"},
    {"entitlement", CF_UNIT_THINGS, "share of residents without the entitlement within reach"},
    {"equity", CF_UNIT_NONE, "how much more unmet it is for groups that start behind"},
    {"evpi", CF_UNIT_POUNDS, "pounds a year that knowing everything would save on the average"},
    {"evppi", CF_UNIT_POUNDS, "pounds a year that knowing it would save on the average"},
    {"expected_rank", CF_UNIT_THINGS, "mean rank over draws and weights"},
    {"exports", CF_UNIT_PERSONS, "learners who live in the authority and are taught in another"},
    {"file", CF_UNIT_THINGS, "file that was read"},
    {"first", CF_UNIT_THINGS, "share of draws and weights in which it is the first"},
    {"first_choice", CF_UNIT_PERSONS, "residents by what they chose, before places were given out"},
    {"first_short", CF_UNIT_THINGS, "median first report year in which it is short"},
    {"flow", CF_UNIT_PERSONS, "learners by home authority and the provider's"},
    {"flow_offer", CF_UNIT_PERSONS, "learners by home area and offer"},
    {"gap", CF_UNIT_NONE, "how far the median is short of the target"},
    {"good_share", CF_UNIT_THINGS, "share of learners at sites with a good inspection grade"},
    {"group", CF_UNIT_THINGS, "who they are"},
    {"happened", CF_UNIT_THINGS, "share of draws in which the risk happened"},
    {"high_rank", CF_UNIT_THINGS, "95% quantile of its rank"},
    {"imports", CF_UNIT_PERSONS, "learners taught in the authority who live in another"},
    {"income", CF_UNIT_POUNDS, "pounds a year"},
    {"income_base", CF_UNIT_POUNDS, "pounds a year, in the base year"},
    {"indicator", CF_UNIT_THINGS, "what is measured"},
    {"indicator_pooled", CF_UNIT_PERSONS, "the indicator of several areas together"},
    {"indicator_value", CF_UNIT_PERSONS, "the indicator as it is defined"},
    {"kind", CF_UNIT_THINGS, "kind of option"},
    {"latest_start", CF_UNIT_THINGS, "last year in which it can be started in time"},
    {"learners", CF_UNIT_PERSONS, "learners who live in the one and are taught in the other"},
    {"ledger", CF_UNIT_PERSONS, "where persons came from and went to in the step into the year"},
    {"level", CF_UNIT_THINGS, "what they have attained"},
    {"level_stock", CF_UNIT_PERSONS, "residents by what they have attained"},
    {"licence", CF_UNIT_THINGS, "under which it can be used"},
    {"line", CF_UNIT_THINGS, "line of learning"},
    {"lines", CF_UNIT_THINGS, "lines that are taught"},
    {"lines_base", CF_UNIT_THINGS, "lines that are taught in the base year"},
    {"lines_below_viable", CF_UNIT_THINGS, "lines taught to fewer than their viable group"},
    {"lines_gained", CF_UNIT_THINGS, "lines taught in the year and not in the base year"},
    {"lines_lost", CF_UNIT_THINGS, "lines taught in the base year and not in the year"},
    {"low_rank", CF_UNIT_THINGS, "5% quantile of its rank"},
    {"mean", CF_UNIT_NONE, "mean over the draws"},
    {"median", CF_UNIT_NONE, "middle of the draws"},
    {"minutes", CF_UNIT_MINUTES, "minutes from door to door"},
    {"nature", CF_UNIT_THINGS, "real, estimated or illustrative"},
    {"need", CF_UNIT_THINGS, "more, less, new or none"},
    {"net", CF_UNIT_NONE, "imports less exports"},
    {"note", CF_UNIT_THINGS, "what is to be known of it"},
    {"offer", CF_UNIT_THINGS, "a line at a site"},
    {"opens", CF_UNIT_THINGS, "year in which it is open"},
    {"option", CF_UNIT_THINGS, "the quickest option for it"},
    {"other_enrolled", CF_UNIT_PERSONS, "learners who have a place at the other site"},
    {"other_minutes", CF_UNIT_MINUTES, "minutes from door to door, to the other site"},
    {"other_site", CF_UNIT_THINGS, "the other site"},
    {"p_below_viable", CF_UNIT_NONE,
     "share of draws with a line taught to fewer than its viable group"},
    {"p_below_viable_se", CF_UNIT_THINGS, "standard error of that share"},
    {"p_benchmark", CF_UNIT_NONE, "share of draws at the benchmark or better"},
    {"p_best", CF_UNIT_NONE, "share of draws in which no plan is cheaper"},
    {"p_exceeds", CF_UNIT_NONE, "share of draws in which the value is above the level asked for"},
    {"p_met", CF_UNIT_NONE, "share of draws that meet the target"},
    {"p_met_se", CF_UNIT_THINGS, "standard error of that share"},
    {"part", CF_UNIT_THINGS, "part of the budget: 1 existing, 2 extra money"},
    {"persistence", CF_UNIT_NONE, "in how many of the report years it is short"},
    {"placed", CF_UNIT_PERSONS, "learners with a place in the end"},
    {"places", CF_UNIT_PLACES, "places that are started; negative where they are given up"},
    {"plan_cost", CF_UNIT_POUNDS, "discounted pounds of what the plan starts"},
    {"pool", CF_UNIT_THINGS, "areas taken together"},
    {"population", CF_UNIT_PERSONS, "residents"},
    {"provider", CF_UNIT_THINGS, "the sites of one provider"},
    {"published", CF_UNIT_THINGS, "year for which the value is published"},
    {"publisher", CF_UNIT_THINGS, "who published it"},
    {"quality", CF_UNIT_THINGS, "share of places at sites without a good grade"},
    {"rank", CF_UNIT_THINGS, "1 is the most urgent"},
    {"rating", CF_UNIT_THINGS, "in words"},
    {"reasons", CF_UNIT_PERSONS, "all that in a sentence"},
    {"region", CF_UNIT_THINGS, "tier of areas"},
    {"regret", CF_UNIT_POUNDS,
     "pounds by which the plan is dearer than the best of each future, mean"},
    {"regret_max", CF_UNIT_POUNDS, "the same, largest"},
    {"regret_q95", CF_UNIT_POUNDS, "the same, 95% quantile"},
    {"relief_planned", CF_UNIT_PERSONS, "learners with a place who would have none, as planned"},
    {"relief_simulated", CF_UNIT_PERSONS,
     "learners with a place who would have none, as simulated"},
    {"report_year", CF_UNIT_THINGS, "report year, by its first calendar year"},
    {"residents", CF_UNIT_PERSONS, "learners who live there"},
    {"responsible", CF_UNIT_THINGS, "who answers for it"},
    {"route", CF_UNIT_THINGS, "route: what young people do in the year"},
    {"run", CF_UNIT_THINGS, "number of the run in the results file"},
    {"scarcity", CF_UNIT_MINUTES,
     "minutes farther the marginal learner would travel for one more place"},
    {"scenario", CF_UNIT_THINGS, "code of the scenario"},
    {"score", CF_UNIT_THINGS, "mean weighted sum of the criteria"},
    {"sd", CF_UNIT_NONE, "standard deviation over the draws"},
    {"served", CF_UNIT_PERSONS, "learner-years with a place that would have none, as planned"},
    {"sha256", CF_UNIT_THINGS, "its SHA-256"},
    {"share", CF_UNIT_NONE, "share"},
    {"short", CF_UNIT_THINGS, "share of draws in which it is short in the year"},
    {"shortfall", CF_UNIT_PERSONS, "places missing for learners who would come"},
    {"site", CF_UNIT_THINGS, "where it is taught"},
    {"sites", CF_UNIT_THINGS, "sites of the provider"},
    {"sln", CF_UNIT_NONE, "standard learner numbers: learners times guided hours, over 450"},
    {"spare", CF_UNIT_NONE, "places left over"},
    {"status", CF_UNIT_THINGS, "what young people do in the year"},
    {"stock", CF_UNIT_PERSONS, "residents by what they do in the year"},
    {"subregion", CF_UNIT_THINGS, "tier of areas"},
    {"table", CF_UNIT_THINGS, "table of the place"},
    {"target", CF_UNIT_NONE, "value to be met"},
    {"taught", CF_UNIT_PERSONS, "learners whom the authority's providers teach"},
    {"term", CF_UNIT_THINGS, "term of the account"},
    {"tier", CF_UNIT_THINGS, "the lowest tier with learners enough for a group"},
    {"title", CF_UNIT_THINGS, "its title"},
    {"too_far", CF_UNIT_PERSONS,
     "of the unplaced, learners who would stay away if there were room"},
    {"top", CF_UNIT_THINGS, "share of draws and weights in which it is among the first"},
    {"uniform_first", CF_UNIT_THINGS, "the same as first, with any weights"},
    {"uniform_top", CF_UNIT_THINGS, "the same as top, with any weights"},
    {"units", CF_UNIT_THINGS, "units of the option"},
    {"unmet", CF_UNIT_NONE, "of the unplaced: mean over the draws, as a share of the largest"},
    {"unplaced", CF_UNIT_PERSONS, "learners without a place on the line of their first choice"},
    {"unplaced_group", CF_UNIT_PERSONS, "the unplaced by group and route"},
    {"unplaced_high", CF_UNIT_PERSONS, "95% quantile of the unplaced"},
    {"unplaced_low", CF_UNIT_PERSONS, "5% quantile of the unplaced"},
    {"unplaced_share", CF_UNIT_NONE,
     "share of the variance of the unplaced that it explains by itself"},
    {"unplaced_with", CF_UNIT_PERSONS, "learners without a place where the risk happened"},
    {"unplaced_without", CF_UNIT_PERSONS, "learners without a place where it did not"},
    {"urgency", CF_UNIT_NONE, "how soon it is short"},
    {"usable", CF_UNIT_PLACES, "places with rooms and teachers"},
    {"used", CF_UNIT_THINGS, "share of draws in which half of the places are taken"},
    {"value", CF_UNIT_NONE, "the value"},
    {"verdict", CF_UNIT_THINGS, "what to do, in words"},
    {"viable", CF_UNIT_THINGS, "whether both, or one, have learners enough for a group"},
    {"viable_group", CF_UNIT_THINGS, "learners that a group needs"},
    {"viable_groups", CF_UNIT_NONE, "groups that the learners enrolled fill"},
    {"wanted", CF_UNIT_THINGS, "share of futures whose own best plan has started it"},
    {"what", CF_UNIT_THINGS, "what is counted"},
    {"year", CF_UNIT_THINGS, "academic year, by its first calendar year: 2009 is 2009/10"},
};

static const char *const unit_names[] = {
    [CF_UNIT_NOT_SAID] = "",     [CF_UNIT_NONE] = "",           [CF_UNIT_PERSONS] = "persons",
    [CF_UNIT_PLACES] = "places", [CF_UNIT_MINUTES] = "minutes", [CF_UNIT_POUNDS] = "pounds",
    [CF_UNIT_THINGS] = "",
};

static const struct cf_word *find_word(const char *name)
{
    for (size_t k = 0; k < sizeof words / sizeof *words; k++)
        if (cf_text_same(words[k].name, name))
            return &words[k];
    return NULL;
}

/* Names that have their word in them: q0.05, demand_authority, central_unmet. */
static const struct cf_word *word_within(const char *name)
{
    static const struct cf_word quantile = {"q", CF_UNIT_NONE, "quantile over the draws"};
    static const struct cf_word of_tier = {"demand_", CF_UNIT_PERSONS,
                                           "learners who want it, of the member that binds"};
    if (name[0] == 'q' && name[1] >= '0' && name[1] <= '9')
        return &quantile;
    if (cf_text_starts(name, "demand_"))
        return &of_tier;
    return cf_text_starts(name, "central_") ? find_word(name + strlen("central_")) : NULL;
}

const struct cf_word *cf_find_word(const char *name)
{
    const struct cf_word *word = find_word(name);
    return word ? word : word_within(name);
}

enum cf_measure cf_column_unit(const struct cf_column *column)
{
    const struct cf_word *word = cf_find_word(column->name);
    return column->unit != CF_UNIT_NOT_SAID ? column->unit : word ? word->unit : CF_UNIT_NONE;
}

const char *cf_unit_name(enum cf_measure unit)
{
    return unit_names[unit];
}
