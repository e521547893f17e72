#include "output/dictionary.h"

#include "base/text.h"

/* In the order of the alphabet. A column that tells people numbers in a sentence counts what they
 * are of. Quantiles, means and `value` count what their variable does: their table says it. */
static const struct cf_word words[] = {
    {"access", CF_UNIT_NONE, "share of the route's entitlement lines within reach"},
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
    {"capital", CF_UNIT_POUNDS, "pounds once"},
    {"central", CF_UNIT_NONE, "value of the central run, with everything as assumed"},
    {"change", CF_UNIT_NONE, "learners who have a place there: year of the row less base year"},
    {"combined", CF_UNIT_PERSONS, "learners who have a place at one of the two sites"},
    {"confidence", CF_UNIT_NONE,
     "share of draws and weights in which the gap keeps its rank or better"},
    {"cost", CF_UNIT_POUNDS, "pounds a year"},
    {"cost_a_learner", CF_UNIT_POUNDS, "pounds a year for a learner"},
    {"cost_base", CF_UNIT_POUNDS, "pounds a year, in the base year"},
    {"coverage", CF_UNIT_NONE, "share of residents with the line within reach, full or not"},
    {"crossing_published", CF_UNIT_THINGS,
     "year for which the value that meets the target is published"},
    {"crossing_year", CF_UNIT_THINGS, "year from which on the median is at the target or better"},
    {"crowded_out", CF_UNIT_PERSONS, "of the unplaced, learners for whom there is no room"},
    {"demand", CF_UNIT_PERSONS, "learners who want it: first choice"},
    {"draws", CF_UNIT_THINGS, "draws that the row is made of"},
    {"enrolled", CF_UNIT_PERSONS, "learners who have a place there"},
    {"enrolled_base", CF_UNIT_PERSONS, "learners who have a place there, in the base year"},
    {"evpi", CF_UNIT_POUNDS, "pounds a year that knowing everything would save on the average"},
    {"evppi", CF_UNIT_POUNDS, "pounds a year that knowing it would save on the average"},
    {"expected_rank", CF_UNIT_THINGS, "mean rank over draws and weights"},
    {"exports", CF_UNIT_PERSONS, "learners who live in the authority and are taught in another"},
    {"first", CF_UNIT_NONE, "share of draws and weights in which it is the first"},
    {"first_choice", CF_UNIT_PERSONS, "residents by what they chose, before places were given out"},
    {"first_short", CF_UNIT_THINGS, "median first report year in which it is short"},
    {"flow", CF_UNIT_PERSONS, "learners by home authority and the provider's"},
    {"flow_offer", CF_UNIT_PERSONS, "learners by home area and offer"},
    {"gap", CF_UNIT_NONE, "how far the median is short of the target"},
    {"good_share", CF_UNIT_NONE, "share of learners at sites with a good inspection grade"},
    {"group", CF_UNIT_THINGS, "who they are"},
    {"high_rank", CF_UNIT_THINGS, "95% quantile of its rank"},
    {"imports", CF_UNIT_PERSONS, "learners taught in the authority who live in another"},
    {"income", CF_UNIT_POUNDS, "pounds a year"},
    {"income_base", CF_UNIT_POUNDS, "pounds a year, in the base year"},
    {"indicator", CF_UNIT_THINGS, "what is measured"},
    {"indicator_pooled", CF_UNIT_PERSONS, "the indicator of several areas together"},
    {"indicator_value", CF_UNIT_PERSONS, "the indicator as it is defined"},
    {"learners", CF_UNIT_PERSONS, "learners who live in the one and are taught in the other"},
    {"ledger", CF_UNIT_PERSONS, "where persons came from and went to in the step into the year"},
    {"level", CF_UNIT_THINGS, "what they have attained"},
    {"level_stock", CF_UNIT_PERSONS, "residents by what they have attained"},
    {"line", CF_UNIT_THINGS, "line of learning"},
    {"lines", CF_UNIT_THINGS, "lines that are taught"},
    {"lines_base", CF_UNIT_THINGS, "lines that are taught in the base year"},
    {"lines_below_viable", CF_UNIT_THINGS, "lines taught to fewer than their viable group"},
    {"lines_gained", CF_UNIT_THINGS, "lines taught in the year and not in the base year"},
    {"lines_lost", CF_UNIT_THINGS, "lines taught in the base year and not in the year"},
    {"low_rank", CF_UNIT_THINGS, "5% quantile of its rank"},
    {"minutes", CF_UNIT_MINUTES, "minutes from door to door"},
    {"need", CF_UNIT_THINGS, "more, less, new or none"},
    {"net", CF_UNIT_NONE, "imports less exports"},
    {"offer", CF_UNIT_THINGS, "a line at a site"},
    {"other_enrolled", CF_UNIT_PERSONS, "learners who have a place at the other site"},
    {"other_minutes", CF_UNIT_MINUTES, "minutes from door to door, to the other site"},
    {"p_below_viable", CF_UNIT_NONE,
     "share of draws with a line taught to fewer than its viable group"},
    {"p_below_viable_se", CF_UNIT_NONE, "standard error of that share"},
    {"p_benchmark", CF_UNIT_NONE, "share of draws at the benchmark or better"},
    {"p_exceeds", CF_UNIT_NONE, "share of draws in which the value is above the level asked for"},
    {"p_met", CF_UNIT_NONE, "share of draws that meet the target"},
    {"p_met_se", CF_UNIT_NONE, "standard error of that share"},
    {"placed", CF_UNIT_PERSONS, "learners with a place in the end"},
    {"places", CF_UNIT_PLACES, "places that are started; negative where they are given up"},
    {"plan_cost", CF_UNIT_POUNDS, "discounted pounds of what the plan starts"},
    {"pool", CF_UNIT_THINGS, "areas taken together"},
    {"population", CF_UNIT_PERSONS, "residents"},
    {"provider", CF_UNIT_THINGS, "the sites of one provider"},
    {"published", CF_UNIT_THINGS, "year for which the value is published"},
    {"rank", CF_UNIT_THINGS, "1 is the most urgent"},
    {"reasons", CF_UNIT_PERSONS, "all that in a sentence"},
    {"relief_planned", CF_UNIT_PERSONS, "learners with a place who would have none, as planned"},
    {"relief_simulated", CF_UNIT_PERSONS,
     "learners with a place who would have none, as simulated"},
    {"residents", CF_UNIT_PERSONS, "learners who live there"},
    {"responsible", CF_UNIT_THINGS, "who answers for it"},
    {"route", CF_UNIT_THINGS, "route: what young people do in the year"},
    {"run", CF_UNIT_THINGS, "number of the run in the results file"},
    {"scarcity", CF_UNIT_MINUTES,
     "minutes farther the marginal learner would travel for one more place"},
    {"scenario", CF_UNIT_THINGS, "code of the scenario"},
    {"score", CF_UNIT_NONE, "mean weighted sum of the criteria"},
    {"served", CF_UNIT_PERSONS, "learner-years with a place that would have none, as planned"},
    {"share", CF_UNIT_NONE, "share"},
    {"short", CF_UNIT_NONE, "share of draws in which it is short in the year"},
    {"shortfall", CF_UNIT_PERSONS, "places missing for learners who would come"},
    {"site", CF_UNIT_THINGS, "where it is taught"},
    {"sites", CF_UNIT_THINGS, "sites of the provider"},
    {"sln", CF_UNIT_NONE, "standard learner numbers: learners times guided hours, over 450"},
    {"spare", CF_UNIT_NONE, "places left over"},
    {"status", CF_UNIT_THINGS, "what young people do in the year"},
    {"stock", CF_UNIT_PERSONS, "residents by what they do in the year"},
    {"target", CF_UNIT_NONE, "value to be met"},
    {"taught", CF_UNIT_PERSONS, "learners whom the authority's providers teach"},
    {"term", CF_UNIT_THINGS, "term of the account"},
    {"tier", CF_UNIT_THINGS, "the lowest tier with learners enough for a group"},
    {"too_far", CF_UNIT_PERSONS,
     "of the unplaced, learners who would stay away if there were room"},
    {"top", CF_UNIT_NONE, "share of draws and weights in which it is among the first"},
    {"uniform_first", CF_UNIT_NONE, "the same as first, with any weights"},
    {"uniform_top", CF_UNIT_NONE, "the same as top, with any weights"},
    {"unplaced", CF_UNIT_PERSONS, "learners without a place on the line of their first choice"},
    {"unplaced_group", CF_UNIT_PERSONS, "the unplaced by group and route"},
    {"unplaced_high", CF_UNIT_PERSONS, "95% quantile of the unplaced"},
    {"unplaced_low", CF_UNIT_PERSONS, "5% quantile of the unplaced"},
    {"unplaced_share", CF_UNIT_NONE,
     "share of the variance of the unplaced that it explains by itself"},
    {"usable", CF_UNIT_PLACES, "places with rooms and teachers"},
    {"viable_group", CF_UNIT_THINGS, "learners that a group needs"},
    {"viable_groups", CF_UNIT_NONE, "groups that the learners enrolled fill"},
    {"year", CF_UNIT_THINGS, "academic year, by its first calendar year: 2009 is 2009/10"},
};

static const char *const unit_names[] = {
    [CF_UNIT_NOT_SAID] = "",     [CF_UNIT_NONE] = "",           [CF_UNIT_PERSONS] = "persons",
    [CF_UNIT_PLACES] = "places", [CF_UNIT_MINUTES] = "minutes", [CF_UNIT_POUNDS] = "pounds",
    [CF_UNIT_THINGS] = "",
};

const struct cf_word *cf_find_word(const char *name)
{
    for (size_t k = 0; k < sizeof words / sizeof *words; k++)
        if (cf_text_same(words[k].name, name))
            return &words[k];
    return NULL;
}

/* Columns whose name says what they count and of whom: `demand_authority`. */
static enum cf_measure unit_by_start(const char *name)
{
    return cf_text_starts(name, "demand_") ? CF_UNIT_PERSONS : CF_UNIT_NONE;
}

enum cf_measure cf_column_unit(const struct cf_column *column)
{
    if (column->unit != CF_UNIT_NOT_SAID)
        return column->unit;
    const struct cf_word *word = cf_find_word(column->name);
    return word ? word->unit : unit_by_start(column->name);
}

const char *cf_unit_name(enum cf_measure unit)
{
    return unit_names[unit];
}
