# The sums of derive-routes, which says each equation, gives the variables and runs this.
function fail(text) { print "derive-routes: " text > "/dev/stderr"; failed = 1; exit 3 }
function need(name) {
    if (!(name in column)) fail("no column " name " in " FILENAME)
    return column[name]
}
function get(array, key, what) {
    if (!(key in array)) fail("no figure: " what " " key)
    return array[key]
}
function logit(p) { return log(p / (1 - p)) }
function expit(z) { return 1 / (1 + exp(-z)) }
function england(year, age, measure, sex) {
    return get(figure, year "," age "," (sex == "" ? "persons" : sex) "," measure, "England")
}
function round6(v) { return sprintf("%.6f", v) + 0 }

# Pupils of the county with what: with a statement (1), all cohorts in range; without (0), of BASE.
function pupils_with(what, statement) {
    return statement ? get(with, what, "pupils with a statement") \
        : get(all_pupils, what, "pupils") - get(with_base, what, "pupils with a statement")
}

# Share of each group at a level or above by 19: at19[level,group].
function attained(level, what,    statement, mean, g, low, high, c, sum, weight, i) {
    for (statement = 0; statement <= 1; statement++) {
        mean = pupils_with(what, statement) / pupils_with("n", statement)
        low = -20
        high = 20
        for (i = 1; i <= 200; i++) {
            c = (low + high) / 2
            sum = weight = 0
            for (g = 1; g <= groups; g++)
                if ((group_need[g] == "lldd") == statement) {
                    at19[level, g] = expit(c + (group_sex[g] == "female" ? sex_effect : 0) \
                        + (group_need[g] == "fsm" ? fsm_effect : 0))
                    sum += share[g] * at19[level, g]
                    weight += share[g]
                }
            if (sum / weight < mean) low = c
            else high = c
        }
    }
}

# P(level,g,x): share at the level or above.
function above(level, g, x,    first, r) {
    if (level == 1) return 1
    if (level == 4 || x < 16) return 0
    if (x >= 19) return at19[level, g]
    if (level == 3) return x == 16 ? 0 : l3_by[x] * at19[3, g]
    r = (group_need[g] == "lldd")
    first = at19[2, g] * pupils_with("em16", r) / pupils_with("em19", r)
    return first + (x == 16 ? 0 : l2_by[x]) * (at19[2, g] - first)
}
function level_share(l, g, x) { return above(l, g, x) - above(l + 1, g, x) }

# What the affinities say of a cell: a product over the axes that name it.
function affinity(g, x, l, s,    i, v) {
    v = 1
    for (i = 1; i <= affinities; i++)
        if (x >= aff_first[i] && x <= aff_last[i] && status[s] == aff_status[i] && \
            ((aff_axis[i] == "level" && aff_member[i] == level_code[l]) || \
             (aff_axis[i] == "need" && aff_member[i] == group_need[g]) || \
             (aff_axis[i] == "sex" && aff_member[i] == group_sex[g])))
            v *= aff_value[i]
    return v
}

# Fit cell[g,l,s] at age x to the levels of each group and the targets of each status (shares).
function fit(x, young,    g, l, s, i, sum, worst) {
    for (g = 1; g <= groups; g++)
        for (l = 1; l <= 3; l++)
            for (s = 1; s <= statuses; s++)
                cell[g, l, s] = (!young || group_last[g] >= x) ? share[g] * affinity(g, x, l, s) \
                    * (x <= 18 && status[s] == "apprentice" ? sex_apprentice[group_sex[g]] : 1) \
                    * (x <= 18 && status[s] == "neet" ? sex_neet[group_sex[g]] : 1) : 0
    for (i = 1; i <= 2000; i++) {
        for (s = 1; s <= statuses; s++) {
            sum = 0
            for (g = 1; g <= groups; g++)
                for (l = 1; l <= 3; l++) sum += cell[g, l, s]
            if (sum == 0 && target[s, x] > 0) fail("nobody can be in " status[s] " at " x)
            for (g = 1; g <= groups; g++)
                for (l = 1; l <= 3; l++) cell[g, l, s] *= sum > 0 ? target[s, x] / sum : 0
        }
        worst = 0
        for (g = 1; g <= groups; g++)
            for (l = 1; l <= 3; l++) {
                sum = 0
                for (s = 1; s <= statuses; s++) sum += cell[g, l, s]
                if (sum == 0) continue
                sum = weight_of(g, x) * level_share(l, g, x) / sum
                if (sum - 1 > worst) worst = sum - 1
                if (1 - sum > worst) worst = 1 - sum
                for (s = 1; s <= statuses; s++) cell[g, l, s] *= sum
            }
        if (worst < 1e-12) break
    }
    if (worst > 1e-9) fail("levels and routes at " x " do not fit: " worst)
}
# Share of a group among those followed at the age.
function weight_of(g, x,    h, sum) {
    for (h = 1; h <= groups; h++) if (group_last[h] >= x) sum += share[h]
    return group_last[g] >= x ? share[g] / sum : 0
}

