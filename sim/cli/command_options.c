#include "cli/command_options.h"

/* What each command takes, in the order of the help. */

const struct cf_flag cf_check_options[] = {
    {"set", 0, "PATH=VALUE", 1, "override a setting, e.g. --set end_year=2015"},
    {"json", 0, NULL, 0, "all messages as JSON on standard output as well"},
    {0},
};

const struct cf_flag cf_run_options[] = {
    {"set", 0, "PATH=VALUE", 1, "override a setting, e.g. --set end_year=2015"},
    {"output", 'o', "FILE.h5", 0, "results file; default <scenario>.h5 in this folder"},
    {"draws", 0, "N", 0, "draws of the design, as --set design.draws=N; default kind: montecarlo"},
    {"seed", 0, "N", 0, "of the random numbers, as --set design.seed=N"},
    {"threads", 0, "N", 0, "threads to use; default: as many as the machine offers"},
    {"kernels", 0, "BUILD", 0, "auto, v4, v3 or generic; the results are the same bytes"},
    {"shard", 0, "K/N", 0, "only the K-th of N parts, K from 0, into FILE.h5.part; then `merge`"},
    {"restart", 0, NULL, 0, "remove what an earlier run left in FILE.h5.part, whatever it is of"},
    {"write-push", 0, "FILE.csv", 0, "the shifts a back-cast solved, as a push table"},
    {"dry-run", 0, NULL, 0, "say what would be done, how large and how long, and stop"},
    {"json", 0, NULL, 0, "of --dry-run: as JSON"},
    {0},
};

const struct cf_flag cf_merge_options[] = {
    {"output", 'o', "FILE.h5", 0, "results file; default: the first folder's name without .part"},
    {"allow-missing", 0, NULL, 0, "make it of what is there, marking runs that are missing"},
    {"json", 0, NULL, 0, "what was merged, as JSON"},
    {0},
};

const struct cf_flag cf_submit_options[] = {
    {"tasks", 0, "N", 0, "tasks of the array: each does one part of N of the runs"},
    {"cpus", 0, "N", 0, "processors, and threads, of each task; default: 1"},
    {"partition", 0, "P", 0, "of the cluster; default: the cluster's own"},
    {"time", 0, "T", 0, "limit of each task, as sbatch takes it; default: the cluster's own"},
    {"output", 'o', "FILE.h5", 0, "results file; default <scenario>.h5 in this folder"},
    {"set", 0, "PATH=VALUE", 1, "override a setting, e.g. --set end_year=2015"},
    {"draws", 0, "N", 0, "draws of the design, as --set design.draws=N; default kind: montecarlo"},
    {"seed", 0, "N", 0, "of the random numbers, as --set design.seed=N"},
    {"dry-run", 0, NULL, 0, "show the scripts and stop"},
    {0},
};

const struct cf_flag cf_status_options[] = {
    {"json", 0, NULL, 0, "as JSON"},
    {0},
};

const struct cf_flag cf_fit_options[] = {
    {"prior", 0, "FILE.csv", 0, "what is believed of progression, as a table of progression"},
    {"output", 'o', "FILE.csv", 0, "the fitted table, e.g. tables/progression.csv of the place"},
    {"set", 0, "PATH=VALUE", 1, "override a setting, e.g. --set base_year=2008"},
    {"rounds", 0, "N", 0, "most rounds of fitting one group, age and level; default: 100000"},
    {0},
};

const struct cf_flag cf_calibrate_options[] = {
    {"output", 'o', "FILE.cfg", 0, "the overlay; its tables come beside it"},
    {"history", 0, "FOLDER", 0, "what was observed; default: history/ of the place"},
    {"parent", 0, "COLUMN", 0, "of areas: what they belong to; default: region"},
    {"years", 0, "K", 0, "of the past that rates are the mean of; default: 5"},
    {"unexplained", 0, "SHARE", 0,
     "of change that no counted death or move explains, what goes on; default: 1"},
    {"pool", 0, "SHARE", 0, "of what is an area's own, by age, what is given up; default: 0"},
    {"smooth", 0, "AGES", 0, "on each side that are taken together; default: 0"},
    {"level", 0, "SHARE", 0, "of an area's net rate of all ages that the young have; default: 0.6"},
    {"pattern", 0, "SHARE", 0, "of an area's steps from age to age that is moves; default: 0.25"},
    {"pattern-births", 0, "SHARE", 0, "the same where births are known; default: 0.5"},
    {"set", 0, "PATH=VALUE", 1, "override a setting, e.g. --set base_year=2008"},
    {0},
};

