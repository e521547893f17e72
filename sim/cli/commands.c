#include "cli/command.h"

/* Every command, in the order of the help. To add one, write its function and its row. */

static const struct cf_option check_options[] = {
    {"set", 0, "PATH=VALUE", 1, "override a setting, e.g. --set end_year=2015"},
    {"json", 0, NULL, 0, "all messages as JSON on standard output as well"},
    {0},
};

static const struct cf_option run_options[] = {
    {"set", 0, "PATH=VALUE", 1, "override a setting, e.g. --set end_year=2015"},
    {"output", 'o', "FILE.h5", 0, "results file; default <scenario>.h5 in this folder"},
    {"threads", 0, "N", 0, "threads to use; default: as many as the machine offers"},
    {"kernels", 0, "BUILD", 0, "auto, v4, v3 or generic; the results are the same bytes"},
    {"write-push", 0, "FILE.csv", 0, "the shifts a back-cast solved, as a push table"},
    {"dry-run", 0, NULL, 0, "say what would be done, how large and how long, and stop"},
    {0},
};

static const struct cf_option fit_options[] = {
    {"prior", 0, "FILE.csv", 0, "what is believed of progression, as a table of progression"},
    {"output", 'o', "FILE.csv", 0, "the fitted table, e.g. tables/progression.csv of the place"},
    {"set", 0, "PATH=VALUE", 1, "override a setting, e.g. --set base_year=2008"},
    {"rounds", 0, "N", 0, "most rounds of fitting one group, age and level; default: 100000"},
    {0},
};

static const struct cf_option info_options[] = {
    {"json", 0, NULL, 0, "as JSON"},
    {0},
};

static const struct cf_option export_options[] = {
    {"variable", 0, "NAME", 0, "the variable to export; `cohortflow info` lists them"},
    {"scenario", 0, "CODE", 0, "one scenario only"},
    {"year", 0, "Y|Y-Y", 0, "these years only: 2015, 2013-2015"},
    {"age", 0, "A|A-A", 0, "these ages only: 17, 16-18"},
    {"by", 0, "LEVEL", 0, "add areas up: area, consortium, authority, subregion or region"},
    {"sum", 0, "DIM[,DIM]", 0, "add up over these, of what is left: --age 16-18 --sum group,age"},
    {"csv", 0, NULL, 0, "as CSV (the default)"},
    {"json", 0, NULL, 0, "as JSON"},
    {0},
};

static const struct cf_option no_options[] = {{0}};

const struct cf_command cf_commands[] = {
    {"check", "SCENARIO.cfg...", 1, 64, "check scenarios and their places, without running them",
     "Reports every error of every file in one pass at file:line:column. Exit 0 when good, 3 when\n"
     "not. Nothing is written.",
     check_options, cf_cmd_check},
    {"run", "SCENARIO.cfg...", 1, 64, "run scenarios into one results file",
     "Every scenario's central run, in one HDF5 file (netCDF-4 compatible). The file appears\n"
     "complete and verified under its name, or not at all. Beside it, FILE.h5.json tells when,\n"
     "where and how fast it was made.",
     run_options, cf_cmd_run},
    {"info", "FILE.h5", 1, 1, "say what a results file holds and where it came from", NULL,
     info_options, cf_cmd_info},
    {"export", "FILE.h5", 1, 1, "write one variable as CSV or JSON to standard output", NULL,
     export_options, cf_cmd_export},
    {"verify", "FILE.h5", 1, 1, "read everything back and check hash, stocks and ledger",
     "Exit 0 when the file is whole and its invariants hold, 4 when not, 3 when it is no results\n"
     "file.",
     no_options, cf_cmd_verify},
    {"fit", "SCENARIO.cfg", 1, 1, "fit progression to the base stocks of consecutive ages",
     "Iterative proportional fitting: of all transitions that bring the base stock of each age to\n"
     "that of the next, those that say least beyond the prior; its zeros stay. The place's own\n"
     "tables/progression.csv is not read. Exit 3, and no file, where the prior cannot meet the\n"
     "base stock. See sim/MODEL.md 8.",
     fit_options, cf_cmd_fit},
    {"schema", "", 0, 0, "list the axes, tables, settings and lever operations that can be used",
     NULL, no_options, cf_cmd_schema},
    {"template", "DIR", 1, 1, "make a small valid place to begin with",
     "Two areas, two groups, a few ages, two colleges, made-up numbers, and a README.md that says\n"
     "what each file is for. DIR must be new or empty (73 else); all files are there in the end,\n"
     "or none.",
     no_options, cf_cmd_template},
};
const int cf_n_commands = sizeof cf_commands / sizeof *cf_commands;
