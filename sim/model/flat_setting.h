#ifndef CF_FLAT_SETTING_H
#define CF_FLAT_SETTING_H

#include <stddef.h>

/* A setting of a resolved scenario by itself. */
struct cf_flat_setting {
    const char *path;  /* "levers.new sixth form.value", as --set has it */
    size_t entry;      /* bytes of the path as far as the entry of a list of groups that it belongs
                          to, "levers.new sixth form"; else all of it */
    const char *value; /* as a scenario writes it */
};

struct cf_flat_settings {
    int n;
    const struct cf_flat_setting *setting; /* [n] in the order of the scenario */
};

#endif
