#!/usr/bin/env bash
# Proves: programs that others wrote open a results file by label and read the same numbers from it.
#
#   readers.sh [FILE.h5]      without a file, one is made with $COHORTFLOW
#
# One line a reader: PASS, FAIL, or SKIP where it is not installed. 1 when one failed, 77 when none
# is installed.
set -u
python=${PYTHON:-/usr/bin/python3}
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
passed=0 failed=0

if [ $# -gt 0 ]; then
    file=$1
else
    source=$(cd "${CF_SOURCE:-$(dirname "${BASH_SOURCE[0]}")/../..}" && pwd)
    file=$scratch/readers.h5
    if ! "${COHORTFLOW:?path of the program}" run "$source/scenarios/east-london/baseline.cfg" \
        -o "$file" 2>"$scratch/said"; then
        cat "$scratch/said"
        exit 1
    fi
fi

# reader NAME COMMAND...: its output goes to $scratch/out
reader() {
    local name=$1
    shift
    if "$@" >"$scratch/out" 2>"$scratch/err"; then
        echo "PASS $name"
        passed=$((passed + 1))
    else
        echo "FAIL $name"
        head -n 20 "$scratch/err"
        failed=$((failed + 1))
    fi
}

# The output of a dump must hold each of these.
holds() {
    local command=$1 text
    shift
    $command "$file" >"$scratch/dump" || return 1
    for text in "$@"; do
        grep -qF -- "$text" "$scratch/dump" || { echo "no $text" >&2 && return 1; }
    done
}

if command -v ncdump >/dev/null; then
    reader ncdump holds "ncdump -h" "double population(run, year, area, group, age)" \
        "string area(area)" "string area_name(area)" "int run_status(draw_run)" \
        'population:units = "1"' ':Conventions = "CF-1.8 ACDD-1.3"' "group: provenance" \
        "string input_sha256(input_file)" "string source_nature(source_table)"
else
    echo "SKIP ncdump"
fi

if command -v h5dump >/dev/null; then
    reader h5dump holds "h5dump -H" 'DATASET "population"' 'GROUP "provenance"' \
        'ATTRIBUTE "content_sha256"' 'ATTRIBUTE "DIMENSION_LIST"'
else
    echo "SKIP h5dump"
fi

cat >"$scratch/read.py" <<'PYTHON'
import sys
import numpy as np
import xarray as xr

path, engine = sys.argv[1:]
with xr.open_dataset(path, engine=engine) as d:
    stray = [n for n in d.dims if n.startswith("phony") or n not in d.coords]
    assert not stray, stray
    area = str(d.area.values[-1])
    p = d.population.sel(area=area, year=int(d.year[0]))
    assert p.dims == ("run", "group", "age"), p.dims
    assert np.isfinite(p.values).all() and float(p.sum()) > 0
    assert str(p.area_name.values) and str(d.area_name.sel(area=area).values)
    assert d.population.attrs["units"] == "1" and d.population.attrs["long_name"]
    start = d.ledger.sel(area=area, term="start").isel(year=0)
    assert np.allclose(p.sum(("group", "age")), start, rtol=1e-9)
    assert (d.run_status == 0).all()
    print(area, repr(float(p.sum())))
with xr.open_dataset(path, engine=engine, group="provenance") as d:
    stray = [n for n in d.dims if n != "scenario" and n not in d.coords]
    assert not stray, stray
    assert all(len(str(h)) == 64 for h in d.input_sha256.values)
    assert "base_year" in str(d.scenario_text.values[0])
PYTHON
for engine in netcdf4 h5netcdf; do
    module=$([ $engine = netcdf4 ] && echo netCDF4 || echo $engine)
    if "$python" -c "import numpy, xarray, $module" 2>/dev/null; then
        reader "xarray with $engine" "$python" "$scratch/read.py" "$file" $engine
        mv "$scratch/out" "$scratch/$engine"
    else
        echo "SKIP xarray with $engine"
    fi
done
if [ -s "$scratch/netcdf4" ] && [ -s "$scratch/h5netcdf" ]; then
    reader "the same numbers by both" cmp "$scratch/netcdf4" "$scratch/h5netcdf"
fi

cat >"$scratch/read.R" <<'R'
library(ncdf4)
f <- nc_open(commandArgs(TRUE)[1])
p <- ncvar_get(f, "population", collapse_degen = FALSE)
stopifnot(length(dim(p)) == 5, all(is.finite(p)), sum(p) > 0)
stopifnot(dim(p)[3] == length(ncvar_get(f, "area_name")))
nc_close(f)
R
if command -v Rscript >/dev/null && Rscript -e 'library(ncdf4)' >/dev/null 2>&1; then
    reader "R ncdf4" Rscript "$scratch/read.R" "$file"
else
    echo "SKIP R ncdf4"
fi

[ $failed -eq 0 ] || exit 1
[ $passed -gt 0 ] || exit 77
