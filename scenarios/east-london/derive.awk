# The sums of derive, which says each equation, gives the variables and runs this after the shared ones.

function mid_year(a, x, t) { return get(persons, a "," x "," t, "persons") }
function academic(a, x, t) {
    return august(mid_year(a, x, t), mid_year(a, x > 0 ? x - 1 : 0, t))
}

# Who is of age x in year t, and whom they were the year before: at 31 August or at 30 June.
function now(kind, a, x, t) { return kind == "academic" ? academic(a, x, t) : mid_year(a, x, t) }
function before(kind, a, x, t) {
    if (kind == "academic") return academic(a, x - 1, t - 1)
    return x > 0 ? mid_year(a, x - 1, t - 1) : get(born, a "," t, "births")
}

# Cohort ratio of boroughs a1..a2, ages x-width..x+width within low..high, years t1..t2.
function ratio(kind, a1, a2, x, width, low, high, t1, t2,    a, z, t, top, bottom) {
    top = bottom = 0
    for (a = a1; a <= a2; a++)
        for (z = x - width; z <= x + width; z++)
            for (t = t1; t <= t2; t++)
                if (z >= low && z <= high) {
                    top += now(kind, area[a], z, t)
                    bottom += before(kind, area[a], z, t)
                }
    return top / bottom
}

# Sample variance of list[1..n].
function variance(list, n,    i, mean, sum) {
    mean = sum = 0
    for (i = 1; i <= n; i++) mean += list[i] / n
    for (i = 1; i <= n; i++) sum += (list[i] - mean) ^ 2
    return sum / (n - 1)
}

# Ratios of every borough drawn towards that of all of them: shrunk[area,x]. Returns the weight w.
function shrink(kind, low, high, width,    a, x, t, own, list, within, between, w) {
    within = between = 0
    for (x = low; x <= high; x++) {
        for (a = 1; a <= areas; a++) {
            own[a, x] = ratio(kind, a, a, x, width, low, high, base - K + 1, base)
            for (t = 1; t <= K; t++)
                list[t] = ratio(kind, a, a, x, width, low, high, base - K + t, base - K + t)
            within += variance(list, K) / (areas * (high - low + 1))
        }
        for (a = 1; a <= areas; a++) list[a] = own[a, x]
        between += variance(list, areas) / (high - low + 1)
    }
    w = between > within ? 1 - within / between : 0
    for (x = low; x <= high; x++)
        for (a = 1; a <= areas; a++)
            shrunk[area[a], x] = w * own[a, x] \
                + (1 - w) * ratio(kind, 1, areas, x, width, low, high, base - K + 1, base)
    return w
}

function write_population(    file, a, x, g, z, n) {
    file = out "/population.csv"
    print "area,age,value,group,note" > file
    for (a = 1; a <= areas; a++) {
        for (x = first - 1; x <= 18; x++)
            printf "%s,%d,%d,,\n", area[a], x, mid_year(area[a], x, base) > file
        for (g = 1; g <= groups; g++)
            for (x = 19; x <= group_of(g, "last_age"); x++) {
                n = mid_year(area[a], 18, base - (x - 18)) * share[g]
                for (z = 19; z <= x; z++) n *= survival(group_of(g, "sex"), z, first + 1, last)
                printf "%s,%d,%.1f,%s,estimated\n", area[a], x, n, group[g] > file
            }
    }
    close(file)
}

function write_net_rate(    file, a, x, w) {
    file = out "/net_rate.csv"
    w = shrink("academic", first + 1, 18, 1)
    print "area,age,value" > file
    for (a = 1; a <= areas; a++)
        for (x = first + 1; x <= 18; x++)
            printf "%s,%d,%.6f\n", area[a], x, shrunk[area[a], x] / survival("", x, first + 1, last) - 1 > file
    close(file)
    printf "weight of a borough in its net rates, ages %d-18: %.3f\n", first + 1, w
}

function write_entrants(    file, a, x, t, w) {
    file = out "/entrants.csv"
    w = shrink("mid-year", 0, first, 0)
    print "year,area,value" > file
    for (t = base + 1; t <= end; t++)
        for (a = 1; a <= areas; a++) {
            born[area[a] "," t] = get(born, area[a] "," base, "births")
            for (x = 0; x <= first; x++)
                persons[area[a] "," x "," t] = before("mid-year", area[a], x, t) * shrunk[area[a], x]
            printf "%d,%s,%.1f\n", t, area[a], academic(area[a], first, t) > file
        }
    close(file)
    printf "weight of a borough in its ratios, ages 0-%d: %.3f\n", first, w
}

# q and p of the boroughs together, see the head of the script.
function set_shares(    a, q, p, pupils, with) {
    for (a = 1; a <= areas; a++) {
        pupils += cohort[area[a], "ALL"]
        with += cohort[area[a], "SEN with statements or EHC plans"]
    }
    if (pupils == 0) fail("no pupils of the cohorts " cohorts)
    q = with / pupils
    for (a = 1; a <= areas; a++)
        p += cohort[area[a], "ALL"] / pupils * share_of_fsm(get(entry, "HE_19_All," area[a], "higher education"), \
            get(entry, "HE_19_FSM," area[a], "higher education"), get(entry, "HE_19_Non_FSM," area[a], "higher education"))
    set_needs(q, p)
}

source == "area" {
    ours[$(need("code"))] = $(need("code"))
    ours[$(need("old_la_code"))] = $(need("code"))
}
source == "gla" && $(need("year")) <= base && ($(need("gss_code")) in ours) {
    persons[$(need("gss_code")) "," $(need("age")) "," $(need("year"))] = $(need("persons"))
}
source == "births" && ($(need("lad_code")) in ours) && $(need("year")) <= base && $(need("births")) != "" {
    born[$(need("lad_code")) "," $(need("year"))] = $(need("births"))
}
source == "pupils" && ($(need("la_code_9")) in ours) {
    split(cohorts, range, "-")
    if ($(need("cohort_19_in")) >= range[1] && $(need("cohort_19_in")) <= range[2])
        cohort[$(need("la_code_9")), $(need("sen"))] += $(need("number_in_ss_cohort"))
}
source == "lait" && $(need("year")) == fsm_year && $(need("measure_code")) ~ /^HE_19_/ && ($(need("la_number")) in ours) {
    entry[$(need("measure_code")) "," ours[$(need("la_number"))]] = $(need("value"))
}
END {
    set_shares()
    write_split()
    write_population()
    write_survival(first + 1, last)
    write_net_rate()
    write_entrants()
}
