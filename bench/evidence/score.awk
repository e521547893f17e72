# Score rows of a projection (area,year,age,quantile,value) against the outturn that is at hand. Files in this order: the
# rows, then outturn as area,year,age,value.
#   -v base=2013     the year it starts from: not scored
#   -v years=2019,2020  years to report; -v bands=10-18  ages of the coverage; -v show=2020  errors of each area, that year
#   -v only=1        areas of the outturn that were not projected are not meant; else each counts as lost
# Errors are of the sums over ages 16-18 and 10-15 of an area: MAPE, the mean of |f - o| / o over areas, and signed; beside
# it the same where cohorts age and nobody moves or dies, and where each age stays as many as in the base year. The
# coverage of the 80% bands is over area x single age, with Wilson's 95% interval as if cells had nothing to do with
# each other, and beside it the interval that areas taken as wholes give (mean of areas, 1.96 standard errors).
function share(k, n,    p, z, mid, half) {
    p = k / n; z = 1.96
    mid = (p + z * z / (2 * n)) / (1 + z * z / n)
    half = z * sqrt(p * (1 - p) / n + z * z / (4 * n * n)) / (1 + z * z / n)
    return sprintf("%.1f%% (%.1f%% to %.1f%%)", 100 * p, 100 * (mid - half), 100 * (mid + half))
}
function abs(x) { return x < 0 ? -x : x }
function score(y, low, high,    a, x, f, o, b, r, n, sum, signed, naive, rolled, unborn, whole) {
    split("", error)
    for (a in areas) {
        f = o = b = r = 0; whole = 1
        for (x = low; x <= high; x++) {
            if (!((a, y, x) in outturn)) { whole = 0; break }
            o += outturn[a, y, x]
            b += central[a, base, x]
            if (!((a, base, x - (y - base)) in central)) unborn = 1
            r += central[a, base, x - (y - base)]
            if (!((a, y, x) in central)) { f = "missing"; break }
            f += central[a, y, x]
        }
        if (!whole || o == 0) continue
        n++
        if (f == "missing") { sum += 1; continue }
        error[a] = 100 * (f - o) / o
        sum += abs(f - o) / o; signed += (f - o) / o; naive += abs(b - o) / o; rolled += abs(r - o) / o
    }
    if (n) printf "%d ages %d-%d: %d areas, MAPE %.2f%%, signed %+.2f%% (nobody moving %s, no change %.2f%%)\n", y, low, high, n, \
        100 * sum / n, 100 * signed / n, unborn ? "-" : sprintf("%.2f%%", 100 * rolled / n), 100 * naive / n
    else printf "%d ages %d-%d: no outturn is here\n", y, low, high
}
function cover(y,    a, x, k, n, ka, na, m, s, ss, p) {
    for (a in areas) {
        ka = na = 0
        for (x = from; x <= to; x++)
            if ((a, y, x) in outturn) {
                na++
                ka += outturn[a, y, x] >= band[a, y, x, "0.1"] && outturn[a, y, x] <= band[a, y, x, "0.9"]
            }
        if (!na) continue
        k += ka; n += na; m++; p = ka / na; s += p; ss += p * p
    }
    if (n) printf "%d ages %d-%d: 80%% bands hold %s of %d cells; by areas +- %.1f%%\n", y, from, to, share(k, n), n, \
        196 * sqrt((ss - s * s / m) / (m > 1 ? m - 1 : 1) / m)
}
BEGIN { FS = ","; split(bands, b, "-"); from = b[1]; to = b[2] }
FNR == 1 { file++; next }
file == 1 && $4 == "central" { central[$1, $2, $3] = $5; areas[$1]; next }
file == 1 { band[$1, $2, $3, $4] = $5; next }
file == 2 {
    if (!($1 in areas) && !only) {
        if (!($1 in lost)) lacks++
        lost[$1]
        areas[$1]
    }
    if ($1 in areas) outturn[$1, $2, $3] += $4
}
END {
    if (lacks) printf "%d areas of the outturn have no projection: they score as missed\n", lacks
    n = split(years, year, ",")
    for (i = 1; i <= n; i++) {
        score(year[i], 16, 18)
        if (show == year[i]) for (a in error) printf "    %-26s %+.2f%%\n", a, error[a] | "sort"
        if (show == year[i]) close("sort")
        score(year[i], 10, 15)
        cover(year[i])
    }
}
