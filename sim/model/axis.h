#ifndef CF_AXIS_H
#define CF_AXIS_H

#include "base/arena.h"
#include "base/diag.h"
#include "base/names.h"

enum cf_axis_id {
#define AXIS(id, name, letter, members, sentence) CF_AXIS_##id,
#include "model/axes.def"
    CF_N_AXES
};

enum cf_axis_members { CF_FILE_NEEDED, CF_FILE_OPTIONAL, CF_SETTINGS, CF_DERIVED };

/* What the program knows of an axis: axes.def as a table. */
struct cf_axis_spec {
    const char *name;
    enum cf_axis_members members;
    const char *sentence;
};
extern const struct cf_axis_spec cf_axis_specs[CF_N_AXES];

/* An attribute column of an axis: one value a member, "" where empty. */
struct cf_attribute {
    const char *name;
    const char **value;     /* [n] of the axis */
    struct cf_names values; /* the different values, in order of first member */
    int *number;            /* [n] index into values */
    struct cf_at *at;       /* [n] where each value stands */
    struct cf_at head;      /* where its name stands */
};

/* The members of an axis, in order, with their attributes. */
struct cf_axis {
    enum cf_axis_id id;
    const char *name;
    const char *path; /* the file it came from; "" for settings and derived */
    int n;
    int doubtful;          /* rows of its file were wrong and reported: it may lack members */
    struct cf_names codes; /* codes.name[n] */
    const char **label;    /* [n] */
    struct cf_at *at;      /* [n] where each member stands in its file */
    int n_attributes;
    struct cf_attribute *attribute;
};

/* Index of an attribute of the axis, or -1. */
int cf_axis_attribute(const struct cf_axis *axis, const char *name);
/* Value of an attribute of a member, NULL where the axis has no such attribute. */
const char *cf_axis_value(const struct cf_axis *axis, const char *attribute, int member);
#define CF_LABEL_HELP_ROOM 256
/* Help for who wrote a label in place of its code, into buffer; NULL where it is no label. */
const char *cf_axis_label_help(const struct cf_axis *axis, const char *wrong, char *buffer,
                               size_t room);

#endif
