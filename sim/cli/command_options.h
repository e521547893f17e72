#ifndef CF_COMMAND_OPTIONS_H
#define CF_COMMAND_OPTIONS_H

#include "cli/command.h"

/* What commands take; each ends with a NULL name. */
extern const struct cf_flag cf_check_options[], cf_run_options[], cf_merge_options[],
    cf_submit_options[], cf_status_options[], cf_fit_options[], cf_calibrate_options[],
    cf_import_options[], cf_hindcast_options[], cf_plan_options[], cf_regret_options[],
    cf_report_options[], cf_info_options[], cf_export_options[], cf_compare_options[],
    cf_gap_options[], cf_tier_options[], cf_coverage_options[], cf_duplicates_options[],
    cf_flow_options[], cf_decompose_options[], cf_risks_options[], cf_sensitivity_options[],
    cf_indicators_options[], cf_providers_options[], cf_priority_options[], cf_no_options[],
    cf_value_options[];

#endif
