#include "model/axis.h"

#include "base/text.h"

#include <stdio.h>

const struct cf_axis_spec cf_axis_specs[CF_N_AXES] = {
#define AXIS(id, name, letter, members, sentence) [CF_AXIS_##id] = {name, CF_##members, sentence},
#include "model/axes.def"
};

int cf_axis_attribute(const struct cf_axis *axis, const char *name)
{
    for (int k = 0; k < axis->n_attributes; k++)
        if (cf_text_same(axis->attribute[k].name, name))
            return k;
    return -1;
}

const char *cf_axis_label_help(const struct cf_axis *axis, const char *wrong, char *buffer,
                               size_t room)
{
    for (int k = 0; axis->label != NULL && k < axis->n; k++)
        if (cf_text_same(axis->label[k], wrong)) {
            snprintf(buffer, room, "did you mean the code %s (%s)?", axis->codes.name[k], wrong);
            return buffer;
        }
    return NULL;
}

const char *cf_axis_value(const struct cf_axis *axis, const char *attribute, int member)
{
    int k = cf_axis_attribute(axis, attribute);
    return k < 0 ? NULL : axis->attribute[k].value[member];
}
