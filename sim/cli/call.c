#include "cli/command.h"

#include "base/text.h"
#include "model/selector.h"
#include "output/render_csv.h"
#include "output/render_text.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>

/* Any number of so many digits fits 63 bits, as a scenario has them. */
#define MOST_SEED_DIGITS 18

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

int cf_call_seed(const struct cf_call *call, const char *option, unsigned long long *value)
{
    const char *text = cf_call_value(call, option);
    const size_t length = text ? strlen(text) : 0;
    if (!text)
        return 1;
    if (length > 0 && length <= MOST_SEED_DIGITS && strspn(text, "0123456789") == length) {
        *value = strtoull(text, NULL, 10);
        return 1;
    }
    cf_report(call->diag, CF_ERROR, "call.number", (struct cf_at){0}, NULL,
              "--%s wants a whole number of at most %d digits, not '%s'", option, MOST_SEED_DIGITS,
              text);
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

/* The next of a list of numbers with a comma between; returns what follows it, NULL where it is
 * none. */
static const char *next_number(const char *list, double *value)
{
    char number[CF_NUMBER_ROOM];
    const size_t length = strcspn(list, ",");
    if (length >= sizeof number)
        return NULL;
    memcpy(number, list, length);
    number[length] = '\0';
    return cf_parse_double(number, value) ? list + length : NULL;
}

int cf_call_numbers(const struct cf_call *call, const char *option, double low, double high,
                    int most, double *value, int *n)
{
    const char *text = cf_call_value(call, option), *at = text;
    int good = 1;
    for (*n = 0; at && good && *n < most; at++) {
        at = next_number(at, &value[*n]);
        good = at && value[*n] >= low && value[*n] <= high;
        for (int k = 0; good && k < *n; k++)
            good = value[k] != value[*n];
        ++*n;
        if (!good || !*at)
            break;
    }
    if (good && (!at || !*at))
        return 1;
    cf_report(call->diag, CF_ERROR, "call.numbers", (struct cf_at){0}, NULL,
              "--%s wants at most %d different numbers from %g to %g, a comma between, not '%s'",
              option, most, low, high, text);
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

enum cf_status cf_call_print(const struct cf_call *call, const struct cf_table *table,
                             cf_renderer *usual)
{
    cf_renderer *render = cf_call_value(call, "json")   ? cf_render_json
                          : cf_call_value(call, "csv")  ? cf_render_csv
                          : cf_call_value(call, "text") ? cf_render_text
                                                        : usual;
    return render(table, stdout, call->diag);
}