# Write the statuses of one cell, six decimals, the largest takes what rounding leaves.
function write_cell(file, g, x, l,    s, sum, best) {
    for (s = 1; s <= statuses; s++) sum += cell[g, l, s]
    best = 1
    for (s = 1; s <= statuses; s++) {
        part[s] = round6(cell[g, l, s] / sum)
        if (part[s] > part[best]) best = s
    }
    sum = 0
    for (s = 1; s <= statuses; s++) if (s != best) sum += part[s]
    part[best] = 1 - sum
    for (s = 1; s <= statuses; s++)
        if (part[s] > 0) {
            printf "%s,%d,%s,%s,%.6f\n", group[g], x, level_code[l], status[s], part[s] > file
            written[g, x, l, s] = part[s]
        }
}

# Mean over 16-18, residents of England, of by_age[16..18].
function mean_16_18(    x, n, sum) {
    for (x = 16; x <= 18; x++) {
        n += residents[x]
        sum += residents[x] * by_age[x]
    }
    return sum / n
}

# Targets of each status at 16 to 18, shares of the cohort; see the head of derive-routes.
function set_targets(    x, s, m, l, wbl, part_of, ft, full, route, sum) {
    for (x = 16; x <= 18; x++) by_age[x] = england(base, x, "neet_lfs_q4")
    m = mean_16_18()
    for (x = 16; x <= 18; x++) l[x] = by_age[x] / m
    for (x = 16; x <= 18; x++) by_age[x] = england(2005, x, "work_based_learning")
    m = mean_16_18()
    for (x = 16; x <= 18; x++) wbl[x] = by_age[x] / m * england(2006, "16-18", "work_based_learning")
    full = england(2008, "16-18", "full_time_education") / (england(2009, "16-18", "education_and_training") \
        - england(2006, "16-18", "work_based_learning") - get(category, "other_training", "series"))
    for (x = 16; x <= 18; x++) {
        target[number["neet"], x] = get(category, "neet", "series") * l[x]
        target[number["notknown"], x] = not_known * l[x]
        target[number["work"], x] = (get(category, "employment_not_in_education_or_training", "series") - not_known) * l[x]
        target[number["worktrain"], x] = category["other_training"] * l[x]
        part_of[x] = 100 - target[number["neet"], x] - target[number["notknown"], x] - target[number["work"], x]
        target[number["apprentice"], x] = wbl[x] * apprentices / (apprentices + e2e) \
            * get(begun, "201213", "starts") / get(begun, "2006/07", "starts")
        route = england(2001, x < 18 ? x : 17, "full_time_by_route:general_fe_colleges_vocational") / (x < 18 ? 1 : 2)
        target[number["foundation"], x] = wbl[x] * e2e / (apprentices + e2e) + fe_foundation * route
        if (x < 18) {
            ft = full * (part_of[x] - wbl[x] - target[number["worktrain"], x])
            target[number["general"], x] = ft * (england(2001, x, "full_time_by_route:schools_general") \
                + england(2001, x, "full_time_by_route:sixth_form_colleges_general") \
                + england(2001, x, "full_time_by_route:general_fe_colleges_general")) \
                / england(2001, x, "full_time_by_route:total_full_time_education")
        } else {
            target[number["general"], x] = third_year * 100 * target[number["general"], 17]
            target[number["he"], x] = he_18
        }
        sum = 0
        for (s = 1; s <= statuses; s++) sum += target[s, x]
        target[number["otherfe"], x] = 100 - sum
        if (target[number["otherfe"], x] < 0) fail("nobody is left for other further education at " x)
        for (s = 1; s <= statuses; s++) target[s, x] /= 100
    }
}

