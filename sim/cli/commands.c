#include "cli/command.h"

/* Every command, in the order of the help: as a planner meets them. To add one, write its function
 * and its row. */

static const struct cf_flag check_options[] = {
    {"set", 0, "PATH=VALUE", 1, "override a setting, e.g. --set end_year=2015"},
    {"json", 0, NULL, 0, "all messages as JSON on standard output as well"},
    {0},
};

static const struct cf_flag run_options[] = {
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

static const struct cf_flag merge_options[] = {
    {"output", 'o', "FILE.h5", 0, "results file; default: the first folder's name without .part"},
    {"allow-missing", 0, NULL, 0, "make it of what is there, marking runs that are missing"},
    {"json", 0, NULL, 0, "what was merged, as JSON"},
    {0},
};

static const struct cf_flag submit_options[] = {
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

static const struct cf_flag status_options[] = {
    {"json", 0, NULL, 0, "as JSON"},
    {0},
};

static const struct cf_flag fit_options[] = {
    {"prior", 0, "FILE.csv", 0, "what is believed of progression, as a table of progression"},
    {"output", 'o', "FILE.csv", 0, "the fitted table, e.g. tables/progression.csv of the place"},
    {"set", 0, "PATH=VALUE", 1, "override a setting, e.g. --set base_year=2008"},
    {"rounds", 0, "N", 0, "most rounds of fitting one group, age and level; default: 100000"},
    {0},
};

static const struct cf_flag plan_options[] = {
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

static const struct cf_flag regret_options[] = {
    {"actions", 0, NULL, 0, "what the plans start, in place of how they fare"},
    {"draws", 0, NULL, 0, "each plan in each future"},
    {"scenario", 0, "CODE", 0, "of the actions: one plan only"},
    {"csv", 0, NULL, 0, "as CSV"},
    {"json", 0, NULL, 0, "as JSON"},
    {0},
};

static const struct cf_flag report_options[] = {
    {"output", 'o', "FILE.html", 0, "the page; default: report.html in this folder"},
    {"figures", 0, "DIR", 0, "every chart as an SVG file of its own"},
    {"workbook", 0, "FILE.xlsx", 0, "every table as a workbook, a sheet each"},
    {"csv", 0, "DIR", 0, "every table as tidy CSV, with datapackage.json, in a new folder"},
    {"suppress", 0, "N", 0, "hide persons above 0 and below N, and what tells them: 5"},
    {0},
};

static const struct cf_flag info_options[] = {
    {"json", 0, NULL, 0, "as JSON"},
    {0},
};

static const struct cf_flag export_options[] = {
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

static const struct cf_flag compare_options[] = {
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

static const struct cf_flag gap_options[] = {
    {"year", 0, "Y|Y-Y", 0, "these years; default: the last report year"},
    {"by", 0, "LEVEL", 0, "area, consortium, authority, subregion or region; default: authority"},
    {"route", 0, NULL, 0, "a row for each route (the default)"},
    {"line", 0, NULL, 0, "a row for each line"},
    {"scenario", 0, "CODE", 0, "one scenario only"},
    {"csv", 0, NULL, 0, "as CSV, in full precision"},
    {"json", 0, NULL, 0, "as JSON, in full precision"},
    {0},
};

static const struct cf_flag tier_options[] = {
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

static const struct cf_flag coverage_options[] = {
    {"year", 0, "Y|Y-Y", 0, "these years; default: the report years"},
    {"by", 0, "LEVEL", 0, "area, consortium, authority, subregion or region; default: consortium"},
    {"route", 0, NULL, 0, "a row for each route: the share of its lines within reach"},
    {"line", 0, NULL, 0, "a row for each line (the default)"},
    {"scenario", 0, "CODE", 0, "one scenario only"},
    {"csv", 0, NULL, 0, "as CSV, a row each cell, in full precision"},
    {"json", 0, NULL, 0, "as JSON, a record each cell, in full precision"},
    {0},
};

static const struct cf_flag duplicates_options[] = {
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

static const struct cf_flag flow_options[] = {
    {"year", 0, "Y|Y-Y", 0, "these years; default: the report years"},
    {"matrix", 0, NULL, 0, "from each authority to each other, not their sums"},
    {"route", 0, NULL, 0, "each route by itself; default: all of them together"},
    {"scenario", 0, "CODE", 0, "one scenario only"},
    {"csv", 0, NULL, 0, "as CSV, in full precision"},
    {"json", 0, NULL, 0, "as JSON, in full precision"},
    {0},
};

static const struct cf_flag decompose_options[] = {
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

static const struct cf_flag risks_options[] = {
    {"set", 0, "PATH=VALUE", 1, "a setting that `run` was given too"},
    {"year", 0, "Y|Y-Y", 0, "these report years; default: all of them"},
    {"indicator", 0, "CODE|all", 0, "this one, or a row for each; default: the worst of them"},
    {"authority", 0, "CODE", 0, "its areas alone; default: all areas"},
    {"threads", 0, "N", 0, "threads to use; default: as many as the machine offers"},
    {"csv", 0, NULL, 0, "as CSV, in full precision and with more columns"},
    {"json", 0, NULL, 0, "as JSON, the same"},
    {0},
};

static const struct cf_flag sensitivity_options[] = {
    {"indicator", 0, "CODE", 0, "one indicator only"},
    {"year", 0, "Y|Y-Y", 0, "these years; default: the last report year"},
    {"area", 0, "CODE", 0, "one area only; indicators do not add up"},
    {"scenario", 0, "CODE", 0, "one scenario only"},
    {"csv", 0, NULL, 0, "as CSV, in full precision"},
    {"json", 0, NULL, 0, "as JSON, in full precision"},
    {0},
};

static const struct cf_flag indicators_options[] = {
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

static const struct cf_flag providers_options[] = {
    {"provider", 0, "CODE", 0, "one provider only; as text in all report years"},
    {"year", 0, "Y|Y-Y", 0, "these years; default: the report years, as text the last of them"},
    {"scenario", 0, "CODE", 0, "one scenario only"},
    {"csv", 0, NULL, 0, "as CSV, in full precision"},
    {"json", 0, NULL, 0, "as JSON, in full precision"},
    {0},
};

static const struct cf_flag no_options[] = {{0}};

static const struct cf_flag priority_options[] = {
    {"top", 0, "N", 0, "a row for each of the first N, one for the rest; default: 10"},
    {"year", 0, "Y", 0, "a report year; default: the last"},
    {"by", 0, "LEVEL", 0, "area, consortium, authority, subregion or region; default: consortium"},
    {"scenario", 0, "CODE", 0, "one scenario only"},
    {"csv", 0, NULL, 0, "as CSV, in full precision, with reasons, criteria and central weights"},
    {"json", 0, NULL, 0, "as JSON, the same"},
    {0},
};

static const struct cf_flag value_options[] = {
    {"year", 0, "Y", 0, "a report year; default: the last"},
    {"by", 0, "LEVEL", 0, "of gaps: area, consortium (the default), authority, subregion, region"},
    {"scenario", 0, "CODE", 0, "the gaps of one scenario, not which scenario"},
    {"csv", 0, NULL, 0, "as CSV, in full precision, with tables and publishers"},
    {"json", 0, NULL, 0, "as JSON, the same"},
    {0},
};

const struct cf_command cf_commands[] = {
    {"check", "SCENARIO.cfg...", 1, 64, "check scenarios and their places, without running them",
     "Reports every error of every file in one pass at file:line:column. Exit 0 when good, 3 when\n"
     "not, 4 when the base year or a year after it cannot be computed. Nothing is written.",
     check_options, cf_cmd_check},
    {"run", "SCENARIO.cfg...", 1, 64, "run scenarios into one results file",
     "Every scenario's central runs and draws, in one HDF5 file (netCDF-4 compatible). The file\n"
     "appears complete and verified under its name, or not at all. Beside it, FILE.h5.json tells\n"
     "when, where and how fast it was made. What is done so far is kept in FILE.h5.part: stopped "
     "by\n"
     "a signal (exit 75) or killed, the same call goes on from there, to the same bytes.",
     run_options, cf_cmd_run},
    {"merge", "FILE.h5.part...", 1, 4096, "make a results file of the records of shards",
     "Reads the scenarios again, which must be what they were. Refuses (3) a set of runs that is "
     "not\n"
     "whole, or not one. FILE.h5.part is removed when FILE.h5 is there; other folders stay.",
     merge_options, cf_cmd_merge},
    {"submit", "SCENARIO.cfg...", 1, 64, "run scenarios by an array of tasks of a Slurm cluster",
     "Checks the scenarios, writes two scripts into FILE.h5.slurm and submits them with sbatch: "
     "an\n"
     "array whose task k does `run --shard k/N`, and a job that makes the file when all have "
     "ended,\n"
     "doing first what they may have left out. A task that runs out of time ends its batch and is\n"
     "queued again. Scenarios, program and results must lie where all nodes see them. For more, "
     "such\n"
     "as --account, set sbatch's own variables (SBATCH_ACCOUNT) or edit the scripts.",
     submit_options, cf_cmd_submit},
    {"status", "FILE.h5|FILE.h5.part", 1, 1, "say how many runs are done, failed and missing",
     "Of a results file, or of the records of runs that are being made, by shard.", status_options,
     cf_cmd_status},
    {"info", "FILE.h5", 1, 1, "say what a results file holds and where it came from", NULL,
     info_options, cf_cmd_info},
    {"verify", "FILE.h5", 1, 1, "read everything back and check hash, stocks and ledger",
     "Exit 0 when the file is whole and its invariants hold, 4 when not, 3 when it is no results\n"
     "file.",
     no_options, cf_cmd_verify},
    {"export", "FILE.h5", 1, 1, "write one variable as CSV or JSON to standard output",
     "A row each value. With --quantiles, --mean, --sd or --exceeds, a row for each value of a\n"
     "scenario and sweep point, with what is read off its draws; runs that failed and the central\n"
     "run are left out, `draws` says how many there were. Choosing and adding up is done draw by\n"
     "draw, before. The variable must be one that was kept for draws (`retain`); demand is read "
     "off\n"
     "demand_draws. --suppress hides what also tells a hidden number by a total of the same table. "
     "See\n"
     "output/README.md, Fan tables, Small numbers, Explore education statistics.",
     export_options, cf_cmd_export},
    {"compare", "A.h5 B.h5", 2, 2, "what differs between two results files, and because of what",
     "Files by hash, settings key by key, version and draws; then each variable, matched by code, "
     "and\n"
     "what it comes to in the report years. Draws of the same futures are taken in pairs. Exit 0\n"
     "where the results are equal within the tolerance, 1 where they differ; what went in may "
     "differ.\n"
     "NaN equals NaN. See output/README.md.",
     compare_options, cf_cmd_compare},
    {"gaps", "FILE.h5", 1, 1, "what is asked for and what is there, by tier and route or line",
     "By home area of the residents: demand, unplaced, and of these too far and crowded out. By "
     "site:\n"
     "arrivals (where demand would go if there were room), usable places, enrolled, shortfall and\n"
     "spare. good_share: of usable places, at good or better sites. viable_groups: groups of the\n"
     "line's viable_group, counted by offer. scarcity: the largest of its offers, in minutes.\n"
     "coverage: share of residents of the coverage ages (setting coverage_ages) within reach.\n"
     "Sites outside every area have a row of their own, by authority that of theirs. The rows\n"
     "`here` are all without these; the rows `all` add up to the results file.",
     gap_options, cf_cmd_gaps},
    {"tiers", "FILE.h5", 1, 1, "the lowest tier with learners enough for a group of each line",
     "Tiers are consortium, authority, subregion and region, as far as the areas have them, lower "
     "ones\n"
     "having more members. A member's demand for a line is that of its residents who can reach "
     "one\n"
     "site of its own, the best for that; a line is of the lowest tier where all members, or the\n"
     "share --share of them, have demand for its viable_group. demand_<tier> is that of the "
     "member\n"
     "that decides it; `binds` names that member at the tier of the line.",
     tier_options, cf_cmd_tiers},
    {"coverage", "FILE.h5", 1, 1, "who has which line within reach: red, amber or green",
     "Share of residents of the coverage ages (setting coverage_ages; 16 to 18): green from 95%,\n"
     "amber from 50%, red below. entitlement marks the lines that everybody is to have within\n"
     "reach.",
     coverage_options, cf_cmd_coverage},
    {"duplicates", "FILE.h5", 1, 1, "pairs of sites that teach the same to groups too small",
     "Both have learners, fewer than the line's viable_group, and both lie within T minutes of an "
     "area\n"
     "where at least half of the learners of the smaller group live. Minutes and reach are those "
     "of\n"
     "the run and year, levers and all.",
     duplicates_options, cf_cmd_duplicates},
    {"flows", "FILE.h5", 1, 1, "who learns in which authority: exports, imports, net",
     "Learners placed in the end. residents = at_home + exports, taught = at_home + imports,\n"
     "net = imports - exports; over all authorities exports are imports.",
     flow_options, cf_cmd_flows},
    {"indicators", "FILE.h5", 1, 1, "indicators against their targets: ranges, gaps and chances",
     "Baseline, target, median and ranges of the draws, how far the median is short of the "
     "target,\n"
     "the share of draws that meet it, the benchmark, and from when on the median is at it or\n"
     "better. A target that is not set is Not set, never 0. Exit 4 after printing where more than "
     "1%\n"
     "of the draws failed. See output/README.md, Decisions.",
     indicators_options, cf_cmd_indicators},
    {"decompose", "SCENARIO.cfg", 1, 1, "the change from the base year, by cause",
     "Runs the scenario's central assumptions with every set of the causes on: demography,\n"
     "progression, views, economy, policy, access, capacity. A row each year and quantity; what "
     "is\n"
     "under way anyway and the shares of the causes (Shapley) add up to the change. A cause that\n"
     "nothing of the scenario acts by has 0. Draws are left out. See output/README.md, Decisions.",
     decompose_options, cf_cmd_decompose},
    {"sensitivity", "FILE.h5", 1, 1, "what makes the indicators uncertain, entry by entry",
     "By the design of the draws. morris: mu_star, mu and sigma of each entry's effects. saltelli: "
     "the\n"
     "share of the variance an entry brings alone (first_order) and in all (total_order), with "
     "95%\n"
     "intervals, and a warning where these have not converged. Other designs: rank regression, a\n"
     "weaker answer. Rows of the design of which a draw failed are left out.",
     sensitivity_options, cf_cmd_sensitivity},
    {"risks", "SCENARIO.cfg FILE.h5", 2, 2, "what each risk does to targets and unmet places",
     "Makes the draws of the results again with each risk away and with each mitigated, all else\n"
     "the same, random numbers included. The scenario must be what the results were made from "
     "(3).\n"
     "A row each risk and report year: how likely it is, what it does where it happens, learners\n"
     "without a place and the chance of meeting a target as it is, without the risk and with it\n"
     "mitigated, what mitigation costs, and a rating in words. Exit 4 where over 1% of draws fail.",
     risks_options, cf_cmd_risks},
    {"value", "FILE.h5", 1, 1,
     "which uncertain inputs are worth getting, and what is known of them",
     "Value of information by regression: what a decision made knowing an input would save over "
     "one\n"
     "made without (evppi), of what knowing everything would. With several scenarios in the file\n"
     "decided is which of them; with one, or with --scenario, how many places to commission for "
     "each\n"
     "gap. Beside it the share of the variance of unplaced learners and of the indicators with "
     "targets\n"
     "that the input explains, and what sources.csv says of its table. See sim/MODEL.md 9.7.",
     value_options, cf_cmd_value},
    {"priorities", "FILE.h5", 1, 1, "what to commission first, how surely, and why",
     "A gap is a line for a member of a tier. Gaps are ranked by the place's criteria "
     "(criteria.csv; "
     "all\n"
     "alike without it), and with each rank stands how often it is taken over futures and "
     "weights,\n"
     "and the reasons in words. need: more, where it is short in half of the futures; new, where "
     "less\n"
     "than half of the residents have it within reach; less, where places are spare and groups "
     "too\n"
     "small; else none. See sim/MODEL.md 9.4.",
     priority_options, cf_cmd_priorities},
    {"plan", "SCENARIO.cfg FILE.h5", 2, 2, "which options to start when, within the budgets",
     "Chooses among options.csv of the place the units to start in each year, so that learners\n"
     "without a place and money together cost least, for a dozen futures that stand for the draws\n"
     "of FILE.h5. The plan is written as a scenario that extends SCENARIO.cfg, and simulated: "
     "what\n"
     "was planned and what came of it stand side by side. Exit 5 where no plan holds all limits;\n"
     "the rows that conflict are named.",
     plan_options, cf_cmd_plan},
    {"regret", "FILE.h5", 1, 1, "plans against futures: cost, regret, what stays in use",
     "Run several plans into one file: its scenarios are the plans, its draws the futures that "
     "they\n"
     "share. With --actions what they start, who does it, in how many futures the new places are\n"
     "still used at the end, and what can be started without regret.",
     regret_options, cf_cmd_regret},
    {"providers", "FILE.h5", 1, 1, "what the futures mean for each provider: roll, money, lines",
     "Sites that share the attribute `provider` are one. Enrolled in the base year and then, with "
     "its\n"
     "range over the draws, who would come if there were room, places, income by learner numbers,\n"
     "cost, lines that are new, gone or taught to fewer than their viable_group, and the chance "
     "of\n"
     "such a line. The row `all` adds up to the results file. Exit 4 after printing where more "
     "than\n"
     "1% of the draws failed. See output/README.md, Decisions.",
     providers_options, cf_cmd_providers},
    {"report", "FILE.h5...", 1, CF_REPORT_MOST_FILES,
     "a page to hand on: the answer, what it rests on, what to do",
     "One HTML file that needs nothing else: no network, and readable without its script, which "
     "adds\n"
     "a choice of scenario and area, and sorting, copies and downloads of each table. A section "
     "whose\n"
     "figures are not in the results says how to get them. The same results give the same bytes. "
     "It\n"
     "prints to paper or PDF from any browser. Exit 4 after writing where more than 1% of the "
     "draws\n"
     "failed. See output/README.md, The report.",
     report_options, cf_cmd_report},
    {"fit", "SCENARIO.cfg", 1, 1, "fit progression to the base stocks of consecutive ages",
     "Iterative proportional fitting: of all transitions that bring the base stock of each age to\n"
     "that of the next, those that say least beyond the prior; its zeros stay. The place's own\n"
     "tables/progression.csv is not read. Exit 3, and no file, where the prior cannot meet the\n"
     "base stock. See sim/MODEL.md 8.",
     fit_options, cf_cmd_fit},
    {"import", "ons-mye FILE.csv...", 2, 64, "make a place of published population estimates",
     "Mid-year estimates by single year of age, with components of change where a table has them,\n"
     "become axes, base stock, sources and a scenario, and history/, what `calibrate` reads. "
     "Refuses\n"
     "unknown columns and codes, sums that do not add up and suppressed figures, and says which.",
     cf_import_options, cf_cmd_import},
    {"calibrate", "SCENARIO.cfg", 1, 1, "fit moves to the past: cohort survival with shrinkage",
     "Net rates by area, group and age from what was observed up to base_year, those who enter at\n"
     "first_age, and how far a year's change was off: as an overlay that extends the scenario, "
     "with\n"
     "its tables beside it. The overlay says which years it was fitted to. See sim/MODEL.md 10.",
     cf_calibrate_options, cf_cmd_calibrate},
    {"schema", "", 0, 0, "list the axes, tables, settings and lever operations that can be used",
     NULL, no_options, cf_cmd_schema},
    {"template", "DIR", 1, 1, "make a small valid place to begin with",
     "Two areas, two groups, a few ages, two colleges, made-up numbers, and a README.md that says\n"
     "what each file is for. DIR must be new or empty (73 else); all files are there in the end,\n"
     "or none.",
     no_options, cf_cmd_template},
};
const int cf_n_commands = sizeof cf_commands / sizeof *cf_commands;

/* What the help says above a command: the commands from there on, as a planner meets them. */
const struct cf_command_group cf_command_groups[] = {
    {"check", "Run"},
    {"info", "Look at results"},
    {"gaps", "Ask what is missing"},
    {"indicators", "Ask why, and how sure"},
    {"priorities", "Decide"},
    {"report", "Hand on"},
    {"fit", "Make a place"},
    {0},
};
