# The sums of derive-places, which says each equation, gives the variables and runs this after the shared ones.

# From ages in completed years at 30 June to academic age at 31 August.
function academic(s, x) { return august(june[s "," x], june[s "," x - 1]) }
# Residents of a need (all areas) of an academic age.
function residents(n, x) {
    if (x <= 18) return share[n] * (academic("female", x) + academic("male", x))
    return august(lldd[x], x == 19 ? share["lldd"] * (june["female,18"] + june["male,18"]) : lldd[x - 1])
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
            for (k = 1; k <= groups; k++) all += residents(group[k], x)
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
# Whole numbers: total over the lines of a mix, at site j.
function spread(j, total, m,    i) {
    for (i = 1; i <= lines; i++) weight[i] = mix[m "," line[i]] + 0
    apportion(total, lines)
    for (i = 1; i <= lines; i++) places[j, line[i]] += whole[i]
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
            printf "%s,%s,%.0f\n", area[a], site[j], access[area[a]] \
                + per_km * kilometres(lon[area[a]], lat[area[a]], lon[site[j]], lat[site[j]]) > file
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

source == "area" || source == "site" {
    lon[$(need("code"))] = $(need("lon"))
    lat[$(need("code"))] = $(need("lat"))
}
source == "area" {
    access[$(need("code"))] = $(need("access"))
    tiers[$(need("code"))] = $(need("three_tier"))
}
source == "site" { home[$(need("code"))] = $(need("area")) != "" }
source == "line" {
    from[lines] = $(need("from_age"))
    to[lines] = $(need("to_age"))
    route[lines] = $(need("route"))
    alone[route[lines]]++
}
source == "population" && $(need("age")) <= 18 { june[$(need("sex")) "," $(need("age"))] = $(need("value")) }
source == "population" { lldd[$(need("age"))] += $(need("value")) }
source == "split" && $(need("field")) == "population" {
    if ($(need("axis")) == "area") census[$(need("member"))] = $(need("value"))
    else share[group[index_of[$(need("member"))]]] += $(need("value"))
}
source == "level_share" { split($(need("age")), ends, "-"); level[$(need("need")) "," ends[1] "," $(need("level"))] = $(need("value")) }
source == "status_share" && $(need("need")) != "" {
    cell[++cells] = $(need("need")) "," $(need("age")) "," $(need("level")) "," $(need("status"))
    cell_share[cells] = $(need("value"))
}
source == "rate" { rate[$(need("age"))] = $(need("value")) }
source == "share" {
    given[$(need("area")) "," $(need("level")) "," $(need("line"))] = $(need("value"))
    row[++rows] = $(need("area")) "," $(need("level")) "," $(need("line")) "," sprintf("%.6f", $(need("value")))
}
source == "mix" { mix[$(need("mix")) "," $(need("line"))] = $(need("share")) }
source == "funded" { funded[$(need("la_number")) "," $(need("institution"))] = $(need("funded_students")) }
source == "audit" {
    if (!rise) {
        for (x = 10; x <= 11; x++) {
            aged = academic("female", x) + academic("male", x)
            for (z = x + 1; z <= x + 6; z++) aged *= 1 + rate[z]
            bottom += aged
            rise += academic("female", x + 6) + academic("male", x + 6)
        }
        rise /= bottom
        sum_demand()
    }
    key = $(need("la_number")) "," $(need("institution"))
    if (!(key in funded)) fail("no funded number of " key)
    spread($(need("site")), int(rise * funded[key] * $(need("part")) * $(need("open")) + 0.5), $(need("mix")))
}
source == "catchment" {
    i = $(need("line"))
    margin[i] = i == "appr" ? training_margin : school_margin
    for (a = 1; a <= areas; a++)
        if ($(need("area")) == "" || $(need("area")) == area[a])
            built[$(need("site")), i] += $(need("share")) * demand[area[a], i]
}
END { write() }
