# The sums of derive, which says each equation, gives the variables and runs this after the shared ones.

function persons(s, x, t) { return get(stock, s "," x "," t, "persons") }
function aged(s, x, t) { return persons(s, x - 1, t - 1) - get(deaths, s "," x "," t, "deaths") }
function moved(s, x, t) { return get(net, s "," x "," t, "migration") }

function net_rate(s, x,    t, top, bottom) {
    for (t = base - K + 1; t <= base; t++) {
        top += august(moved(s, x, t), moved(s, x - 1, t))
        bottom += august(aged(s, x, t), aged(s, x - 1, t))
    }
    return top / bottom
}

function cohort_ratio(s, x,    t, top, bottom) {
    for (t = base - K + 1; t <= base; t++) {
        top += aged(s, x, t) + moved(s, x, t)
        bottom += persons(s, x - 1, t - 1)
    }
    return top / bottom
}

function write_demography(    s, x, t, file) {
    file = out "/population.csv"
    print "area,group,age,value" > file
    for (s = 1; s <= 2; s++)
        for (x = first - 1; x <= last; x++)
            printf "%s,%s,%d,%d\n", area[1], sex_code[s], x, persons(sex_code[s], x, base) > file
    close(file)

    file = out "/net_rate.csv"
    print "sex,age,value" > file
    for (s = 1; s <= 2; s++)
        for (x = first + 1; x <= last; x++)
            printf "%s,%d,%.6f\n", sex_code[s], x, net_rate(sex_code[s], x) > file
    close(file)

    file = out "/entrants.csv"
    print "year,area,group,value" > file
    for (t = base + 1; t <= end; t++)
        for (s = 1; s <= 2; s++) {
            stock[sex_code[s] "," 0 "," t] = persons(sex_code[s], 0, base)
            for (x = 1; x <= first; x++)
                stock[sex_code[s] "," x "," t] = persons(sex_code[s], x - 1, t - 1) * cohort_ratio(sex_code[s], x)
            printf "%d,%s,%s,%.1f\n", t, area[1], sex_code[s], \
                august(persons(sex_code[s], first, t), persons(sex_code[s], first - 1, t)) > file
        }
    close(file)
}

# England at academic age x in year t; the mean over 16-18 of list[x] with these weights.
function weight(x, t) { return august(get(england, x "," t, "England"), get(england, x - 1 "," t, "England")) }
function mean(list, t,    x, top, bottom) {
    for (x = 16; x <= 18; x++) {
        top += list[x] * weight(x, t)
        bottom += weight(x, t)
    }
    return top / bottom
}

# A published figure, as a share.
function published_share(t, x, measure) { return get(published, t "," x "," measure ",percent", "participation") / 100 }
function count(t, x, measure) { return get(published, t "," x "," measure ",number", "participation") }

# Shares by age at the end of 2005, scaled so that their mean is the 16-18 figure of 2006.
function by_age(measure, scaled,    x, m) {
    for (x = 16; x <= 18; x++) scaled[x] = published_share(2005, x, measure)
    m = mean(scaled, 2006)
    for (x = 16; x <= 18; x++) scaled[x] *= published_share(2006, "16-18", measure) / m
}

# p[x,i] of England at the end of 2006; i as in name[].
function england_2006(    x, i, all, wbl, neet, full, part, rest, sum) {
    by_age("work_based_learning", wbl)
    by_age("neet", neet)
    for (x = 16; x <= 18; x++) {
        full = count(2006, x, "full_time_education")
        part = count(2006, x, "part_time_education")
        all = full + part + count(2006, x, "not_in_education")
        p[x, 1] = full / all
        p[x, 2] = wbl[x]
        p[x, 3] = part / all
        p[x, 5] = neet[x]
    }
    p[17, 3] = published_share(2006, 17, "in_education_or_training_headline") - p[17, 1] - p[17, 2]
    sum = published_share(2006, "16-18", "in_education_or_training_headline") \
        * (weight(16, 2006) + weight(17, 2006) + weight(18, 2006))
    for (x = 16; x <= 17; x++) sum -= (p[x, 1] + p[x, 2] + p[x, 3]) * weight(x, 2006)
    p[18, 3] = sum / weight(18, 2006) - p[18, 1] - p[18, 2]
    for (x = 16; x <= 18; x++) {
        p[x, 4] = 1 - p[x, 1] - p[x, 2] - p[x, 3] - p[x, 5]
        for (i = 1; i <= 5; i++) if (p[x, i] <= 0) fail("no " name[i] " left at " x)
    }
}

