#include "cli/command_options.h"

/* Every command, in the order of the help: as a planner meets them. To add one, write its function,
 * its options (command_options.c) and its row. */

const struct cf_command cf_commands[] = {
    {"check", "SCENARIO.cfg...", 1, 64, "check scenarios and their places, without running them",
     "Reports every error of every file in one pass at file:line:column. Exit 0 when good, 3 when\n"
     "not, 4 when the base year or a year after it cannot be computed. Nothing is written.",
     cf_check_options, cf_cmd_check},
    {"run", "SCENARIO.cfg...", 1, 64, "run scenarios into one results file",
     "Every scenario's central runs and draws, in one HDF5 file (netCDF-4 compatible). The file\n"
     "appears complete and verified under its name, or not at all. Beside it, FILE.h5.json tells\n"
     "when, where and how fast it was made. What is done so far is kept in FILE.h5.part: stopped "
     "by\n"
     "a signal (exit 75) or killed, the same call goes on from there, to the same bytes.",
     cf_run_options, cf_cmd_run},
    {"merge", "FILE.h5.part...", 1, 4096, "make a results file of the records of shards",
     "Reads the scenarios again, which must be what they were. Refuses (3) a set of runs that is "
     "not\n"
     "whole, or not one. FILE.h5.part is removed when FILE.h5 is there; other folders stay.",
     cf_merge_options, cf_cmd_merge},
    {"submit", "SCENARIO.cfg...", 1, 64, "run scenarios by an array of tasks of a Slurm cluster",
     "Checks the scenarios, writes two scripts into FILE.h5.slurm and submits them with sbatch: "
     "an\n"
     "array whose task k does `run --shard k/N`, and a job that makes the file when all have "
     "ended,\n"
     "doing first what they may have left out. A task that runs out of time ends its batch and is\n"
     "queued again. Scenarios, program and results must lie where all nodes see them. For more, "
     "such\n"
     "as --account, set sbatch's own variables (SBATCH_ACCOUNT) or edit the scripts.",
     cf_submit_options, cf_cmd_submit},
    {"status", "FILE.h5|FILE.h5.part", 1, 1, "say how many runs are done, failed and missing",
     "Of a results file, or of the records of runs that are being made, by shard.",
     cf_status_options, cf_cmd_status},
    {"info", "FILE.h5", 1, 1, "say what a results file holds and where it came from", NULL,
     cf_info_options, cf_cmd_info},
    {"verify", "FILE.h5", 1, 1, "read everything back and check hash, stocks and ledger",
     "Exit 0 when the file is whole and its invariants hold, 4 when not, 3 when it is no results\n"
     "file.",
     cf_no_options, cf_cmd_verify},
    {"export", "FILE.h5", 1, 1, "write one variable as CSV or JSON to standard output",
     "A row each value. With --quantiles, --mean, --sd or --exceeds, a row for each value of a\n"
     "scenario and sweep point, with what is read off its draws; runs that failed and the central\n"
     "run are left out, `draws` says how many there were. Choosing and adding up is done draw by\n"
     "draw, before. The variable must be one that was kept for draws (`retain`); demand is read "
     "off\n"
     "demand_draws. --suppress hides what also tells a hidden number by a total of the same table. "
     "See\n"
     "output/README.md, Fan tables, Small numbers, Explore education statistics.",
     cf_export_options, cf_cmd_export},
    {"compare", "A.h5 B.h5", 2, 2, "what differs between two results files, and because of what",
     "Files by hash, settings key by key, version and draws; then each variable, matched by code, "
     "and\n"
     "what it comes to in the report years. Draws of the same futures are taken in pairs. Exit 0\n"
     "where the results are equal within the tolerance, 1 where they differ; what went in may "
     "differ.\n"
     "NaN equals NaN. See output/README.md.",
     cf_compare_options, cf_cmd_compare},
    {"gaps", "FILE.h5", 1, 1, "what is asked for and what is there, by tier and route or line",
     "By home area of the residents: demand, unplaced, and of these too far and crowded out. By "
     "site:\n"
     "arrivals (where demand would go if there were room), usable places, enrolled, shortfall and\n"
     "spare. good_share: of usable places, at good or better sites. viable_groups: groups of the\n"
     "line's viable_group, counted by offer. scarcity: the largest of its offers, in minutes.\n"
     "coverage: share of residents of the coverage ages (setting coverage_ages) within reach.\n"
     "Sites outside every area have a row of their own, by authority that of theirs. The rows\n"
     "`here` are all without these; the rows `all` add up to the results file.",
     cf_gap_options, cf_cmd_gaps},
    {"tiers", "FILE.h5", 1, 1, "the lowest tier with learners enough for a group of each line",
     "Tiers are consortium, authority, subregion and region, as far as the areas have them, lower "
     "ones\n"
     "having more members. A member's demand for a line is that of its residents who can reach "
     "one\n"
     "site of its own, the best for that; a line is of the lowest tier where all members, or the\n"
     "share --share of them, have demand for its viable_group. demand_<tier> is that of the "
     "member\n"
     "that decides it; `binds` names that member at the tier of the line.",
     cf_tier_options, cf_cmd_tiers},
    {"coverage", "FILE.h5", 1, 1, "who has which line within reach: red, amber or green",
     "Share of residents of the coverage ages (setting coverage_ages; 16 to 18): green from 95%,\n"
     "amber from 50%, red below. entitlement marks the lines that everybody is to have within\n"
     "reach.",
     cf_coverage_options, cf_cmd_coverage},
    {"duplicates", "FILE.h5", 1, 1, "pairs of sites that teach the same to groups too small",
     "Both have learners, fewer than the line's viable_group, and both lie within T minutes of an "
     "area\n"
     "where at least half of the learners of the smaller group live. Minutes and reach are those "
     "of\n"
     "the run and year, levers and all.",
     cf_duplicates_options, cf_cmd_duplicates},
    {"flows", "FILE.h5", 1, 1, "who learns in which authority: exports, imports, net",
     "Learners placed in the end. residents = at_home + exports, taught = at_home + imports,\n"
     "net = imports - exports; over all authorities exports are imports.",
     cf_flow_options, cf_cmd_flows},
    {"indicators", "FILE.h5", 1, 1, "indicators against their targets: ranges, gaps and chances",
     "Baseline, target, median and ranges of the draws, how far the median is short of the "
     "target,\n"
     "the share of draws that meet it, the benchmark, and from when on the median is at it or\n"
     "better. A target that is not set is Not set, never 0. Exit 4 after printing where more than "
     "1%\n"
     "of the draws failed. See output/README.md, Decisions.",
     cf_indicators_options, cf_cmd_indicators},
    {"decompose", "SCENARIO.cfg", 1, 1, "the change from the base year, by cause",
     "Runs the scenario's central assumptions with every set of the causes on: demography,\n"
     "progression, views, economy, policy, access, capacity. A row each year and quantity; what "
     "is\n"
     "under way anyway and the shares of the causes (Shapley) add up to the change. A cause that\n"
     "nothing of the scenario acts by has 0. Draws are left out. See output/README.md, Decisions.",
     cf_decompose_options, cf_cmd_decompose},
    {"sensitivity", "FILE.h5", 1, 1, "what makes the indicators uncertain, entry by entry",
     "By the design of the draws. morris: mu_star, mu and sigma of each entry's effects. saltelli: "
     "the\n"
     "share of the variance an entry brings alone (first_order) and in all (total_order), with "
     "95%\n"
     "intervals, and a warning where these have not converged. Other designs: rank regression, a\n"
     "weaker answer. Rows of the design of which a draw failed are left out.",
     cf_sensitivity_options, cf_cmd_sensitivity},
    {"risks", "SCENARIO.cfg FILE.h5", 2, 2, "what each risk does to targets and unmet places",
     "Makes the draws of the results again with each risk away and with each mitigated, all else\n"
     "the same, random numbers included. The scenario must be what the results were made from "
     "(3).\n"
     "A row each risk and report year: how likely it is, what it does where it happens, learners\n"
     "without a place and the chance of meeting a target as it is, without the risk and with it\n"
     "mitigated, what mitigation costs, and a rating in words. Exit 4 where over 1% of draws fail.",
     cf_risks_options, cf_cmd_risks},
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
     cf_value_options, cf_cmd_value},
    {"hindcast", "SCENARIO.cfg", 1, 1,
     "score a projection from an earlier base against what came out",
     "Runs the scenario with its draws and sets the years since beside what came out: errors, how\n"
     "many cells the bands hold, CRPS, beside no change, the cohorts of the base year without\n"
     "migration, constant shares and, if given, an official projection. A dimension that a row of\n"
     "the file leaves out is summed over; ages may be ranges. Exit 3 where a year was fitted to\n"
     "(setting `fitted`): its error would flatter. See sim/MODEL.md 11.",
     cf_hindcast_options, cf_cmd_hindcast},
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
     cf_priority_options, cf_cmd_priorities},
    {"plan", "SCENARIO.cfg FILE.h5", 2, 2, "which options to start when, within the budgets",
     "Chooses among options.csv of the place the units to start in each year, so that learners\n"
     "without a place and money together cost least, for a dozen futures that stand for the draws\n"
     "of FILE.h5. The plan is written as a scenario that extends SCENARIO.cfg, and simulated: "
     "what\n"
     "was planned and what came of it stand side by side. Exit 5 where no plan holds all limits;\n"
     "the rows that conflict are named.",
     cf_plan_options, cf_cmd_plan},
    {"regret", "FILE.h5", 1, 1, "plans against futures: cost, regret, what stays in use",
     "Run several plans into one file: its scenarios are the plans, its draws the futures that "
     "they\n"
     "share. With --actions what they start, who does it, in how many futures the new places are\n"
     "still used at the end, and what can be started without regret.",
     cf_regret_options, cf_cmd_regret},
    {"providers", "FILE.h5", 1, 1, "what the futures mean for each provider: roll, money, lines",
     "Sites that share the attribute `provider` are one. Enrolled in the base year and then, with "
     "its\n"
     "range over the draws, who would come if there were room, places, income by learner numbers,\n"
     "cost, lines that are new, gone or taught to fewer than their viable_group, and the chance "
     "of\n"
     "such a line. The row `all` adds up to the results file. Exit 4 after printing where more "
     "than\n"
     "1% of the draws failed. See output/README.md, Decisions.",
     cf_providers_options, cf_cmd_providers},
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
     cf_report_options, cf_cmd_report},
    {"fit", "SCENARIO.cfg", 1, 1, "fit progression to the base stocks of consecutive ages",
     "Iterative proportional fitting: of all transitions that bring the base stock of each age to\n"
     "that of the next, those that say least beyond the prior; its zeros stay. The place's own\n"
     "tables/progression.csv is not read. Exit 3, and no file, where the prior cannot meet the\n"
     "base stock. See sim/MODEL.md 8.",
     cf_fit_options, cf_cmd_fit},
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
     NULL, cf_no_options, cf_cmd_schema},
    {"template", "DIR", 1, 1, "make a small valid place to begin with",
     "Two areas, two groups, a few ages, two colleges, made-up numbers, and a README.md that says\n"
     "what each file is for. DIR must be new or empty (73 else); all files are there in the end,\n"
     "or none.",
     cf_no_options, cf_cmd_template},
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
