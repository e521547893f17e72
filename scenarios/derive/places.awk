# What the audits of places share. Run after common.awk, by derive-places of a place.

# whole(i) = total weight(i) / sum of weight, whole numbers by largest remainder, of equal ones the first:
# they add up to `total`, a whole number. weight[1..n] into whole[1..n].
function apportion(total, n,    i, sum, left, best, rest) {
    sum = 0
    for (i = 1; i <= n; i++) sum += weight[i]
    if (sum <= 0) fail("nothing to share " total " by")
    left = total
    for (i = 1; i <= n; i++) {
        whole[i] = int(total * weight[i] / sum + 1e-9)
        rest[i] = total * weight[i] / sum - whole[i]
        left -= whole[i]
    }
    for (; left > 0; left--) {
        best = 1
        for (i = 2; i <= n; i++) if (rest[i] > rest[best] + 1e-9) best = i
        whole[best]++
        rest[best] = -1
    }
}

# places[j,i] of site j and line i, where there are any.
function write_places(    file, j, i) {
    file = out "/places.csv"
    print "site,line,value" > file
    for (j = 1; j <= sites; j++)
        for (i = 1; i <= lines; i++)
            if (places[j, i] > 0) printf "%s,%s,%d\n", site[j], line[i], places[j, i] > file
    close(file)
}

# d = 2 R atan2(sqrt(h), sqrt(1 - h)), R = 6371.0088 km, h the haversine of the great circle.
function kilometres(lon1, lat1, lon2, lat2,    f, h) {
    f = atan2(0, -1) / 180
    h = sin((lat2 - lat1) * f / 2) ^ 2 + cos(lat1 * f) * cos(lat2 * f) * sin((lon2 - lon1) * f / 2) ^ 2
    return 2 * 6371.0088 * atan2(sqrt(h), sqrt(1 - h))
}