const struct cf_flag cf_import_options[] = {
    {"output", 'o', "FOLDER", 0, "the place; what is there of it stays, but for its figures"},
    {"areas", 0, "FILE.csv", 0, "the place's areas: code,label and what they belong to"},
    {"year", 0, "Y", 0, "base year; rows of later years are left out"},
    {"crosswalk", 0, "FILE.csv", 0, "old,new: codes that became others, to be added up"},
    {"parent", 0, "COLUMN", 0, "of areas: what they belong to, read as well; default: region"},
    {"type", 0, "AREA_TYPE", 1, "rows of this type of area alone"},
    {"only", 0, NULL, 0, "leave out rows of areas that the place does not have"},
    {"persons", 0, NULL, 0, "sexes together"},
    {"ages-as-given", 0, NULL, 0, "ages stay those at 30 June; default: moved to 31 August"},
    {"first-age", 0, "X", 0, "of the place; default: 3"},
    {"last-age", 0, "X", 0, "of the place; default: 18"},
    {"end-year", 0, "Y", 0, "of its scenario; default: ten years on"},
    {"vintage", 0, "Y", 0, "when the estimates were published"},
    {0},
};

const struct cf_flag cf_hindcast_options[] = {
    {"outturn", 0, "FILE.csv", 0, "what came out: variable,year,<its dimensions>,value"},
    {"official", 0, "FILE.csv", 0, "a projection of others, as the outturn"},
    {"naive", 0, "NAME[,NAME]", 0, "of no_change, cohort, constant_share; default: all"},
    {"by", 0, "LEVEL", 0, "areas of one authority, region, ... together"},
    {"set", 0, "PATH=VALUE", 1, "override a setting, e.g. --set end_year=2015"},
    {"draws", 0, "N", 0, "draws of the design, as --set design.draws=N; default kind: montecarlo"},
    {"seed", 0, "N", 0, "of the random numbers, as --set design.seed=N"},
    {"threads", 0, "N", 0, "threads to use; default: as many as the machine offers"},
    {"csv", 0, NULL, 0, "as CSV, in full precision"},
    {"json", 0, NULL, 0, "as JSON, in full precision"},
    {0},
};

const struct cf_flag cf_plan_options[] = {
    {"set", 0, "PATH=VALUE", 1, "override a setting, as FILE.h5 was made with"},
    {"output", 'o', "PLAN.cfg", 0, "the plan, a scenario that extends SCENARIO.cfg"},
    {"options", 0, "FILE.csv", 0, "what can be done; default: options.csv of the place"},
    {"budget", 0, "FILE.csv", 0, "what there is to spend; default: budget.csv of the place"},
    {"objective", 0, "WHICH", 0, "mean: expected cost (the default); regret: the largest regret"},
    {"nodes", 0, "N", 0,
     "stop after so many nodes; default: 5000, of regret 200 a search. The same anywhere"},
    {"seconds", 0, "S", 0, "stop after so long: the plan may then differ from machine to machine"},
    {"threads", 0, "N", 0, "threads to use; default: as many as the machine offers"},
    {"years", 0, NULL, 0, "money and relief year by year, in place of the actions"},
    {"csv", 0, NULL, 0, "as CSV"},
    {"json", 0, NULL, 0, "as JSON"},
    {0},
};

const struct cf_flag cf_regret_options[] = {
    {"actions", 0, NULL, 0, "what the plans start, in place of how they fare"},
    {"draws", 0, NULL, 0, "each plan in each future"},
    {"scenario", 0, "CODE", 0, "of the actions: one plan only"},
    {"csv", 0, NULL, 0, "as CSV"},
    {"json", 0, NULL, 0, "as JSON"},
    {0},
};

const struct cf_flag cf_report_options[] = {
    {"output", 'o', "FILE.html", 0, "the page; default: report.html in this folder"},
    {"figures", 0, "DIR", 0, "every chart as an SVG file of its own"},
    {"hindcast", 0, "FILE.csv", 0, "a score card to show, what `hindcast --csv` wrote"},
    {"workbook", 0, "FILE.xlsx", 0, "every table as a workbook, a sheet each"},
    {"csv", 0, "DIR", 0, "every table as tidy CSV, with datapackage.json, in a new folder"},
    {"suppress", 0, "N", 0, "hide persons above 0 and below N, and what tells them: 5"},
    {0},
};

const struct cf_flag cf_info_options[] = {
    {"json", 0, NULL, 0, "as JSON"},
    {0},
};

