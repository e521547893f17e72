#ifndef COHORTFLOW_RESULTS_H
#define COHORTFLOW_RESULTS_H

#include <cohortflow/diag.h>
#include <stddef.h>

#ifdef __cplusplus
extern "C" {
#endif

/*
 * Reading a results file. The file is a contract (output/README.md); this is its reader. Strings
 * and arrays belong to the handle and live until it is closed. Not safe for use by several
 * threads at once.
 */
typedef struct cf_results cf_results;

#define CF_RESULTS_MOST_DIMS 8

/* A dimension: its size and its coordinate, codes (text) or numbers (years, ages, run numbers). */
struct cf_results_dim {
    const char *name;
    size_t n;
    const char *const *code;  /* [n], NULL where the coordinate is numbers */
    const char *const *label; /* [n] `<dim>_name`, NULL where there is none */
    const int *number;        /* [n], NULL where the coordinate is codes */
};

/* A variable: slowest dimension first, as in the file. */
struct cf_results_variable {
    const char *name, *units, *long_name;
    int is_integer; /* int32 in the file, else double */
    int n_dims;
    const struct cf_results_dim *dim[CF_RESULTS_MOST_DIMS];
};

/* Open a file; CF_BAD_INPUT, reported, when it is missing or no results file of ours. */
enum cf_status cf_results_open(const char *path, cf_results **results, cf_diag *diag);
void cf_results_close(cf_results *results);

/* Variables other than coordinates, in the order of the file. */
size_t cf_results_n_variables(const cf_results *results);
const struct cf_results_variable *cf_results_variable(const cf_results *results, size_t i);
const struct cf_results_variable *cf_results_find(const cf_results *results, const char *name);
const struct cf_results_dim *cf_results_dim(const cf_results *results, const char *name);

/* Value of an attribute of an axis' members ("area", "authority") as codes [n], or NULL. */
const char *const *cf_results_attribute(const cf_results *results, const char *axis,
                                        const char *attribute);

/* A text of the root or of /provenance ("content_sha256", "title", "version", "scenario", ...),
 * NULL where there is none. */
const char *cf_results_text(const cf_results *results, const char *name);

/* The texts of a dataset of /provenance ("input_file", "input_sha256", "scenario_text", ...), [*n],
 * NULL where there is none. */
const char *const *cf_results_list(const cf_results *results, const char *name, size_t *n);

/* All values of a variable as doubles, row-major, malloc'ed: free() it. NULL when reading failed
 * (reported). NaN where undefined. */
double *cf_results_read(cf_results *results, const struct cf_results_variable *variable,
                        cf_diag *diag);

/* The same of n members of the slowest dimension, from member `first` on (they must be there), into
 * value: [n][product of the other dimensions]. A large variable can be read so without holding it.
 * CF_BAD_INPUT, reported, when reading failed. */
enum cf_status cf_results_read_rows(cf_results *results, const struct cf_results_variable *variable,
                                    size_t first, size_t n, double *value, cf_diag *diag);

/*
 * Check a file: everything can be read, the content hash agrees, stocks are finite and not
 * negative, the ledger closes (to 1e-9 of the row's largest term, at least one person), every run
 * is ok. CF_OK, or CF_BROKEN with what is wrong reported, or CF_BAD_INPUT as cf_results_open.
 */
enum cf_status cf_results_verify(const char *path, cf_diag *diag);

#ifdef __cplusplus
}
#endif
#endif
