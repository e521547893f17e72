# Central values and quantiles of a results file, as `cohortflow export` gives them, into the rows that are scored:
# area,year,age,quantile,value. Files in this order: areas (code,label,...; with -v names=1 the label is what an area
# is called), the central run, the quantiles.
BEGIN { print "area,year,age,quantile,value" }
FNR == 1 {
    file++
    split("", column)
    for (i = 1; i <= NF; i++) {
        column[$i] = i
        if (file == 3 && $i ~ /^q[0-9]/) quantile[i] = substr($i, 2)
    }
    next
}
file == 1 { called[$1] = names ? $2 : $1; next }
{ row = called[$(column["area"])] "," $(column["year"]) "," $(column["age"]) }
file == 2 && $(column["run"]) == 0 { printf "%s,central,%.3f\n", row, $(column["value"]) }
file == 3 { for (i in quantile) printf "%s,%s,%.3f\n", row, quantile[i], $i }
