#include "cli/command.h"

#include <cohortflow/results.h>

enum cf_status cf_cmd_verify(const struct cf_call *call)
{
    const enum cf_status status = cf_results_verify(call->operand[0], call->diag);
    if (status == CF_OK && !call->quiet)
        printf("%s: whole; hash, stocks and ledger agree\n", call->operand[0]);
    return status;
}
