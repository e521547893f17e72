#include "model/model.h"

#include "base/text.h"

int cf_model_source(const struct cf_model *model, const char *table)
{
    for (int k = 0; k < model->n_sources; k++)
        if (cf_text_same(model->source[k].table, table))
            return k;
    return -1;
}
