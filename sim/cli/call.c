#include "cli/command.h"

#include "base/text.h"

#include <string.h>

static int option_index(const struct cf_call *call, const char *name)
{
    for (int i = 0; call->command->options[i].name; i++)
        if (!strcmp(call->command->options[i].name, name))
            return i;
    return -1;
}

const char *cf_call_value(const struct cf_call *call, const char *option)
{
    const int i = option_index(call, option);
    return i < 0 ? NULL : call->value[i];
}

int cf_call_int(const struct cf_call *call, const char *option, int low, int high, int *value)
{
    const char *text = cf_call_value(call, option);
    if (!text)
        return 1;
    if (cf_parse_int(text, value) && *value >= low && *value <= high)
        return 1;
    cf_report(call->diag, CF_ERROR, "call.number", (struct cf_at){0}, NULL,
              "--%s wants a whole number from %d to %d, not '%s'", option, low, high, text);
    return 0;
}
