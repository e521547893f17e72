#include <cohortflow/status.h>

const char *cf_status_text(enum cf_status status)
{
    switch (status) {
    case CF_OK:
        return "done";
    case CF_FINDINGS:
        return "done, with findings";
    case CF_USAGE:
        return "wrong use of the command";
    case CF_BAD_INPUT:
        return "wrong input";
    case CF_BROKEN:
        return "an invariant failed";
    case CF_INFEASIBLE:
        return "no solution, or a limit was reached";
    case CF_INTERNAL:
        return "a fault of the program, or out of memory";
    case CF_CANNOT_CREATE:
        return "the output cannot be created";
    case CF_IO:
        return "reading or writing failed";
    case CF_STOPPED:
        return "stopped before the end";
    }
    return "an unknown status";
}
