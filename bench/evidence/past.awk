# Mean absolute error, per cent, of the sum over ages 16-18 in the years after an origin, over areas: of one rule. Files
# in this order: what was observed (year,area,group,age,value, as a place's history), and the central run as exported.
#   -v origin=2005 -v last=2009: years origin + 1 to last; -v only=2013: this year alone
FNR == 1 {
    file++
    if (file == 2) for (i = 1; i <= NF; i++) column[$i] = i
    next
}
file == 1 && $1 > origin && $1 <= last && $4 >= 16 && $4 <= 18 && (!only || $1 == only) { out[$2, $1] += $5 }
file == 2 {
    y = $(column["year"]); x = $(column["age"])
    if (y > origin && x >= 16 && x <= 18) made[$(column["area"]), y] += $(column["value"])
}
END {
    for (k in out) {
        if (!(k in made)) continue
        e = (made[k] - out[k]) / out[k]
        sum += e < 0 ? -e : e
        n++
    }
    printf "%.6f %d\n", 100 * sum, n
}
