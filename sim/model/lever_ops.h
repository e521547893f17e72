#ifndef CF_LEVER_OPS_H
#define CF_LEVER_OPS_H

/*
 * What a lever does to a value: one row an operation. To add one, write its function and its row.
 */
struct cf_lever_op {
    const char *name;
    double (*apply)(double x, double value);
    const char *sentence;
};
extern const struct cf_lever_op cf_lever_ops[];
extern const int cf_n_lever_ops;

/* Index of an operation, or -1. */
int cf_lever_op_find(const char *name);

#endif
