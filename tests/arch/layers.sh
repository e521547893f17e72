#!/usr/bin/env bash
# Proves: nobody includes what its layer may not see. The table is the one in CONTRIBUTING.md.
. "$(dirname "$0")/common.sh"

# A layer, then the layers or single headers it may include beside itself.
table='
include/cohortflow
sim/base       include/cohortflow
sim/model      include/cohortflow sim/base
sim/input      include/cohortflow sim/base sim/model
sim/design     include/cohortflow sim/base sim/model
sim/kernels    sim/model/extent.h sim/model/view.h sim/base/lanes.h
sim/engine     include/cohortflow sim/base sim/model sim/kernels
sim/exec       include/cohortflow sim/base sim/model sim/engine sim/design
sim/calibrate  include/cohortflow sim/base sim/model sim/engine sim/design sim/exec output/results_read.h
sim/plan       include/cohortflow sim/base sim/model sim/engine sim/design sim/exec output/results_read.h
output         include/cohortflow sim/base sim/model sim/exec/sink.h
sim/api        include/cohortflow sim/base sim/model sim/input sim/design sim/kernels sim/engine sim/exec sim/calibrate sim/plan output
sim/cli        include/cohortflow sim/base sim/model sim/input sim/design sim/kernels sim/engine sim/exec sim/calibrate sim/plan output sim/api
'

mapfile -t files <<<"$(files_named c h def | grep -E '^(sim|output|include)/')"
awk -v table="$table" '
BEGIN {
    n = split(table, line, "\n")
    for (i = 1; i <= n; i++) {
        k = split(line[i], word, " ")
        if (k) known[word[1]] = 1
        for (j = 2; j <= k; j++) may[word[1], word[j]] = 1
    }
}
function folder(path) { sub("/[^/]*$", "", path); return path }
function exists(path,  line, found) { found = (getline line < path) >= 0; close(path); return found }
# Where an include leads: beside the file, or in the include path (include, sim, the top).
function target(text, from,  i, root) {
    split(folder(from) "/|include/|sim/|", root, "|")
    for (i = 1; i <= 4; i++)
        if (exists(root[i] text)) return root[i] text
    return ""
}
FNR == 1 {
    layer = folder(FILENAME)
    if (!(layer in known)) { print FILENAME ":1: no layer of the table"; bad = 1 }
}
/^[ \t]*#[ \t]*include[ \t]*[<"]/ {
    text = $0
    sub(/^[^<"]*[<"]/, "", text); sub(/[>"].*/, "", text)
    if (text ~ /\.\.\//) { print FILENAME ":" FNR ": includes by a path upwards: " text; bad = 1; next }
    path = target(text, FILENAME)
    if (path == "") {
        if ($0 ~ /"/) { print FILENAME ":" FNR ": no such header: " text; bad = 1 }
        next
    }
    seen++
    other = folder(path)
    if (other != layer && !((layer, other) in may) && !((layer, path) in may)) {
        print FILENAME ":" FNR ": " layer " may not include " path
        bad = 1
    }
}
END { print seen + 0 " includes of our own looked at"; exit bad }' "${files[@]}"
