# Compare an exported variable with expected values, both CSV with a header, whatever the order of
# rows; columns are those of the expected file.
#
#   awk -v tolerance=1e-9 -f compare.awk expected.csv exported.csv
#
# Expected files may name an offer by `site,line` where the export has the column `offer`, and may
# list pairs that are no offers at all, with value 0.
#
# Says how many rows were compared and the largest relative difference (of at least one person).
# Fails when a row is missing or differs by more than the tolerance, and when nothing was compared.
BEGIN { FS = "," }
{ sub(/\r$/, "") }
FNR == 1 {
    file++
    if (file == 1) {
        n = NF - 1
        for (i = 1; i <= n; i++) key[i] = $i
    }
    delete column
    for (i = 1; i <= NF; i++) column[$i] = i
    offer_column = file == 2 ? column["offer"] : 0
    next
}
{
    k = pair = ""
    if (offer_column) split($offer_column, offer, "/")
    for (i = 1; i <= n; i++) {
        member = offer_column && key[i] == "site" ? offer[1] : offer_column && key[i] == "line" ? offer[2] : $(column[key[i]])
        k = k (i > 1 ? "," : "") member
        if (key[i] == "site" || key[i] == "line") pair = pair "," member
    }
    if (file == 1) { expected[k] = $(column["value"]); pair_of[k] = pair; next }
    offered[pair]
    if (!(k in expected)) { extra++; next }
    here = $(column["value"]); there = expected[k]
    delete expected[k]
    compared++
    gap = here - there; if (gap < 0) gap = -gap
    scale = there < 0 ? -there : there
    relative = gap / (scale > 1 ? scale : 1)
    if (relative > worst) worst = relative
    if (!(relative <= tolerance)) { wrong++; if (wrong <= 5) print "differs: " k ": " here " instead of " there }
}
END {
    for (k in expected) {
        if (pair_of[k] != "" && !(pair_of[k] in offered) && expected[k] == 0) continue
        missing++;
        if (missing <= 5) print "missing: " k
    }
    printf "%d rows compared, largest relative difference %g; %d differ, %d missing, %d more\n", \
        compared, worst, wrong, missing, extra
    exit !(compared > 0) || wrong > 0 || missing > 0
}
