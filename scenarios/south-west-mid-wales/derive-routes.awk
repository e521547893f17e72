# The sums of derive-routes, which says each equation, gives the variables and runs this after the shared
# ones of levels and routes.

# Share of group g at level l (1 to 3) or above at age x.
function above(l, g, x) {
    if (l == 1) return 1
    if (l == 4 || x < 16 || (l == 3 && x == 16)) return 0
    return get(level_at, group[g] "," level_code[l] "," (x > 19 ? 19 : x), "level")
}

# Persons of a group at academic age x, the six authorities; above 18 those with LLDD only.
function persons(g, x,    sex, p) {
    if (x > 18) return group_of(g, "last_age") >= x ? persons(g, 18) : 0
    sex = group_of(g, "sex")
    p = august(get(people, sex "," x, "persons"), get(people, sex "," x - 1, "persons"))
    return p * (group_of(g, "lldd") == 1 ? lldd[sex] : 1 - lldd[sex])
}
function weight_of(g, x,    h, sum) {
    for (h = 1; h <= groups; h++) sum += persons(h, x)
    return persons(g, x) / sum
}

function set_targets(    x, g, s, sum, n, top, f) {
    for (x = 16; x <= 18; x++) {
        n = 0
        for (g = 1; g <= groups; g++) n += persons(g, x)
        top += n * get(given, x ",neet", "target")
        sum += n
    }
    f = get(published, neet_year, "NEET of Wales") * sum / top
    for (x = 16; x <= 24; x++) {
        sum = 0
        for (s = 1; s <= statuses; s++) {
            if (x <= 18) target[s, x] = (x "," status[s]) in given ? given[x "," status[s]] : 0
            else target[s, x] = (given[19 "," status[s]] * (24 - x) + given[24 "," status[s]] * (x - 19)) / 5
            if (status[s] == "neet" && x <= 18) target[s, x] *= f
            if (status[s] == "work") target[s, x] = 0
            target[s, x] /= 100
            sum += target[s, x]
        }
        target[number["work"], x] = 1 - sum
        if (sum > 1) fail("nobody is left for work at " x)
    }
}

# What sets the authorities apart in higher education: the students of one of them.
function set_odds(    u, extra) {
    split(students, extra, " ")
    for (u = 1; u <= units; u++) unit_odds[u] = unit[u] == extra[1] ? extra[2] : 0
}

source == "population" && $(need("age")) <= 18 {
    x = $(need("age"))
    people[$(need("sex")) "," x] += $(need("value"))
    u = $(need("authority"))
    if (!(u in unit_of)) {
        unit[++units] = u
        unit_of[u] = units
    }
    unit_persons[unit_of[u]] += august(x == 18, x == 17) * $(need("value"))
}
source == "wales" && $(need("year_end")) <= base && $(need("age")) == "16-18" && $(need("measure")) == "neet" && $(need("unit")) == "percent" {
    published[$(need("year_end"))] = $(need("value"))
}
source == "need" { lldd[$(need("sex"))] = $(need("lldd")) }
source == "levels" { level_at[$(need("group")) "," $(need("level")) "," $(need("age"))] = $(need("value")) }
source == "targets" { given[$(need("age")) "," $(need("status"))] = $(need("value")) }
END {
    set_targets()
    set_odds()
    set_effects()
    write_levels("")
    write_statuses("authority", "")
    write_effects("authority")
    write_gain("school")
    say_targets()
}
