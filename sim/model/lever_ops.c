#include "model/lever_ops.h"

#include "base/numeric.h"
#include "base/text.h"

/* An absent value (NaN) stays absent under every operation but `set`. */

static double set(double x, double value)
{
    (void)x;
    return value;
}

static double add(double x, double value)
{
    return x + value;
}

static double scale(double x, double value)
{
    return x * value;
}

/* Nothing times a factor that overflowed is still nothing. */
static double log_add(double x, double value)
{
    return x == 0 ? x : x * cf_exp(value);
}

/* The exponential is taken of the side that cannot overflow. */
static double logit_add(double x, double value)
{
    if (!(x > 0 && x < 1))
        return x;
    if (value > 0)
        return x / (x + (1 - x) * cf_exp(-value));
    double up = x * cf_exp(value);
    return up / (1 - x + up);
}

static double ceiling(double x, double value)
{
    return x > value ? value : x;
}

static double at_least(double x, double value)
{
    return x < value ? value : x;
}

const struct cf_lever_op cf_lever_ops[] = {
    {"set", set, "becomes the value"},
    {"add", add, "the value is added"},
    {"scale", scale, "is multiplied by the value"},
    {"log_add", log_add, "is multiplied by e to the value"},
    {"logit_add", logit_add, "the value is added to the log odds; 0 and 1 stay"},
    {"min", ceiling, "is at most the value"},
    {"max", at_least, "is at least the value"},
};
const int cf_n_lever_ops = (int)(sizeof cf_lever_ops / sizeof cf_lever_ops[0]);

int cf_lever_op_find(const char *name)
{
    for (int k = 0; k < cf_n_lever_ops; k++)
        if (cf_text_same(cf_lever_ops[k].name, name))
            return k;
    return -1;
}
