# What the derive scripts of every place begin and end with. Sourced by them, not run:
#
#     . "$(dirname -- "$0")/../derive/common.sh"
#     need_files FILE...           all can be read, or nothing is changed and the script ends
#     begin_work                   $work, a folder that is gone when the script ends, however it ends
#     sums OPTION... NAME=FILE...  awk on common.awk and what -f names; its tables go to $work
#     keep TABLE...                all tables are there: put them into the place
#
# It gives $place, $shared, $data, and $lib, the folder of this file.
# shellcheck shell=sh

set -eu
LC_ALL=C
export LC_ALL

script=$(basename -- "$0")
place=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd)
lib=$place/../derive
shared=${COHORTFLOW_SHARED:-$place/../../../shared}
data=$shared/data

need_files() {
    missing=0
    for file; do
        if [ ! -r "$file" ]; then
            echo "$script: cannot read $file" >&2
            missing=1
        fi
    done
    if [ "$missing" = 1 ]; then
        echo "$script: nothing was changed; set COHORTFLOW_SHARED to the folder that holds data/" >&2
        exit 3
    fi
}

begin_work() {
    work=$place/.$script.$$
    trap 'rm -rf "$work"' EXIT
    trap 'exit 130' INT
    trap 'exit 143' TERM
    mkdir "$work"
}

sums() { awk -F, -v script="$script" -v out="$work" -f "$lib/common.awk" "$@"; }

keep() {
    mkdir -p "$place/tables"
    for table; do mv "$work/$table.csv" "$place/tables/$table.csv"; done
}
