# The sums of derive-places, which says each equation, gives the variables and runs this.
function fail(text) { print "derive-places: " text > "/dev/stderr"; failed = 1; exit 3 }
function need(name) {
    if (!(name in column)) fail("no column " name " in " FILENAME)
    return column[name]
}
# From ages in completed years at 30 June to academic age at 31 August.
function august(key, x) { return 10 / 12 * (key "," x in june ? june[key "," x] : 0) + 2 / 12 * (key "," x - 1 in june ? june[key "," x - 1] : 0) }
# Residents of a need (all areas) of an academic age.
function residents(n, x) {
    if (x <= 18) return share[n] * (august("female", x) + august("male", x))
    return 10 / 12 * lldd[x] + 2 / 12 * (x == 19 ? share["lldd"] * (june["female,18"] + june["male,18"]) : lldd[x - 1])
}
function kilometres(a, j,    p, q, h, rad) {
    rad = atan2(0, -1) / 180
    p = sin((lat[j] - lat[a]) * rad / 2)
    q = sin((lon[j] - lon[a]) * rad / 2)
    h = p * p + cos(lat[a] * rad) * cos(lat[j] * rad) * q * q
    return 2 * 6371.0088 * atan2(sqrt(h), sqrt(1 - h))
}
# Lines of a route in an area at a level: the area's own row before the one of all areas.
function line_share(a, l, i) { return (a "," l "," i in given) ? given[a "," l "," i] : given["," l "," i] + 0 }
function school_share(a, i) {
    return (i == "primary" || i == "secondary" ? 1 - tiers[a] : tiers[a]) / (2 + tiers[a])
}
function sum_demand(    a, x, n, k, l, i, s, m, sum, all) {
    for (a = 1; a <= areas; a++)
        for (x = 4; x <= 15; x++) {
            all = 0
            for (k = 1; k <= needs; k++) all += residents(need_code[k], x)
            sum = 0
            for (i = 1; i <= lines; i++)
                if (route[i] == "school" && x >= from[i] && x <= to[i]) sum += school_share(area[a], line[i])
            for (i = 1; i <= lines; i++)
                if (route[i] == "school" && x >= from[i] && x <= to[i])
                    demand[area[a], line[i]] += census[area[a]] * all * school_share(area[a], line[i]) / sum
        }
    for (m = 1; m <= cells; m++) {
        split(cell[m], part, ",")
        n = part[1]; x = part[2]; l = part[3]; s = part[4]
        if (x > 18 && n != "lldd") continue
        for (i = 1; i <= lines; i++)
            if (route[i] == s)
                for (a = 1; a <= areas; a++)
                    demand[area[a], line[i]] += census[area[a]] * residents(n, x) * level[n "," (x > 18 ? 19 : x) "," l] \
                        * cell_share[m] * (alone[s] == 1 ? 1 : line_share(area[a], l, line[i]))
    }
}
# Whole numbers by largest remainder: total over the lines of a mix.
function spread(j, total, m,    i, rest, best, r) {
    rest = total
    for (i = 1; i <= lines; i++)
        if (m "," line[i] in mix) {
            r[i] = total * mix[m "," line[i]]
            add[i] = int(r[i])
            r[i] -= add[i]
            rest -= add[i]
        }
    for (; rest > 0; rest--) {
        best = 0
        for (i in r) if (!best || r[i] > r[best] || (r[i] == r[best] && i + 0 < best + 0)) best = i
        add[best]++
        r[best] = -1
    }
    for (i in r) places[j, line[i]] += add[i]
}
function write(    file, a, i, j, k, p, l, total, in_place) {
    file = out "/line_share.csv"
    print "area,level,line,value" > file
    for (a = 1; a <= areas; a++)
        for (i = 1; i <= lines; i++)
            if (route[i] == "school") printf "%s,,%s,%.8f\n", area[a], line[i], school_share(area[a], line[i]) > file
    for (i = 1; i <= rows; i++) print row[i] > file
    close(file)
    file = out "/minutes.csv"
    print "area,site,value" > file
    for (a = 1; a <= areas; a++)
        for (j = 1; j <= sites; j++)
            printf "%s,%s,%.0f\n", area[a], site[j], access[area[a]] + per_km * kilometres(area[a], site[j]) > file
    close(file)
    file = out "/places.csv"
    print "site,line,value" > file
    for (j = 1; j <= sites; j++)
        for (i = 1; i <= lines; i++) {
            p = places[site[j], line[i]] + int(margin[line[i]] * built[site[j], line[i]] + 0.5)
            if (p == 0) continue
            printf "%s,%s,%d\n", site[j], line[i], p > file
            offered[line[i]] += p
            if (home[site[j]]) in_place[line[i]] += p
        }
    close(file)
    printf "funded numbers of 2019/20 brought back to the cohorts of the base year: times %.4f\n", rise
    print "line        demand   places  in place   places/demand"
    for (i = 1; i <= lines; i++) {
        total = 0
        for (a = 1; a <= areas; a++) total += demand[area[a], line[i]]
        printf "%-10s %7.1f %8d %9d %12.3f\n", line[i], total, offered[line[i]], in_place[line[i]], offered[line[i]] / total
    }
}

