#include "base/text.h"
#include "calibrate/check.h"
#include "calibrate/fit.h"
#include "cli/command.h"
#include "input/load.h"
#include "output/image.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#define MOST_ROUNDS 100000

static enum cf_status needs(const struct cf_call *call, const char *option)
{
    if (cf_call_value(call, option))
        return CF_OK;
    cf_report(call->diag, CF_ERROR, "call.option", (struct cf_at){0}, NULL,
              "`fit` needs --%s and a file", option);
    return CF_USAGE;
}

/* A name may be taken by a table of progression, and by nothing else: what stands there may be
 * somebody's. The prior itself is not to be lost either. */
static int may_replace(const char *path, const char *prior, cf_diag *diag)
{
    static const char column[] = "status_to";
    struct stat is, of_prior;
    char *bytes = NULL;
    size_t length = 0;
    const char *why = NULL;
    if (stat(path, &is) != 0)
        return 1; /* not there, or not to be read: the writer will say */
    if (stat(prior, &of_prior) == 0 && is.st_dev == of_prior.st_dev && is.st_ino == of_prior.st_ino)
        why = "the prior itself stands under this name";
    else if (S_ISREG(is.st_mode) && is.st_size > 0 &&
             cf_read_file(path, (size_t)1 << 30, &bytes, &length) == 0 &&
             !memmem(bytes, strcspn(bytes, "\r\n"), column, sizeof column - 1))
        why = "something that is no table of progression stands under this name";
    free(bytes);
    if (why)
        cf_report(diag, CF_ERROR, "output.foreign", (struct cf_at){.path = path},
                  "choose another name with -o, or remove the file", "%s", why);
    return !why;
}

static enum cf_status fit(struct cf_model *model, const char *path, const struct cf_call *call)
{
    struct cf_fit_summary summary;
    struct cf_text text = {0};
    int most = MOST_ROUNDS;
    if (!cf_call_int(call, "rounds", 1, 1000000000, &most))
        return CF_USAGE;
    enum cf_status status = cf_fit_progression(model, most, &summary, call->diag);
    if (status != CF_OK)
        return status;
    cf_fit_report_rest(model, call->diag);
    const size_t n = cf_fit_write(model, &text);
    status = cf_write_image(path, text.data, text.length, call->diag);
    cf_text_free(&text);
    if (status == CF_OK && !call->quiet)
        printf("%s: %zu rows; %d fits of group, age and level, at most %d rounds, the worst status "
               "misses by %.2g of its level\n",
               path, n, summary.n_cells, summary.rounds, summary.residual);
    return status;
}

enum cf_status cf_cmd_fit(const struct cf_call *call)
{
    if (needs(call, "prior") != CF_OK || needs(call, "output") != CF_OK)
        return CF_USAGE;
    const struct cf_instead prior = {.field = CF_FIELD_progression,
                                     .path = cf_call_value(call, "prior")};
    const char *path = cf_call_value(call, "output");
    if (!may_replace(path, prior.path, call->diag))
        return CF_CANNOT_CREATE;
    struct cf_model *model = calloc(1, sizeof *model);
    if (!model)
        return CF_INTERNAL;
    enum cf_status status = cf_load_model_instead(model, call->operand[0], call->many, call->n_many,
                                                  &prior, call->diag);
    if (status == CF_OK && model->extent.choice_x >= model->extent.X) {
        cf_report(call->diag, CF_ERROR, "fit.nobody", (struct cf_at){.path = model->scenario.path},
                  NULL, "nobody chooses in this place: choice_age is last_age + 1");
        status = CF_BAD_INPUT;
    }
    if (status == CF_OK)
        status = fit(model, path, call);
    cf_free_model(model);
    free(model);
    return status;
}
