# The sums of derive, which says each equation, gives the variables and runs this after the shared ones.

function both(x) { return get(persons, "female," x, "residents") + get(persons, "male," x, "residents") }

function mobility(x,    z, t, s, top, bottom) {
    if (x > 16) x = 16
    for (z = x > 1 ? x - 1 : 1; z <= x + 1; z++)
        for (t = base - K + 1; t <= base; t++)
            for (s = 1; s <= 2; s++) {
                top += get(moves, sex_code[s] "," z "," t, "moves")
                bottom += stock[sex_code[s] "," z "," t]
            }
    return top / bottom
}
# Children of 1..K2 if net migration were c times mobility.
function children(c,    x, z, s, sum) {
    for (x = 1; x <= K2; x++) {
        s = get(born, base - x, "births")
        for (z = 1; z <= x; z++) s *= 1 + c * m[z]
        sum += s
    }
    return sum
}
function solve(    low, high, c, i, x, target) {
    for (x = 1; x <= 18; x++) m[x] = mobility(x)
    for (x = 1; x <= K2; x++) target += both(x)
    low = -1
    high = 1
    for (i = 1; i <= 100; i++) {
        c = (low + high) / 2
        if (children(c) < target) low = c
        else high = c
    }
    return c
}

function write_areas_and_groups(    file, a, f, g, part, sum, field, rest, w) {
    file = out "/split.csv"
    print "field,axis,member,value" > file
    split("population,entrants", field, ",")
    for (f = 1; f <= 2; f++) {
        for (a = 1; a <= areas; a++) sum += census[a]
        rest = 1
        for (a = 1; a <= areas; a++) {
            part = a < areas ? sprintf("%.6f", census[a] / sum) : rest
            rest -= part
            printf "%s,area,%s,%.6f\n", field[f], area[a], part > file
        }
        sum = 0
        rest = 1
        w["female"] = persons["female," first] / both(first)
        w["male"] = 1 - w["female"]
        if (f == 1) w["female"] = w["male"] = 0.5
        for (g = 1; g <= groups; g++) {
            part = g < groups ? sprintf("%.6f", need_share[group_of(g, "need")] * w[group_of(g, "sex")]) : rest
            rest -= part
            printf "%s,group,%s,%.6f\n", field[f], group[g], part > file
        }
    }
    close(file)
}
function write_population(    file, s, x, g, n, z) {
    file = out "/population.csv"
    print "sex,age,value,group,note" > file
    for (s = 1; s <= 2; s++)
        for (x = first - 1; x <= 18; x++)
            printf "%s,%d,%d,,\n", sex_code[s], x, get(persons, sex_code[s] "," x, "residents") > file
    for (g = 1; g <= groups; g++)
        for (x = 19; x <= group_of(g, "last_age"); x++) {
            n = persons[group_of(g, "sex") ",18"] * need_share[group_of(g, "need")]
            for (z = 19; z <= x; z++) n *= survival(group_of(g, "sex"), z, first, last + 1)
            printf ",%d,%.1f,%s,estimated\n", x, n, group[g] > file
        }
    close(file)
}
function write_net_rate(    file, x) {
    file = out "/net_rate.csv"
    print "age,value" > file
    for (x = first + 1; x <= 18; x++) printf "%d,%.6f\n", x, c * m[x] > file
    close(file)
}
function write_entrants(    file, t, x, n) {
    file = out "/entrants.csv"
    print "year,value" > file
    for (x = -1; x <= first; x++) n[x, base] = both(x < 0 ? 0 : x)
    for (t = base + 1; t <= end; t++) {
        n[0, t] = get(born, base, "births") * n[0, base] / born[base]
        n[-1, t] = n[0, t]
        for (x = 1; x <= first; x++) n[x, t] = n[x - 1, t - 1] * (1 + c * m[x])
        printf "%d,%.1f\n", t, august(n[first, t], n[first - 1, t]) > file
    }
    close(file)
}

source == "area" { census[areas] = $(need("census_2011")) }
source == "region" && $(need("region")) == of_region && $(need("year")) <= base {
    moves[$(need("sex")) "," $(need("age")) "," $(need("year"))] = $(need("internal_in"))
}
source == "district" && $(need("area_code")) == "E07000198" && $(need("year")) == base && $(need("sex")) != "persons" {
    persons[$(need("sex")) "," $(need("age"))] = $(need("population"))
}
source == "births" && $(need("lad_code")) == "E07000198" && $(need("year")) <= base && $(need("births")) != "" {
    born[$(need("year"))] = $(need("births"))
}
source == "pupils" && $(need("la_code_9")) == "E10000028" {
    split(cohorts, range, "-")
    if ($(need("cohort_19_in")) >= range[1] && $(need("cohort_19_in")) <= range[2])
        cohort[$(need("sen"))] += $(need("number_in_ss_cohort"))
}
source == "lait" && $(need("year")) == fsm_year && $(need("measure_code")) ~ /^HE_19_/ && $(need("la_number")) == 860 {
    entry[$(need("measure_code"))] = $(need("value"))
}
END {
    c = solve()
    set_needs(cohort["SEN with statements or EHC plans"] / get(cohort, "ALL", "pupils"), \
        share_of_fsm(get(entry, "HE_19_All", "entry"), get(entry, "HE_19_FSM", "entry"), get(entry, "HE_19_Non_FSM", "entry")))
    write_areas_and_groups()
    write_population()
    write_survival(first, last + 1)
    write_net_rate()
    write_entrants()
    printf "net migration of children: %.4f a year at 5, %.4f at 11, %.4f at 17\n", c * m[5], c * m[11], c * m[17]
}
