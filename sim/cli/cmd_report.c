#include "cli/command.h"

#include "cli/report_parts.h"
#include "output/image.h"
#include "output/render_html.h"

#include <stdlib.h>

/* What is made of a report, in this order. To add one, write its function and its row. */
typedef enum cf_status write_report(const struct cf_call *call, const struct cf_report *report,
                                    const char *to);

static enum cf_status write_page(const struct cf_call *call, const struct cf_report *report,
                                 const char *to)
{
    struct cf_text page = {0};
    cf_render_html(report, &page);
    const enum cf_status status = cf_write_image(to, page.data, page.length, call->diag);
    cf_text_free(&page);
    return status;
}

static enum cf_status write_figures(const struct cf_call *call, const struct cf_report *report,
                                    const char *to)
{
    return cf_render_figures(report, to, call->diag);
}

static const struct {
    const char *option,
        *usual; /* usual: where it goes when the option is not given; NULL: nowhere */
    write_report *write;
} outputs[] = {
    {"output", "report.html", write_page},
    {"figures", NULL, write_figures},
};

static enum cf_status report_on(const struct cf_call *call, cf_results *results)
{
    struct cf_report_maker maker;
    const enum cf_status made = cf_report_make(&maker, call->operand[0], results, call->diag);
    enum cf_status status = made == CF_BROKEN ? CF_OK : made;
    for (size_t k = 0; k < sizeof outputs / sizeof *outputs && status == CF_OK; k++) {
        const char *given = cf_call_value(call, outputs[k].option);
        const char *to = given ? given : outputs[k].usual;
        if (to)
            status = outputs[k].write(call, &maker.report, to);
    }
    cf_report_end(&maker);
    return status == CF_OK ? made : status;
}

enum cf_status cf_cmd_report(const struct cf_call *call)
{
    cf_results *results;
    enum cf_status status = cf_results_open(call->operand[0], &results, call->diag);
    if (status != CF_OK)
        return status;
    status = report_on(call, results);
    cf_results_close(results);
    return status;
}