function write_levels(    file, g, x, l, v, sum) {
    file = out "/level_share.csv"
    print "group,age,level,value" > file
    for (g = 1; g <= groups; g++)
        for (x = 16; x <= 19; x++) {
            if (x == 19 && group_last[g] < 19) continue
            sum = 0
            for (l = 2; l <= 3; l++) sum += (v[l] = round6(level_share(l, g, x)))
            v[1] = 1 - sum
            for (l = 1; l <= 3; l++)
                if (v[l] > 0)
                    printf "%s,%s,%s,%.6f\n", group[g], x < 19 ? x : "19-" group_last[g], level_code[l], v[l] > file
        }
    close(file)
}

function write_statuses(    file, g, x, l) {
    file = out "/status_share.csv"
    print "group,age,level,status,value" > file
    for (x = 16; x <= 24; x++) {
        fit(x, x > 18)
        for (g = 1; g <= groups; g++)
            for (l = 1; l <= 3; l++)
                if (group_last[g] >= x && level_share(l, g, x) > 0) write_cell(file, g, x, l)
        # Level 3 at 16 has no persons, but the table must be whole.
        if (x == 16) print ",16,l3,general,1.000000" > file
    }
    close(file)
}

function write_gain(    file, g, x, l, s, p, k, low, high, i, sum, odds) {
    file = out "/gain.csv"
    print "group,age,level,status,level_to,value" > file
    for (g = 1; g <= groups; g++)
        printf "%s,15,below2,school,l2,%.6f\n", group[g], above(2, g, 16) > file
    for (g = 1; g <= groups; g++)
        for (x = 16; x <= 18; x++)
            for (l = 1; l <= 2; l++) {
                if (level_share(l, g, x) == 0) continue
                p = (above(l + 1, g, x + 1) - above(l + 1, g, x)) / level_share(l, g, x)
                low = 0
                high = 1e6
                for (i = 1; i <= 200; i++) {
                    k = (low + high) / 2
                    sum = 0
                    for (s = 1; s <= statuses; s++) {
                        odds = k * gain_odds[l, status[s]]
                        sum += written[g, x, l, s] * odds / (1 + odds)
                    }
                    if (sum < p) low = k
                    else high = k
                }
                for (s = 1; s <= statuses; s++)
                    if ((odds = k * gain_odds[l, status[s]]) > 0 && written[g, x, l, s] > 0)
                        printf "%s,%d,%s,%s,%s,%.6f\n", group[g], x, level_code[l], status[s], \
                            level_code[l + 1], odds / (1 + odds) > file
            }
    close(file)
}

function say(    x, s, l, g, sum) {
    printf "per cent of the cohort   at 16   at 17   at 18\n"
    for (s = 1; s <= statuses; s++) {
        if (target[s, 16] + target[s, 17] + target[s, 18] == 0) continue
        printf "%-22s", status[s]
        for (x = 16; x <= 18; x++) printf "%8.2f", 100 * target[s, x]
        printf "\n"
    }
    for (l = 2; l <= 3; l++) {
        printf "%-22s", "level " l " or above"
        for (x = 16; x <= 19; x++) {
            sum = 0
            for (g = 1; g <= groups; g++) sum += share[g] * above(l, g, x)
            printf "%8.2f", 100 * sum
        }
        printf " (by 19)\n"
    }
}

