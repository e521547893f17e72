# The sums of derive, which says each equation, gives the variables and runs this after the shared ones.

# Persons of a district ("" the county) and sex ("" both) at 30 June of the base year.
function mid_year(a, sex, x,    b, s, n) {
    for (b = 1; b <= areas; b++)
        for (s = 1; s <= sexes; s++)
            if ((a == "" || a == area[b]) && (sex == "" || sex == sex_code[s]))
                n += get(persons, area[b] "," sex_code[s] "," x, "persons")
    return n
}
function academic(a, x) { return august(mid_year(a, "", x), mid_year(a, "", x > 0 ? x - 1 : 0)) }
function births_of(a, t,    b, n) {
    for (b = 1; b <= areas; b++)
        if (a == "" || a == area[b]) n += get(born, area[b] "," t, "births")
    return n
}

# Slope of ln R over age; error2 its squared standard error.
function slope(a,    x, n, sx, sy, sxx, sxy, y, b, c, rest) {
    n = high - low + 1
    for (x = low; x <= high; x++) {
        y[x] = log(mid_year(a, "", x) / births_of(a, base - x))
        sx += x
        sy += y[x]
        sxx += x * x
        sxy += x * y[x]
    }
    b = (n * sxy - sx * sy) / (n * sxx - sx * sx)
    c = (sy - b * sx) / n
    for (x = low; x <= high; x++) rest += (y[x] - c - b * x) ^ 2
    error2 = rest / (n - 2) / (sxx - sx * sx / n)
    return b
}

function write_population(    file, a, s, g, x, y, n, all, sum) {
    file = out "/population.csv"
    for (g = 1; g <= groups; g++) if (group_of(g, "last_age") > 18) sum += share[g]
    print "area,sex,age,value,group,note" > file
    for (a = 1; a <= areas; a++) {
        for (s = 1; s <= sexes; s++)
            for (x = first - 1; x <= 18; x++)
                printf "%s,%s,%d,%d,,\n", area[a], sex_code[s], x, mid_year(area[a], sex_code[s], x) > file
        n = all = 0
        for (y = 15; y <= 18; y++) {
            n += mid_year(area[a], "", y)
            all += mid_year("", "", y)
        }
        for (g = 1; g <= groups; g++)
            for (x = 19; x <= group_of(g, "last_age"); x++)
                printf "%s,,%d,%.1f,%s,estimated\n", area[a], x, \
                    get(statement, base + 19 - x, "statements") * n / all * share[g] / sum, group[g] > file
    }
    close(file)
}

function write_migration(    file, a, t, z, w, own, all, within, between, mean) {
    for (a = 1; a <= areas; a++) {
        own[a] = slope(area[a])
        within += error2 / areas
        mean += own[a] / areas
    }
    for (a = 1; a <= areas; a++) between += (own[a] - mean) ^ 2 / (areas - 1)
    w = between > within ? 1 - within / between : 0
    all = slope("")
    file = out "/net_rate.csv"
    print "area,age,value" > file
    for (a = 1; a <= areas; a++) {
        rate[a] = sprintf("%.6f", exp(w * own[a] + (1 - w) * all) - 1) + 0
        printf "%s,%d-15,%.6f\n", area[a], first + 1, rate[a] > file
    }
    close(file)
    printf "net migration of the county, a year of age: %.5f; weight of a district: %.3f\n", all, w
    file = out "/entrants.csv"
    print "year,area,value" > file
    for (t = base + 1; t <= end; t++)
        for (a = 1; a <= areas; a++) {
            z = first - (t - base)
            printf "%d,%s,%.1f\n", t, area[a], academic(area[a], z) * (1 + rate[a]) ^ (first - z) > file
        }
    close(file)
}

source == "area" {
    ours[$(need("code"))] = 1
    county = $(need("authority"))
}
source == "districts" && $(need("year")) == base && ($(need("area_code")) in ours) {
    persons[$(need("area_code")) "," $(need("sex")) "," $(need("age"))] = $(need("population"))
}
source == "births" && ($(need("lad_code")) in ours) && $(need("year")) <= base && $(need("births")) != "" {
    born[$(need("lad_code")) "," $(need("year"))] = $(need("births"))
}
source == "pupils" && $(need("la_code_9")) == county && $(need("cohort_19_in")) <= base {
    split(cohorts, range, "-")
    if ($(need("cohort_19_in")) >= range[1] && $(need("cohort_19_in")) <= range[2])
        cohort[$(need("sen"))] += $(need("number_in_ss_cohort"))
    if ($(need("sen")) == "SEN with statements or EHC plans")
        statement[$(need("cohort_19_in"))] = $(need("number_in_ss_cohort"))
}
source == "lait" && $(need("year")) == fsm_year && $(need("measure_code")) ~ /^HE_19_/ && $(need("area_name")) == "Worcestershire" {
    entry[$(need("measure_code"))] = $(need("value"))
}
END {
    set_needs(get(cohort, "SEN with statements or EHC plans", "pupils") / get(cohort, "ALL", "pupils"), \
        share_of_fsm(get(entry, "HE_19_All", "entry"), get(entry, "HE_19_FSM", "entry"), get(entry, "HE_19_Non_FSM", "entry")))
    write_split()
    write_population()
    write_survival(first + 1, last)
    write_migration()
}