const struct cf_flag cf_export_options[] = {
    {"variable", 0, "NAME", 0, "the variable to export; `cohortflow info` lists them"},
    {"scenario", 0, "CODE", 0, "one scenario only"},
    {"year", 0, "Y|Y-Y", 0, "these years only: 2015, 2013-2015"},
    {"age", 0, "A|A-A", 0, "these ages only: 17, 16-18"},
    {"by", 0, "LEVEL", 0, "add areas up: area, consortium, authority, subregion or region"},
    {"sum", 0, "DIM[,DIM]", 0, "add up over these, of what is left: --age 16-18 --sum group,age"},
    {"quantiles", 0, "P[,P]", 0, "over draws, these quantiles of each value: 0.05,0.5,0.95"},
    {"mean", 0, NULL, 0, "over draws, the mean of each value"},
    {"sd", 0, NULL, 0, "over draws, the standard deviation of each value"},
    {"exceeds", 0, "LEVEL", 0, "over draws, the share of them in which a value is above LEVEL"},
    {"csv", 0, NULL, 0, "as CSV (the default)"},
    {"json", 0, NULL, 0, "as JSON"},
    {"text", 0, NULL, 0, "as a table for people, rounded"},
    {"ees", 0, "DIR", 0, "data and meta file for explore education statistics, in a new folder"},
    {"suppress", 0, "N", 0, "hide persons above 0 and below N, and what tells them: 5"},
    {0},
};

const struct cf_flag cf_compare_options[] = {
    {"tolerance", 0, "R", 0,
     "no difference: up to R x the larger value, of 1 at least; default: 0"},
    {"scenario", 0, "CODE", 0, "one scenario only"},
    {"by", 0, "LEVEL", 0, "headlines by area, consortium, authority, subregion or region"},
    {"headlines", 0, NULL, 0, "demand, unplaced, indicators and their draws alone"},
    {"inputs", 0, NULL, 0, "files, settings, design and members alone"},
    {"csv", 0, NULL, 0, "a row a variable (or as above) as CSV, in full precision"},
    {"json", 0, NULL, 0, "the same as JSON"},
    {0},
};

const struct cf_flag cf_gap_options[] = {
    {"year", 0, "Y|Y-Y", 0, "these years; default: the last report year"},
    {"by", 0, "LEVEL", 0, "area, consortium, authority, subregion or region; default: authority"},
    {"route", 0, NULL, 0, "a row for each route (the default)"},
    {"line", 0, NULL, 0, "a row for each line"},
    {"scenario", 0, "CODE", 0, "one scenario only"},
    {"csv", 0, NULL, 0, "as CSV, in full precision"},
    {"json", 0, NULL, 0, "as JSON, in full precision"},
    {0},
};

const struct cf_flag cf_tier_options[] = {
    {"year", 0, "Y|Y-Y", 0, "these years; default: the report years"},
    {"share", 0, "P", 0, "of the members of a tier, that must have a group; default: 1, all"},
    {"by", 0, "LEVEL", 0, "for each area, consortium, authority, subregion or region by itself"},
    {"route", 0, NULL, 0, "a row for each route: how many of its lines are of each tier"},
    {"line", 0, NULL, 0, "a row for each line (the default)"},
    {"scenario", 0, "CODE", 0, "one scenario only"},
    {"csv", 0, NULL, 0, "as CSV, in full precision"},
    {"json", 0, NULL, 0, "as JSON, in full precision"},
    {0},
};

const struct cf_flag cf_coverage_options[] = {
    {"year", 0, "Y|Y-Y", 0, "these years; default: the report years"},
    {"by", 0, "LEVEL", 0, "area, consortium, authority, subregion or region; default: consortium"},
    {"route", 0, NULL, 0, "a row for each route: the share of its lines within reach"},
    {"line", 0, NULL, 0, "a row for each line (the default)"},
    {"scenario", 0, "CODE", 0, "one scenario only"},
    {"csv", 0, NULL, 0, "as CSV, a row each cell, in full precision"},
    {"json", 0, NULL, 0, "as JSON, a record each cell, in full precision"},
    {0},
};

const struct cf_flag cf_duplicates_options[] = {
    {"year", 0, "Y|Y-Y", 0, "these report years; default: the last of them"},
    {"minutes", 0, "T", 0, "how far is near; default: the reach of the route"},
    {"by", 0, "LEVEL", 0, "pairs within one area, consortium, authority, subregion or region"},
    {"route", 0, NULL, 0, "a row for each pair and route: how many lines both teach"},
    {"line", 0, NULL, 0, "a row for each pair and line (the default)"},
    {"scenario", 0, "CODE", 0, "one scenario only"},
    {"csv", 0, NULL, 0, "as CSV, in full precision"},
    {"json", 0, NULL, 0, "as JSON, in full precision"},
    {0},
};

