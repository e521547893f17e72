#include "cli/command.h"

#include "base/text.h"
#include "model/selector.h"

#include <limits.h>
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

void cf_call_set(struct cf_call *call, const char *option, const char *value)
{
    const int i = option_index(call, option);
    if (i >= 0)
        call->value[i] = value;
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

int cf_call_number(const struct cf_call *call, const char *option, double low, double high,
                   double *value)
{
    const char *text = cf_call_value(call, option);
    if (!text)
        return 1;
    if (cf_parse_double(text, value) && *value > low && *value <= high)
        return 1;
    cf_report(call->diag, CF_ERROR, "call.number", (struct cf_at){0}, NULL,
              "--%s wants a number above %g, %g at most, not '%s'", option, low, high, text);
    return 0;
}

int cf_call_span(const struct cf_call *call, const char *option, struct cf_table_span *room,
                 const struct cf_table_span **span)
{
    const char *text = cf_call_value(call, option);
    int single;
    *span = text ? room : NULL;
    if (!text || (cf_parse_range(text, &room->first, &room->last, &single) &&
                  room->first <= room->last && (room->first != INT_MIN || room->last != INT_MAX)))
        return 1;
    cf_report(call->diag, CF_ERROR, "call.span", (struct cf_at){0}, NULL,
              "--%s wants a number or a range like %s, not '%s'", option,
              cf_text_same(option, "age") ? "16-18" : "2013-2015", text);
    return 0;
}

int cf_call_either(const struct cf_call *call, const char *option, const char *other)
{
    if (!cf_call_value(call, option) || !cf_call_value(call, other))
        return 1;
    cf_report(call->diag, CF_ERROR, "call.both", (struct cf_at){0}, NULL,
              "--%s and --%s are both given", option, other);
    return 0;
}
