#include "input/settings.h"

#include <math.h>

/* The settings of a scenario, scope by scope in the order of their enum. Parameters of
 * distributions are settings of uncertain entries as well: model/dists.c lists them. */

#define YEAR_LOW 1900
#define YEAR_HIGH 2200
#define AGE_HIGH 120
#define SEED_HIGH 9223372036854775807.0

#define TOP(key, kind, needed, low, high, what)                                                    \
    {                                                                                              \
        CF_SCOPE_TOP, key, CF_SETTING_##kind, needed, low, high, what                              \
    }
#define LEVER(key, kind, needed, low, high, what)                                                  \
    {                                                                                              \
        CF_SCOPE_LEVER, key, CF_SETTING_##kind, needed, low, high, what                            \
    }
#define CLOSURE(key, kind, needed, low, high, what)                                                \
    {                                                                                              \
        CF_SCOPE_CLOSURE, key, CF_SETTING_##kind, needed, low, high, what                          \
    }
#define FITTED(key, kind, low, high, what)                                                         \
    {                                                                                              \
        CF_SCOPE_FITTED, key, CF_SETTING_##kind, 1, low, high, what                                \
    }
#define ACTION(key, kind, needed, low, high, what)                                                 \
    {                                                                                              \
        CF_SCOPE_ACTION, key, CF_SETTING_##kind, needed, low, high, what                           \
    }
#define PLANNING(key, kind, low, high, what)                                                       \
    {                                                                                              \
        CF_SCOPE_PLANNING, key, CF_SETTING_##kind, 0, low, high, what                              \
    }
#define TABLE(key, kind, needed, what)                                                             \
    {                                                                                              \
        CF_SCOPE_TABLE, key, CF_SETTING_##kind, needed, 0, 0, what                                 \
    }

#define UNCERTAIN(key, kind, needed, low, high, what)                                              \
    {                                                                                              \
        CF_SCOPE_UNCERTAIN, key, CF_SETTING_##kind, needed, low, high, what                        \
    }
#define CORRELATION(key, kind, needed, what)                                                       \
    {                                                                                              \
        CF_SCOPE_CORRELATION, key, CF_SETTING_##kind, needed, -HUGE_VAL, HUGE_VAL, what            \
    }
#define RISK(key, kind, needed, low, high, what)                                                   \
    {                                                                                              \
        CF_SCOPE_RISK, key, CF_SETTING_##kind, needed, low, high, what                             \
    }
#define MITIGATION(key, high, what)                                                                \
    {                                                                                              \
        CF_SCOPE_MITIGATION, key, CF_SETTING_NUMBER, 0, 0, high, what                              \
    }
#define DESIGN(key, kind, low, high, what)                                                         \
    {                                                                                              \
        CF_SCOPE_DESIGN, key, CF_SETTING_##kind, 0, low, high, what                                \
    }
#define SWEEP(key, kind, needed, what)                                                             \
    {                                                                                              \
        CF_SCOPE_SWEEP, key, CF_SETTING_##kind, needed, 0, 0, what                                 \
    }

#define TARGET(key, kind, needed, low, high, what)                                                 \
    {                                                                                              \
        CF_SCOPE_TARGET, key, CF_SETTING_##kind, needed, low, high, what                           \
    }
#define INDICATOR(key, kind, needed, low, high, what)                                              \
    {                                                                                              \
        CF_SCOPE_INDICATOR, key, CF_SETTING_##kind, needed, low, high, what                        \
    }
#define COUNT(key, kind, what)                                                                     \
    {                                                                                              \
        CF_SCOPE_COUNT, key, CF_SETTING_##kind, 0, 0, 0, what                                      \
    }
#define MINUS(key, needed, what)                                                                   \
    {                                                                                              \
        CF_SCOPE_MINUS, key, CF_SETTING_GROUP, needed, 0, 0, what                                  \
    }
#define WEIGHT(key, kind, low, high, what)                                                         \
    {                                                                                              \
        CF_SCOPE_WEIGHT, key, CF_SETTING_##kind, 1, low, high, what                                \
    }
#define AIM(key, kind, needed, low, high, what)                                                    \
    {                                                                                              \
        CF_SCOPE_AIM, key, CF_SETTING_##kind, needed, low, high, what                              \
    }