const struct cf_flag cf_flow_options[] = {
    {"year", 0, "Y|Y-Y", 0, "these years; default: the report years"},
    {"matrix", 0, NULL, 0, "from each authority to each other, not their sums"},
    {"route", 0, NULL, 0, "each route by itself; default: all of them together"},
    {"scenario", 0, "CODE", 0, "one scenario only"},
    {"csv", 0, NULL, 0, "as CSV, in full precision"},
    {"json", 0, NULL, 0, "as JSON, in full precision"},
    {0},
};

const struct cf_flag cf_decompose_options[] = {
    {"set", 0, "PATH=VALUE", 1, "override a setting, e.g. --set end_year=2015"},
    {"year", 0, "Y|Y-Y", 0, "these years; default: the report years"},
    {"by", 0, "LEVEL", 0, "for each area, consortium, authority, subregion or region as well"},
    {"variable", 0, "NAME", 0, "one quantity only: learners, neet, ..., or an indicator's code"},
    {"age", 0, "A|A-A", 0, "of learners, NEET and residents; default: 16-18"},
    {"threads", 0, "N", 0, "threads to use; default: as many as the machine offers"},
    {"csv", 0, NULL, 0, "as CSV, in full precision"},
    {"json", 0, NULL, 0, "as JSON, in full precision"},
    {0},
};

const struct cf_flag cf_risks_options[] = {
    {"set", 0, "PATH=VALUE", 1, "a setting that `run` was given too"},
    {"year", 0, "Y|Y-Y", 0, "these report years; default: all of them"},
    {"indicator", 0, "CODE|all", 0, "this one, or a row for each; default: the worst of them"},
    {"authority", 0, "CODE", 0, "its areas alone; default: all areas"},
    {"threads", 0, "N", 0, "threads to use; default: as many as the machine offers"},
    {"csv", 0, NULL, 0, "as CSV, in full precision and with more columns"},
    {"json", 0, NULL, 0, "as JSON, the same"},
    {0},
};

const struct cf_flag cf_sensitivity_options[] = {
    {"indicator", 0, "CODE", 0, "one indicator only"},
    {"year", 0, "Y|Y-Y", 0, "these years; default: the last report year"},
    {"area", 0, "CODE", 0, "one area only; indicators do not add up"},
    {"scenario", 0, "CODE", 0, "one scenario only"},
    {"csv", 0, NULL, 0, "as CSV, in full precision"},
    {"json", 0, NULL, 0, "as JSON, in full precision"},
    {0},
};

const struct cf_flag cf_indicators_options[] = {
    {"by", 0, "pool|area", 0,
     "of each authority, and all (pool; as CSV and JSON), or of each area"},
    {"pool", 0, "CODE", 0, "of one pool only: an authority, or all (default of the text)"},
    {"area", 0, "CODE", 0, "of one area only"},
    {"indicator", 0, "CODE", 0, "one indicator only"},
    {"year", 0, "Y|Y-Y", 0, "these years; default: report years and those with a target"},
    {"scenario", 0, "CODE", 0, "one scenario only"},
    {"csv", 0, NULL, 0, "as CSV, in full precision"},
    {"json", 0, NULL, 0, "as JSON, in full precision"},
    {0},
};

const struct cf_flag cf_providers_options[] = {
    {"provider", 0, "CODE", 0, "one provider only; as text in all report years"},
    {"year", 0, "Y|Y-Y", 0, "these years; default: the report years, as text the last of them"},
    {"scenario", 0, "CODE", 0, "one scenario only"},
    {"csv", 0, NULL, 0, "as CSV, in full precision"},
    {"json", 0, NULL, 0, "as JSON, in full precision"},
    {0},
};

const struct cf_flag cf_no_options[] = {{0}};

const struct cf_flag cf_priority_options[] = {
    {"top", 0, "N", 0, "a row for each of the first N, one for the rest; default: 10"},
    {"year", 0, "Y", 0, "a report year; default: the last"},
    {"by", 0, "LEVEL", 0, "area, consortium, authority, subregion or region; default: consortium"},
    {"scenario", 0, "CODE", 0, "one scenario only"},
    {"csv", 0, NULL, 0, "as CSV, in full precision, with reasons, criteria and central weights"},
    {"json", 0, NULL, 0, "as JSON, the same"},
    {0},
};

const struct cf_flag cf_value_options[] = {
    {"year", 0, "Y", 0, "a report year; default: the last"},
    {"by", 0, "LEVEL", 0, "of gaps: area, consortium (the default), authority, subregion, region"},
    {"scenario", 0, "CODE", 0, "the gaps of one scenario, not which scenario"},
    {"csv", 0, NULL, 0, "as CSV, in full precision, with tables and publishers"},
    {"json", 0, NULL, 0, "as JSON, the same"},
    {0},
};