FNR == 1 {
    split("", column)
    for (i = 1; i <= NF; i++) column[$i] = i
    next
}
# Labels may hold commas: columns after them are counted from the end.
source == "area" {
    area[++areas] = $1
    lon[$1] = $(NF - 4); lat[$1] = $(NF - 3); access[$1] = $(NF - 2); tiers[$1] = $(NF - 1)
    next
}
source == "site" {
    site[++sites] = $1
    lon[$1] = $(NF - 1); lat[$1] = $NF; home[$1] = $(NF - 4) != ""
    next
}
source == "line" {
    line[++lines] = $1
    from[lines] = $(NF - 9); to[lines] = $(NF - 8); route[lines] = $(NF - 10)
    alone[route[lines]]++
    next
}
source == "group" {
    need_of[$1] = $(need("need"))
    if (!($(need("need")) in seen)) { seen[$(need("need"))] = 1; need_code[++needs] = $(need("need")) }
    next
}
source == "population" && $(need("age")) <= 18 { june[$(need("sex")) "," $(need("age"))] = $(need("value")); next }
source == "population" { lldd[$(need("age"))] += $(need("value")); next }
source == "split" && $(need("field")) == "population" {
    if ($(need("axis")) == "area") census[$(need("member"))] = $(need("value"))
    else share[need_of[$(need("member"))]] += $(need("value"))
    next
}
source == "level" { split($(need("age")), ends, "-"); level[$(need("need")) "," ends[1] "," $(need("level"))] = $(need("value")); next }
source == "status" && $(need("need")) != "" {
    cell[++cells] = $(need("need")) "," $(need("age")) "," $(need("level")) "," $(need("status"))
    cell_share[cells] = $(need("value"))
    next
}
source == "rate" { rate[$(need("age"))] = $(need("value")); next }
source == "share" {
    given[$(need("area")) "," $(need("level")) "," $(need("line"))] = $(need("value"))
    row[++rows] = $(need("area")) "," $(need("level")) "," $(need("line")) "," sprintf("%.6f", $(need("value")))
    next
}
source == "mix" { mix[$(need("mix")) "," $(need("line"))] = $(need("share")); next }
# A quoted name with a comma shifts columns; no institution of ours has one.
source == "funded" { funded[$(need("la_number")) "," $(need("institution"))] = $(need("funded_students")); next }
source == "audit" {
    if (!rise) {
        for (x = 10; x <= 11; x++) {
            aged = august("female", x) + august("male", x)
            for (z = x + 1; z <= x + 6; z++) aged *= 1 + rate[z]
            bottom += aged
            rise += august("female", x + 6) + august("male", x + 6)
        }
        rise /= bottom
        sum_demand()
    }
    key = $(need("la_number")) "," $(need("institution"))
    if (!(key in funded)) fail("no funded number of " key)
    spread($(need("site")), int(rise * funded[key] * $(need("part")) * $(need("open")) + 0.5), $(need("mix")))
    next
}
source == "catchment" {
    i = $(need("line"))
    margin[i] = i == "appr" ? training_margin : school_margin
    for (a = 1; a <= areas; a++)
        if ($(need("area")) == "" || $(need("area")) == area[a])
            built[$(need("site")), i] += $(need("share")) * demand[area[a], i]
}
END { if (!failed) write() }