const struct cf_setting cf_settings[] = {
    TOP("extends", TEXT, 0, 0, 0, "the scenario this one changes; its file, relative to this one"),
    TOP("place", TEXT, 0, 0, 0,
        "folder of axes/ and tables/, relative to this file; default: that of the last file in the "
        "chain of extends"),
    TOP("title", TEXT, 0, 0, 0, "one line for reports; default: the file's name"),
    TOP("base_year", WHOLE, 1, YEAR_LOW, YEAR_HIGH, "year of the starting stock"),
    TOP("end_year", WHOLE, 1, YEAR_LOW, YEAR_HIGH, "last year"),
    TOP("report_years", WHOLES, 0, YEAR_LOW, YEAR_HIGH,
        "years that reports show, ascending; default: end_year"),
    TOP("first_age", WHOLE, 1, 0, AGE_HIGH, "the youngest academic age followed"),
    TOP("last_age", WHOLE, 1, 0, AGE_HIGH, "the oldest academic age followed"),
    TOP("choice_age", WHOLE, 1, 0, AGE_HIGH + 1,
        "age from which young people choose; last_age + 1: demography only"),
    TOP("exempt_level", CODE, 0, 0, 0, "level from which the duty to participate no longer binds"),
    TOP("duty_default", CODE, 0, 0, 0, "status for those the duty moves who have no other"),
    TOP("protected", SELECTOR, 0, 0, 0, "groups placed before others"),
    TOP("views_ages", SELECTOR, 0, 0, 0, "ages at which views count; default: choice_age"),
    TOP("coverage_ages", SELECTOR, 0, 0, 0, "ages that coverage is a share of; default: 16-18"),
    TOP("rounds", WHOLE, 0, 1, 100, "rounds of placing, the first choice included; default: 2"),
    TOP("max_rounds", WHOLE, 0, 1, 1000000, "most steps of one pass of placing; default: 500"),
    TOP("tolerance", NUMBER, 0, 1e-15, 0.1, "of placing, relative to capacity; default: 1e-9"),
    TOP("residual", NUMBER, 0, 0, 1, "share that full participation leaves out; default: 0.01"),
    TOP("allow_drift", TEXT, 0, 0, 0, "the reason why base stock and progression may disagree"),
    TOP("mode", TEXT, 0, 0, 0, "\"behavioural\", or \"backcast\": targets are met"),
    TOP("targets", GROUPS, 0, 0, 0, "what a back-cast has to meet"),
    TOP("tables", GROUPS, 0, 0, 0, "what is done with years that a table does not cover"),
    TOP("levers", GROUPS, 0, 0, 0, "what the scenario changes, in this order"),
    TOP("closures", GROUPS, 0, 0, 0, "sites that close, in this order"),
    TOP("fitted", GROUPS, 0, 0, 0,
        "years that values were fitted to, which may not be scored; `calibrate` says it. A later "
        "file adds to it and takes nothing away"),
    TOP("options", TEXT, 0, 0, 0,
        "file of what can be done, relative to this one; default: options.csv of the place"),
    TOP("budget", TEXT, 0, 0, 0,
        "file of what there is to spend, relative to this one; default: budget.csv of the place"),
    TOP("actions", GROUPS, 0, 0, 0, "options that are started, and when"),
    TOP("planning", GROUP, 0, 0, 0, "what plans are made by"),
    TOP("uncertain", GROUPS, 0, 0, 0, "what is drawn, for each draw anew"),
    TOP("correlations", GROUPS, 0, 0, 0, "of uncertain entries of one group"),
    TOP("risks", GROUPS, 0, 0, 0, "what may happen, in each draw or not"),
    TOP("design", GROUP, 0, 0, 0, "how draws are made; left out: the central run alone"),
    TOP("sweep", GROUPS, 0, 0, 0, "what is tried at several values, each with all draws"),
    TOP("indicators", GROUPS, 0, 0, 0, "ratios, gaps and counts to report"),
    TOP("retain", TEXTS, 0, 0, 0,
        "what is kept of draws: \"name\" all years, \"name@report\" report years, \"-name\" not, "
        "\"-*\" nothing"),

    LEVER("name", TEXT, 0, 0, 0, "its name, by which later files change it"),
    LEVER("field", TEXT, 1, 0, 0, "the field it acts on"),
    LEVER("where", GROUP, 0, 0, 0, "selectors by axis of the field; an axis left out: all"),
    LEVER("op", TEXT, 1, 0, 0, "what it does to each value"),
    LEVER("value", NUMBER, 1, -HUGE_VAL, HUGE_VAL, "how much"),
    LEVER("from", WHOLE, 0, YEAR_LOW, YEAR_HIGH, "first year it acts in"),
    LEVER("until", WHOLE, 0, YEAR_LOW, YEAR_HIGH, "last year it acts in"),
    LEVER("ramp", WHOLE, 0, 0, 1000, "years until it acts in full"),

    CLOSURE("name", TEXT, 0, 0, 0, "its name, by which later files change it"),
    CLOSURE("site", SELECTOR, 1, 0, 0, "the sites, over what axes/site.csv says of them"),
    CLOSURE("year", WHOLE, 1, YEAR_LOW, YEAR_HIGH, "the first year without places"),
    CLOSURE("teach_out", WHOLE, 0, 0, 100,
            "years from then in which those who are there may finish; default: 0"),

    FITTED("field", TEXT, 0, 0, "the field whose values were fitted"),
    FITTED("years", WHOLES, YEAR_LOW, YEAR_HIGH,
           "[ first, last ] year of what they were fitted to"),

    ACTION("option", CODE, 1, 0, 0, "its code in the table of options"),
    ACTION("year", WHOLE, 1, YEAR_LOW, YEAR_HIGH, "when it is started"),
    ACTION("units", NUMBER, 0, 0, 1e6, "how many units of it; default: 1"),
    ACTION("share", NUMBER, 0, 0, 1,
           "of futures whose own plan has started it by then; `plan` says it"),

    PLANNING("discount", NUMBER, 0, 1, "of costs, a year; default: 0.035"),
    PLANNING("penalty", NUMBER, 0, HUGE_VAL,
             "pounds that a learner without a place is held to cost a year; default: 6000"),
    PLANNING("quality_floor", NUMBER, 0, 1,
             "belief in a good grade below which a site gets no new places; default: 0"),
    PLANNING("no_regret", NUMBER, 0, 1,
             "share of futures in which an action is wanted, to be worth starting anyway; "
             "default: 0.8"),
    PLANNING(
        "most_unplaced", NUMBER, 0, HUGE_VAL,
        "learners unplaced that a plan may leave in a report year, on the mean; left out: any"),
    PLANNING("futures", WHOLE, 1, 12, "most futures that a plan is made for; default: 12"),

    UNCERTAIN("name", TEXT, 1, 0, 0,
              "its name: later files change it by it, numbers are drawn by it"),
    UNCERTAIN("field", TEXT, 1, 0, 0, "the field it acts on"),
    UNCERTAIN("where", GROUP, 0, 0, 0, "selectors by axis of the field; an axis left out: all"),
    UNCERTAIN("op", TEXT, 1, 0, 0, "what the value drawn does to each value"),
    UNCERTAIN("dist", TEXT, 1, 0, 0, "its distribution; the parameters stand beside it"),
    UNCERTAIN("values", NUMBERS, 0, 0, 0, "of a discrete or empirical distribution"),
    UNCERTAIN("weights", NUMBERS, 0, 0, 0, "of a discrete distribution, one a value"),
    UNCERTAIN("min", NUMBER, 0, -HUGE_VAL, HUGE_VAL, "the distribution ends here; left out: not"),
    UNCERTAIN("max", NUMBER, 0, -HUGE_VAL, HUGE_VAL, "the distribution ends here; left out: not"),
    UNCERTAIN("by", TEXTS, 0, 0, 0, "axes of the field whose members have values of their own"),
    UNCERTAIN("shared", NUMBER, 0, 0, 1, "share of the variance common to all members; default: 0"),
    UNCERTAIN("ar1", NUMBER, 0, -HUGE_VAL, HUGE_VAL,
              "correlation from year to year; left out: one value for all years"),
    UNCERTAIN("group", TEXT, 0, 0, 0, "of entries that are correlated"),

    CORRELATION("group", TEXT, 0, "of every two entries of this group"),
    CORRELATION("between", TEXTS, 0, "of these two entries, of one group"),
    CORRELATION("value", NUMBER, 1, "between -1 and 1"),

    RISK("code", TEXT, 1, 0, 0, "its code in results, by which later files change it"),
    RISK("label", TEXT, 0, 0, 0, "its name; default: the code"),
    RISK("owner", TEXT, 0, 0, 0, "who answers for it"),
    RISK("probability", NUMBER, 1, 0, 1, "that it happens at all"),
    RISK("onset", WHOLES, 1, YEAR_LOW, YEAR_HIGH,
         "[ first, last ] year it may set in, each as likely"),
    RISK("duration", WHOLE, 1, 1, 1000, "years it lasts"),
    RISK("levers", GROUPS, 1, 0, 0, "what it changes while it lasts; without from, until and ramp"),
    RISK("mitigation", GROUP, 0, 0, 0, "what can be done about it"),

    MITIGATION("cost", HUGE_VAL, "in all; default: 0"),
    MITIGATION("probability", 1, "that it happens all the same; default: as without"),
    MITIGATION("scale", 1, "of what its levers then do; default: 1"),

    DESIGN("kind", TEXT, 0, 0,
           "montecarlo, lhs, sobol, morris, saltelli, grid, file, or none; default: montecarlo"),
    DESIGN("draws", WHOLE, 1, 2147483646,
           "how many; of morris trajectories, of saltelli rows of its matrices"),
    DESIGN("steps", WHOLE, 1, 1000000, "quantiles an entry of grid; levels of morris, default: 4"),
    DESIGN("seed", SEED, 0, SEED_HIGH, "of the random numbers; default: 0"),
    DESIGN("file", TEXT, 0, 0, "CSV of draws: a column an entry, values; relative to this file"),

    SWEEP("name", TEXT, 1, "its name: later files change it by it"),
    SWEEP("field", TEXT, 1, "the field it acts on"),
    SWEEP("where", GROUP, 0, "selectors by axis of the field; an axis left out: all"),
    SWEEP("op", TEXT, 1, "what each value does"),
    SWEEP("values", NUMBERS, 1, "those that are tried"),

    TARGET("status", SELECTOR, 1, 0, 0, "statuses whose share is meant"),
    TARGET("age", SELECTOR, 1, 0, 0, "ages, together"),
    TARGET("area", SELECTOR, 0, 0, 0, "areas, together; left out: all"),
    TARGET("year", WHOLE, 1, YEAR_LOW, YEAR_HIGH, "when it is to be met"),
    TARGET("value", NUMBER, 1, -HUGE_VAL, HUGE_VAL, "share of residents, between 0 and 1"),
    TARGET("path", TEXT, 0, 0, 0, "the way there: \"linear\" or \"geometric\"; default: linear"),

    TABLE("name", TEXT, 1, "the field; with `between` or `beyond` one with a year axis"),
    TABLE("file", TEXT, 0, "read in place of the place's table; relative to this file"),
    TABLE("between", TEXT, 0, "years between given ones: \"linear\", \"step\" or \"error\""),
    TABLE("beyond", TEXT, 0, "years after the last one given: \"hold\" or \"error\""),

    INDICATOR("code", TEXT, 1, 0, 0, "its code in results, by which later files change it"),
    INDICATOR("label", TEXT, 0, 0, 0, "its name; default: the code"),
    INDICATOR("definition", TEXT, 0, 0, 0, "what is counted, in words"),
    INDICATOR("source", TEXT, 0, 0, 0, "where the published figure comes from"),
    INDICATOR("numerator", GROUP, 1, 0, 0, "who is counted"),
    INDICATOR("denominator", GROUP, 0, 0, 0, "of whom; left out: persons are reported"),
    INDICATOR("minus", GROUP, 0, 0, 0, "a second ratio, taken off the first: a gap"),
    INDICATOR("weights", GROUPS, 0, 0, 0, "how much a person of an age counts; left out: 1"),
    INDICATOR("baseline", NUMBER, 0, -HUGE_VAL, HUGE_VAL, "published value to start from"),
    INDICATOR("targets", GROUPS, 0, 0, 0, "values to reach, by published year"),
    INDICATOR("better", TEXT, 0, 0, 0, "\"higher\" or \"lower\""),
    INDICATOR("published_offset", WHOLE, 0, 0, 10,
              "published year less the model's year; default: 0"),
    INDICATOR("responsible", TEXT, 0, 0, 0, "who answers for it"),

    COUNT("of", TEXT,
          "\"stock\", persons in the autumn, or \"attained\", those aged 18 after the "
          "summer's results; default: stock, or as the numerator"),
    COUNT("where", GROUP,
          "selectors on area, group, age, level, status; attained: area, group, "
          "level; left out: all"),

    MINUS("numerator", 1, "who is counted"),
    MINUS("denominator", 0, "of whom"),

    WEIGHT("age", WHOLE, 0, AGE_HIGH, "an age followed; ages that are not listed count 0"),
    WEIGHT("weight", NUMBER, 0, 1000, "how much a person of that age counts"),

    AIM("year", WHOLE, 1, YEAR_LOW, YEAR_HIGH, "the year its figure is published for"),
    AIM("value", NUMBER, 0, -HUGE_VAL, HUGE_VAL, "left out: not set"),
};
const int cf_n_settings = (int)(sizeof cf_settings / sizeof cf_settings[0]);
