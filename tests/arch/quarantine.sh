#!/usr/bin/env bash
# Proves: each third party is seen by its owner file alone, so that it can be replaced there.
. "$(dirname "$0")/common.sh"

# What must not be seen elsewhere, then its owners (a folder ends in /).
table='
<(hdf5|hdf5_hl|H5[A-Z]+[a-z]*)\.h>   output/h5_library.h
"(output/)?h5_library\.h"             output/h5.c output/h5_read.c output/h5_write.c
<libconfig\.h>                       sim/input/config.c
<csv\.h>                             sim/input/csv.c
<jansson\.h>                         sim/base/json.c
<nettle/[a-z0-9_-]+\.h>              sim/base/digest.c
<omp\.h>|#[[:space:]]*pragma[[:space:]]+omp|_Pragma\("omp   sim/exec/sched_openmp.c
<Random123/[a-z0-9_]+\.h>            sim/base/rng.c
<gsl/[a-z0-9_]+\.h>                  sim/design/draw_sobol.c sim/calibrate/
<glpk\.h>                            sim/plan/milp.c
<mpi\.h>                             sim/cli/mpi_main.c
<xlsxwriter\.h>                      output/render_xlsx.c
<cmocka\.h>                          tests/
'

mapfile -t files <<<"$(files_named c h def | grep -E '^(sim|output|include|bench|tests)/')"
bad=0
while read -r pattern owners; do
    [ -n "$pattern" ] || continue
    allowed=$(sed 's/\./\\./g; s/ /|/g' <<<"$owners")
    found=$(grep -nHE "$pattern" "${files[@]}" | grep -vE "^($allowed)" || true)
    # A test may open a results file with any library.
    found=$(grep -v '^tests/' <<<"$found" || true)
    if [ -n "$found" ]; then
        sed "s|\$|    (only $owners)|" <<<"$found"
        bad=1
    fi
done <<<"$table"
exit $bad