FNR == 1 {
    split("", column)
    for (i = 1; i <= NF; i++) column[$i] = i
    next
}
source == "area" { county = $(need("authority")); next }
source == "group" {
    group[++groups] = $(need("code"))
    index_of[$(need("code"))] = groups
    group_sex[groups] = $(need("sex"))
    group_need[groups] = $(need("need"))
    group_last[groups] = $(need("last_age"))
    next
}
source == "status" { status[++statuses] = $1; number[$1] = statuses; next }
source == "split" && $(need("field")) == "population" {
    share[index_of[$(need("member"))]] = $(need("value"))
    next
}
# A title in quotes may hold commas, but only after the columns that are read.
source == "published" && $(need("unit")) == "percent" && $(need("year_end")) <= base {
    figure[$(need("year_end")) "," $(need("academic_age")) "," $(need("sex")) "," $(need("measure"))] = $(need("value"))
    next
}
source == "series" && $(need("year_end")) == base { category[$(need("category"))] = $(need("percent")); next }
source == "starts" && $(need("age_band")) == "Under 19" && $(need("level")) == "all" && $(need("status")) == "final" {
    if ($(need("sex")) == "persons") begun[$(need("academic_year"))] = $(need("starts"))
    else if ($(need("academic_year")) == "2008/09") sex_apprentice[$(need("sex"))] = $(need("starts"))
    next
}
source == "later" && $(need("academic_year")) == "201213" && $(need("age_band")) == "Under 19" {
    begun["201213"] += $(need("starts"))
    next
}
source == "regions" && $(need("year")) == base && $(need("region")) != "Wales" {
    residents[$(need("age"))] += $(need("population"))
    next
}
source == "pupils" && $(need("la_code_9")) == county {
    split(sen_cohorts, ends, "-")
    t = $(need("cohort_19_in"))
    sen = $(need("sen"))
    n = split("number_in_ss_cohort l2_by19 l3_by19 l2_em_by16 l2_with_em_by19", name, " ")
    split("n l2 l3 em16 em19", what, " ")
    for (i = 1; i <= n; i++) {
        if (sen == "ALL" && t == base) all_pupils[what[i]] = $(need(name[i]))
        if (sen == "SEN with statements or EHC plans" && t == base) with_base[what[i]] = $(need(name[i]))
        if (sen == "SEN with statements or EHC plans" && t >= ends[1] && t <= ends[2]) with[what[i]] += $(need(name[i]))
    }
    next
}
source == "lait" && $(need("year")) == fsm_year && $(need("measure_code")) ~ /^HE_19_/ && $(need("area_name")) == "Worcestershire" {
    entry[$(need("measure_code"))] = $(need("value"))
    next
}
source == "affinity" {
    affinities++
    aff_axis[affinities] = $(need("axis"))
    aff_member[affinities] = $(need("member"))
    n = split($(need("age")), ends, "-")
    aff_first[affinities] = ends[1]
    aff_last[affinities] = ends[n]
    aff_status[affinities] = $(need("status"))
    aff_value[affinities] = $(need("value"))
    if (!($(need("status")) in number)) fail("no status " $(need("status")) " in " FILENAME)
    next
}
source == "young" { target[number[$(need("status"))], $(need("age"))] = $(need("value")); next }
source == "gain" { gain_odds[$(need("level")) == "below2" ? 1 : 2, $(need("status"))] = $(need("value")) }
END {
    if (failed) exit 3
    level_code[1] = "below2"; level_code[2] = "l2"; level_code[3] = "l3"
    split(l2_path, ends, " ")
    l2_by[17] = ends[1]; l2_by[18] = ends[2]
    split(l3_path, ends, " ")
    l3_by[17] = ends[1]; l3_by[18] = ends[2]
    # At ages followed by the academic year, as the model does it.
    for (x = 24; x >= 1; x--) residents[x] = 10 / 12 * residents[x] + 2 / 12 * residents[x - 1]
    sex_effect = logit(england(1998, 17, "full_time_education", "female") / 100) \
        - logit(england(1998, 17, "full_time_education", "male") / 100)
    fsm_effect = logit(get(entry, "HE_19_FSM", "entry") / 100) - logit(get(entry, "HE_19_Non_FSM", "entry") / 100)
    # Of the same number of women and men: how many apprentices, how many NEET.
    sex_neet["female"] = england(2008, "16-18", "neet_lfs_q4", "female")
    sex_neet["male"] = england(2008, "16-18", "neet_lfs_q4", "male")
    attained(2, "l2")
    attained(3, "l3")
    set_targets()
    write_levels()
    write_statuses()
    write_gain()
    say()
}
