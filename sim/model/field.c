#include "model/field.h"

#include "base/text.h"

#include <stdio.h>

/*
 * fields.def as a table. AXES(AREA, GROUP_TO) becomes one struct cf_dim an axis: the number and the
 * name of a dim come from the enumerator DIM_<axis> and the member name_<axis>, both made from
 * axes.def. AXES() has one empty item, which is why DIM_ and name_ without a tail exist.
 */
enum {
#define AXIS(id, name, letter, members, sentence)                                                  \
    DIM_##id = CF_AXIS_##id, DIM_##id##_TO = CF_AXIS_##id + CF_N_AXES,
#include "model/axes.def"
    DIM_ = 0
};

static const struct {
#define AXIS(id, name, letter, members, sentence)                                                  \
    char name_##id[sizeof name], name_##id##_TO[sizeof name "_to"];
#include "model/axes.def"
    char name_[1];
} dim_names = {
#define AXIS(id, name, letter, members, sentence) .name_##id = name, .name_##id##_TO = name "_to",
#include "model/axes.def"
};

#define DIM(item)                                                                                  \
    {                                                                                              \
        .axis = (enum cf_axis_id)(DIM_##item % CF_N_AXES), .to = DIM_##item / CF_N_AXES,           \
        .name = dim_names.name_##item                                                              \
    }
#define EACH1(a) DIM(a)
#define EACH2(a, ...) DIM(a), EACH1(__VA_ARGS__)
#define EACH3(a, ...) DIM(a), EACH2(__VA_ARGS__)
#define EACH4(a, ...) DIM(a), EACH3(__VA_ARGS__)
#define EACH5(a, ...) DIM(a), EACH4(__VA_ARGS__)
#define EACH6(a, ...) DIM(a), EACH5(__VA_ARGS__)
#define SEVENTH(a, b, c, d, e, f, g, ...) g
#define HOW_MANY(...) SEVENTH(__VA_ARGS__, 6, 5, 4, 3, 2, 1, 0)
#define EACH(...) SEVENTH(__VA_ARGS__, EACH6, EACH5, EACH4, EACH3, EACH2, EACH1, 0)(__VA_ARGS__)
#define AXES(...)                                                                                  \
    .n_dims = sizeof(#__VA_ARGS__) == 1 ? 0 : HOW_MANY(__VA_ARGS__), .dim = {EACH(__VA_ARGS__)}

/* A default that is a rule brings its rule as a second item; a number has only itself. */
#define REQUIRED 0, CF_DEFAULT_REQUIRED
#define ABSENT 0, CF_DEFAULT_ABSENT
#define FIRST 0, CF_DEFAULT_FIRST
#define SCHOOL 0, CF_DEFAULT_SCHOOL
#define IDENTITY 0, CF_DEFAULT_IDENTITY
#define FIRST_OF(a, ...) a
#define SECOND_OF(a, b, ...) b
#define DEFAULT_VALUE(...) FIRST_OF(__VA_ARGS__, 0)
#define DEFAULT_RULE(...) SECOND_OF(__VA_ARGS__, CF_DEFAULT_NUMBER, 0)

const struct cf_field_spec cf_field_specs[CF_N_FIELDS] = {
#define FIELD(id, axes, kind_, sum_, default_, low_, high_, use_, unit_, sentence_)                \
    [CF_FIELD_##id] = {.name = #id,                                                                \
                       axes,                                                                       \
                       .kind = CF_KIND_##kind_,                                                    \
                       .sum = CF_SUM_##sum_,                                                       \
                       .default_rule = DEFAULT_RULE(default_),                                     \
                       .default_value = DEFAULT_VALUE(default_),                                   \
                       .low = low_,                                                                \
                       .high = high_,                                                              \
                       .use = CF_USE_##use_,                                                       \
                       .unit = unit_,                                                              \
                       .sentence = sentence_},
#include "model/fields.def"
};

int cf_field_find(const char *name)
{
    for (int f = 0; f < CF_N_FIELDS; f++)
        if (cf_text_same(cf_field_specs[f].name, name))
            return f;
    return -1;
}

int cf_field_yearly(enum cf_field_id field)
{
    const struct cf_field_spec *spec = &cf_field_specs[field];
    return spec->n_dims > 0 && spec->dim[0].axis == CF_AXIS_YEAR;
}

const char *cf_field_axes_text(enum cf_field_id field, char *buffer, size_t room)
{
    const struct cf_field_spec *spec = &cf_field_specs[field];
    size_t used = 0;
    if (room > 0)
        buffer[0] = '\0';
    for (int d = 0; d < spec->n_dims && used < room; d++) {
        int more = snprintf(buffer + used, room - used, d ? " %s" : "%s", spec->dim[d].name);
        used += (size_t)more;
    }
    return buffer;
}