# p[x,i] of England at the end of 2009: ages and 16-18 figures fitted in turn.
function england_2009(    x, i, round, target, column_sum, row_sum) {
    target[1] = published_share(2008, "16-18", "full_time_education")
    target[2] = published_share(2006, "16-18", "work_based_learning")
    target[3] = published_share(2009, "16-18", "education_and_training") - target[1] - target[2]
    target[5] = published_share(2009, "16-18", "neet")
    target[4] = 1 - target[1] - target[2] - target[3] - target[5]
    for (round = 1; round <= 200; round++) {
        for (i = 1; i <= 5; i++) {
            for (x = 16; x <= 18; x++) column_sum[x] = p[x, i]
            column_sum[0] = mean(column_sum, 2009)
            for (x = 16; x <= 18; x++) p[x, i] *= target[i] / column_sum[0]
        }
        for (x = 16; x <= 18; x++) {
            row_sum = 0
            for (i = 1; i <= 5; i++) row_sum += p[x, i]
            for (i = 1; i <= 5; i++) p[x, i] /= row_sum
        }
    }
}

function here(x, t) {
    return august(persons("female", x, t), persons("female", x - 1, t)) \
        + august(persons("male", x, t), persons("male", x - 1, t))
}

# What does not participate becomes k times as much.
function south_east(k,    x, i, out_share) {
    for (x = 16; x <= 18; x++) {
        out_share = p[x, 4] + p[x, 5]
        for (i = 1; i <= 5; i++) p[x, i] *= i > 3 ? k : (1 - k * out_share) / (1 - out_share)
    }
}

# Shares as written: six decimals, the first takes the rounding.
function write_status_share(    file, x, i, k, text) {
    england_2006()
    k = (1 - lsc) * (here(16, 2006) + here(17, 2006)) \
        / (here(16, 2006) * (p[16, 4] + p[16, 5]) + here(17, 2006) * (p[17, 4] + p[17, 5]))
    if (base == 2009) england_2009()
    printf "England participates, 16 17 18: %.4f %.4f %.4f; South East does not %.4f times as much\n", \
        1 - p[16, 4] - p[16, 5], 1 - p[17, 4] - p[17, 5], 1 - p[18, 4] - p[18, 5], k
    south_east(k)
    file = out "/status_share.csv"
    print "age,status,value" > file
    for (x = 16; x <= 18; x++) {
        p[x, 1] = 1
        for (i = 2; i <= 5; i++) {
            p[x, i] = sprintf("%.6f", p[x, i]) + 0
            p[x, 1] -= p[x, i]
        }
        for (i = 1; i <= 5; i++) printf "%d,%s,%.6f\n", x, name[i], p[x, i] > file
        printf "%d,unknown,0\n", x > file
    }
    close(file)

    file = out "/level_share.csv"
    print "level,value" > file
    print "all,1" > file
    close(file)
}

# Prior fitted to the shares at x - 1 (rows) and x (columns).
function fit(x, q,    i, j, round, sum) {
    for (i = 1; i <= 5; i++)
        for (j = 1; j <= 5; j++)
            q[i, j] = p[x - 1, i] * get(prior, name[i] "," name[j], "prior")
    for (round = 1; round <= 500; round++) {
        for (j = 1; j <= 5; j++) {
            sum = 0
            for (i = 1; i <= 5; i++) sum += q[i, j]
            for (i = 1; i <= 5; i++) q[i, j] *= p[x, j] / sum
        }
        for (i = 1; i <= 5; i++) {
            sum = 0
            for (j = 1; j <= 5; j++) sum += q[i, j]
            for (j = 1; j <= 5; j++) q[i, j] *= p[x - 1, i] / sum
        }
    }
    for (i = 1; i <= 5; i++)
        for (j = 1; j <= 5; j++)
            q[i, j] /= p[x - 1, i]
}

function write_progression(    file, x, i, j, q, rest) {
    file = out "/progression.csv"
    print "age,status,status_to,value" > file
    for (j = 1; j <= 5; j++) printf "16,school,%s,%.6f\n", name[j], p[16, j] > file
    for (x = 17; x <= 18; x++) {
        fit(x, q)
        for (i = 1; i <= 6; i++) {
            rest = 1
            for (j = 1; j <= 5; j++) {
                if (i == 6) q[i, j] = get(prior, name[i] "," name[j], "prior")
                if (j > 1) {
                    q[i, j] = sprintf("%.6f", q[i, j]) + 0
                    rest -= q[i, j]
                }
            }
            q[i, 1] = rest
            for (j = 1; j <= 5; j++) printf "%d,%s,%s,%.6f\n", x, name[i], name[j], q[i, j] > file
        }
    }
    close(file)
}

BEGIN {
    sexes = split("female male", sex_code, " ")
    split("fulltime,wbl,other,work,neet,unknown", name, ",")
}
source == "region" && $(need("year")) <= base && $(need("region")) != "Wales" {
    england[$(need("age")) "," $(need("year"))] += $(need("population"))
}
source == "figures" && $(need("year_end")) <= base && $(need("sex")) == "persons" {
    published[$(need("year_end")) "," $(need("academic_age")) "," $(need("measure")) "," $(need("unit"))] = $(need("value"))
}
source == "prior" && $(need("age")) == "17-18" {
    prior[$(need("status")) "," $(need("status_to"))] = $(need("value"))
}
END {
    printf "%d: ", base
    write_status_share()
    write_progression()
    write_demography()
    write_survival(first + 1, last)
}
