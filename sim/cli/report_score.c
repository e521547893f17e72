#include "cli/report_parts.h"

/* How well would this have foretold the past? Nothing in a results file says so yet. */
void cf_report_score(struct cf_report_maker *maker)
{
    cf_report_begin_section(maker, "score", "How well has this way of looking ahead done before?",
                            "A projection deserves trust in so far as it would have been right.");
    cf_report_miss(maker,
                   "Not measured for these results: read every number below as what would follow "
                   "from the assumptions, not as a tested forecast. To measure it, describe the "
                   "place as it was known some years ago, run it to a year that has since been "
                   "counted, and hold the export beside the count:",
                   "cohortflow run EARLIER.cfg -o earlier.h5 && cohortflow export earlier.h5 "
                   "--variable stock --sum group --year YEAR");
}
