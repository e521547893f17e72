#ifndef CF_SINK_H
#define CF_SINK_H

#include "base/diag.h"
#include "model/series.h"

/*
 * Where records go, in order of run number. exec knows no file format: it puts, somebody keeps.
 * A put that fails ends the sweep; the owner of the sink then abandons what it began.
 */
struct cf_sink {
    void *self;
    enum cf_status (*put)(void *self, const struct cf_record *record, cf_diag *diag);
};

#endif
