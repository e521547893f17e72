# The sums of derive, which says each equation, gives the variables and runs this after the shared ones.

function mid_year(u, s, x) { return get(persons, u "," s "," x, "persons") }
function academic(u, s, x) { return august(mid_year(u, s, x), mid_year(u, s, x - 1)) }
function both(u, x) { return academic(u, "female", x) + academic(u, "male", x) }

# Wales, the last K years: what died, moved, was there a year younger.
function sum_of(what, s, x,    t, sum) {
    for (t = region_last - K + 1; t <= region_last; t++)
        sum += what == "before" ? get(stock, s "," x - 1 "," t - 1, "Wales") \
            : what == "deaths" ? get(deaths, s "," x "," t, "Wales") : get(net, s "," x "," t, "Wales")
    return sum
}
function moved(s, x) { return sum_of("net", s, x) / (sum_of("before", s, x) - sum_of("deaths", s, x)) }

function write_population(    file, u, s, x, p) {
    file = out "/population.csv"
    print "authority,sex,group,age,value,note" > file
    for (u = 1; u <= authorities; u++)
        for (s = 1; s <= 2; s++)
            for (x = first - 1; x <= 18; x++)
                printf "%s,%s,,%d,%d,\n", authority[u], sex_code[s], x, mid_year(authority[u], sex_code[s], x) > file
    for (u = 1; u <= authorities; u++)
        for (s = 1; s <= 2; s++) {
            p = (mid_year(authority[u], sex_code[s], 15) + mid_year(authority[u], sex_code[s], 16) + mid_year(authority[u], sex_code[s], 17)) / 3
            for (x = 19; x <= last; x++)
                printf "%s,,%s,%d,%.1f,estimated\n", authority[u], lldd_group[sex_code[s]], x, \
                    p * get(lldd, sex_code[s], "need") > file
        }
    close(file)
}

function write_net_rate(    file, s, u, x, w, here) {
    file = out "/net_rate.csv"
    print "authority,sex,age,value" > file
    for (s = 1; s <= 2; s++)
        for (x = first + 1; x <= 17; x++) printf ",%s,%d,%.6f\n", sex_code[s], x, moved(sex_code[s], x) > file
    w = (moved("female", 18) + moved("male", 18)) / 2
    for (u = 1; u <= authorities; u++) {
        here = both(authority[u], 18) / both(authority[u], 17) / (both("wales", 18) / both("wales", 17))
        printf "%s,,18,%.6f\n", authority[u], here * (1 + w) - 1 > file
        printf "%s at 18: %+.3f\n", authority[u], here * (1 + w) - 1
    }
    close(file)
}

# Persons who are of age first in year t at 30 June.
function aged(u, s, t,    x, p) {
    x = first - (t - base)
    p = mid_year(u, s, x)
    for (x++; x <= first; x++)
        p *= (sum_of("before", s, x) - sum_of("deaths", s, x) + sum_of("net", s, x)) / sum_of("before", s, x)
    return p
}
# Those a year younger then, who are of age first by 31 August with the younger two twelfths.
function younger(u, s, t,    x, p) {
    x = first - 1 - (t - base)
    if (x < 0) return aged(u, s, t)
    p = mid_year(u, s, x)
    for (x++; x <= first - 1; x++)
        p *= (sum_of("before", s, x) - sum_of("deaths", s, x) + sum_of("net", s, x)) / sum_of("before", s, x)
    return p
}
function write_entrants(    file, t, u, s) {
    file = out "/entrants.csv"
    print "year,authority,sex,value" > file
    for (t = base + 1; t <= end; t++)
        for (u = 1; u <= authorities; u++)
            for (s = 1; s <= 2; s++)
                printf "%d,%s,%s,%.1f\n", t, authority[u], sex_code[s], \
                    august(aged(authority[u], sex_code[s], t), younger(authority[u], sex_code[s], t)) > file
    close(file)
}

function write_areas_and_groups(    file, f, a, s, field) {
    file = out "/split.csv"
    print "field,axis,member,value" > file
    split("population,entrants", field, ",")
    for (f = 1; f <= 2; f++) {
        for (a = 1; a <= areas; a++) printf "%s,area,%s,%.3f\n", field[f], area[a], get(area_share, area[a], "share") > file
        for (s = 1; s <= 2; s++) {
            printf "%s,group,%s,%.3f\n", field[f], lldd_group[sex_code[s]], get(lldd, sex_code[s], "need") > file
            printf "%s,group,%s,%.3f\n", field[f], other_group[sex_code[s]], 1 - lldd[sex_code[s]] > file
        }
    }
    close(file)
}

source == "area" {
    if (!($(need("authority")) in ours)) authority[++authorities] = $(need("authority"))
    ours[$(need("authority"))] = 1
}
source == "group" {
    if ($(need("lldd")) == 1) lldd_group[$(need("sex"))] = $(need("code"))
    else other_group[$(need("sex"))] = $(need("code"))
}
source == "area_share" { area_share[$(need("area"))] = $(need("value")) }
source == "need" { lldd[$(need("sex"))] = $(need("lldd")) }
source == "people" && $(need("year")) == base && $(need("area_type")) == "local authority" && $(need("sex")) != "persons" {
    key = $(need("sex")) "," $(need("age"))
    if ($(need("area_code")) in ours) persons[$(need("area_code")) "," key] = $(need("population"))
    if ($(need("area_code")) ~ /^W/) persons["wales," key] += $(need("population"))
}
END {
    write_population()
    write_survival(first, last, region_last - K + 1)
    write_net_rate()
    write_entrants()
    write_areas_and_groups()
}
