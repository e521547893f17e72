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
function figure_of(year, age, measure) { return get(figure, year "," age "," measure, "England") }
function round6(v) { return sprintf("%.6f", v) + 0 }

# Pupils of the county with what, of those with a statement (1) or without (0).
function pupils_with(what, statement) {
    return statement ? get(cohort, with "," what, "pupils") \
        : get(cohort, "ALL," what, "pupils") - get(cohort, with "," what, "pupils")
}
# Share of each need at a level or above by 19.
function attained(level, what,    mean, low, high, c, i, p) {
    at19[level, "lldd"] = pupils_with(what, 1) / pupils_with("n", 1)
    mean = pupils_with(what, 0) / pupils_with("n", 0)
    p = share["fsm"] / (share["fsm"] + share["neither"])
    low = -20
    high = 20
    for (i = 1; i <= 200; i++) {
        c = (low + high) / 2
        if (p * expit(c + fsm_effect) + (1 - p) * expit(c) < mean) low = c
        else high = c
    }
    at19[level, "fsm"] = expit(c + fsm_effect)
    at19[level, "neither"] = expit(c)
}
# P(level,n,x): share at the level or above.
function above(level, n, x,    first, r) {
    if (level == 1) return 1
    if (level == 4 || x < 16) return 0
    if (x >= 19) return at19[level, n]
    if (level == 3) return x == 16 ? 0 : l3_by[x] * at19[3, n]
    r = (n == "lldd")
    first = at19[2, n] * pupils_with("em16", r) / pupils_with("em19", r)
    return first + (x == 16 ? 0 : l2_by[x]) * (at19[2, n] - first)
}
function level_share(l, n, x) { return above(l, n, x) - above(l + 1, n, x) }
# What the affinities say of a cell: a product over the axes that name it.
function affinity(n, x, l, s,    i, v) {
    v = 1
    for (i = 1; i <= affinities; i++)
        if (x >= aff_first[i] && x <= aff_last[i] && status[s] == aff_status[i] && \
            (aff_member[i] == level_code[l] || aff_member[i] == n))
            v *= aff_value[i]
    return v
}
function weight_of(k, x) {
    if (last_of[k] < x) return 0
    return x > 18 ? 1 : share[need_code[k]]
}
# Fit cell[k,l,s] at age x to the levels of each need and the targets of each status (shares).
function fit(x,    k, l, s, i, sum, worst) {
    for (k = 1; k <= needs; k++)
        for (l = 1; l <= 3; l++)
            for (s = 1; s <= statuses; s++)
                cell[k, l, s] = weight_of(k, x) * affinity(need_code[k], x, l, s)
    for (i = 1; i <= 5000; i++) {
        for (s = 1; s <= statuses; s++) {
            sum = 0
            for (k = 1; k <= needs; k++)
                for (l = 1; l <= 3; l++) sum += cell[k, l, s]
            if (sum == 0 && target[s, x] > 0) fail("nobody can be in " status[s] " at " x)
            for (k = 1; k <= needs; k++)
                for (l = 1; l <= 3; l++) cell[k, l, s] *= sum > 0 ? target[s, x] / sum : 0
        }
        worst = 0
        for (k = 1; k <= needs; k++)
            for (l = 1; l <= 3; l++) {
                sum = 0
                for (s = 1; s <= statuses; s++) sum += cell[k, l, s]
                if (sum == 0) continue
                sum = weight_of(k, x) * level_share(l, need_code[k], x) / sum
                if (sum - 1 > worst) worst = sum - 1
                if (1 - sum > worst) worst = 1 - sum
                for (s = 1; s <= statuses; s++) cell[k, l, s] *= sum
            }
        if (worst < 1e-12) break
    }
    if (worst > 1e-9) fail("levels and routes at " x " do not fit: " worst)
}

# Targets of each status at 16 to 18, per cent; see the head of the script.
function set_targets(    x, n, mean, wbl, gap, v, f, all, sixth, s, sum) {
    for (x = 16; x <= 18; x++) {
        n += residents[x]
        mean += residents[x] * figure_of(base, x, "neet_lfs_q4")
        wbl += residents[x] * figure_of(2005, x, "work_based_learning")
    }
    mean /= n
    wbl /= n
    gap = get(full_time, "England,2005", "full time") - get(full_time, "Staffordshire (b) unitary authority,2005", "full time")
    split(foundation, f, " ")
    for (x = 16; x <= 18; x++) {
        v = figure_of(base, x, "neet_lfs_q4") / mean
        target[number["neet"], x] = get(headline, "neet", "end 2013") * v
        target[number["notknown"], x] = not_known * v
        target[number["work"], x] = (get(headline, "employment_not_in_education_or_training", "end 2013") - not_known) * v
        target[number["worktrain"], x] = get(headline, "other_training", "end 2013") * v
        all = 100 - target[number["neet"], x] - target[number["notknown"], x] \
            - target[number["work"], x] - target[number["worktrain"], x]
        target[number["apprentice"], x] = 100 * under19 / n * figure_of(2005, x, "work_based_learning") / wbl + gap
        target[number["foundation"], x] = f[x - 15]
        if (x < 18) {
            sixth = figure_of(2001, x, "full_time_by_route:schools_general") \
                + figure_of(2001, x, "full_time_by_route:schools_vocational") \
                + figure_of(2001, x, "full_time_by_route:sixth_form_colleges_general") \
                + figure_of(2001, x, "full_time_by_route:sixth_form_colleges_vocational")
            target[number["general"], x] = (all - target[number["apprentice"], x] - part_time) \
                * sixth / figure_of(2001, x, "full_time_by_route:total_full_time_education")
        } else {
            target[number["general"], x] = third_year * 100 * target[number["general"], 17]
            target[number["he"], x] = he_18 * get(entry, "HE_19_All,860", "entry") / get(entry, "HE_19_All,970", "entry")
        }
        sum = 0
        for (s = 1; s <= statuses; s++) sum += target[s, x]
        target[number["otherfe"], x] = 100 - sum
        if (target[number["otherfe"], x] < 0) fail("nobody is left for other further education at " x)
        for (s = 1; s <= statuses; s++) target[s, x] /= 100
    }
}

# Six decimals, the last or largest takes what rounding leaves.
function write_levels(    file, k, x, l, v) {
    file = out "/level_share.csv"
    print "need,age,level,value" > file
    for (k = 1; k <= needs; k++)
        for (x = 16; x <= (last_of[k] < 19 ? 18 : 19); x++) {
            v[2] = round6(level_share(2, need_code[k], x))
            v[3] = round6(level_share(3, need_code[k], x))
            v[1] = 1 - v[2] - v[3]
            for (l = 1; l <= 3; l++)
                if (v[l] > 0) printf "%s,%s,%s,%.6f\n", need_code[k], x < 19 ? x : "19-" last_of[k], level_code[l], v[l] > file
        }
    close(file)
}
function write_statuses(    file, k, x, l, s, sum, best, part) {
    file = out "/status_share.csv"
    print "need,age,level,status,value" > file
    for (x = 16; x <= 24; x++) {
        fit(x)
        for (k = 1; k <= needs; k++)
            for (l = 1; l <= 3; l++) {
                if (last_of[k] < x || level_share(l, need_code[k], x) <= 0) continue
                sum = 0
                for (s = 1; s <= statuses; s++) sum += cell[k, l, s]
                best = 1
                for (s = 1; s <= statuses; s++) {
                    part[s] = round6(cell[k, l, s] / sum)
                    if (part[s] > part[best]) best = s
                }
                sum = 0
                for (s = 1; s <= statuses; s++) if (s != best) sum += part[s]
                part[best] = 1 - sum
                for (s = 1; s <= statuses; s++) {
                    written[k, x, l, s] = part[s]
                    if (part[s] > 0)
                        printf "%s,%d,%s,%s,%.6f\n", need_code[k], x, level_code[l], status[s], part[s] > file
                }
            }
        # Level 3 at 16 has no persons, but the table must be whole.
        if (x == 16) print ",16,l3,general,1.000000" > file
    }
    close(file)
}
function write_gain(    file, k, x, l, s, p, c, low, high, i, sum, odds) {
    file = out "/gain.csv"
    print "need,age,level,status,level_to,value" > file
    for (k = 1; k <= needs; k++)
        printf "%s,15,below2,school,l2,%.6f\n", need_code[k], above(2, need_code[k], 16) > file
    for (k = 1; k <= needs; k++)
        for (x = 16; x <= 18; x++)
            for (l = 1; l <= 2; l++) {
                p = (above(l + 1, need_code[k], x + 1) - above(l + 1, need_code[k], x)) / level_share(l, need_code[k], x)
                low = 0
                high = 1e6
                for (i = 1; i <= 200; i++) {
                    c = (low + high) / 2
                    sum = 0
                    for (s = 1; s <= statuses; s++) {
                        odds = c * gain_odds[l, status[s]]
                        sum += written[k, x, l, s] * odds / (1 + odds)
                    }
                    if (sum < p) low = c
                    else high = c
                }
                for (s = 1; s <= statuses; s++)
                    if ((odds = c * gain_odds[l, status[s]]) > 0 && written[k, x, l, s] > 0)
                        printf "%s,%d,%s,%s,%s,%.6f\n", need_code[k], x, level_code[l], status[s], level_code[l + 1], odds / (1 + odds) > file
            }
    close(file)
}
function say(    x, s, l, k, sum) {
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
            for (k = 1; k <= needs; k++) sum += share[need_code[k]] * above(l, need_code[k], x)
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
source == "group" {
    need_of[$(need("code"))] = $(need("need"))
    if (!($(need("need")) in seen)) {
        seen[$(need("need"))] = 1
        need_code[++needs] = $(need("need"))
        last_of[needs] = $(need("last_age"))
    }
    next
}
source == "status" { status[++statuses] = $1; number[$1] = statuses; next }
source == "split" && $(need("field")) == "population" && $(need("axis")) == "group" {
    share[need_of[$(need("member"))]] += $(need("value"))
    next
}
# A title in quotes may hold commas, but only after the columns that are read.
source == "published" && $(need("year_end")) <= base && $(need("unit")) == "percent" && $(need("sex")) == "persons" {
    figure[$(need("year_end")) "," $(need("academic_age")) "," $(need("measure"))] = $(need("value"))
    next
}
source == "later" && $(need("year_end")) == base { headline[$(need("category"))] = $(need("percent")); next }
source == "starts" && $(need("academic_year")) == 201213 && $(need("age_band")) == "Under 19" {
    under19 += $(need("starts"))
    next
}
source == "local" && $(need("year_end")) == 2005 {
    full_time[$(need("area_name")) "," $(need("year_end"))] = $(need("percent_in_full_time_education_age_16"))
    next
}
source == "england" && $(need("area_code")) == "E92000001" && $(need("year")) == base && $(need("sex")) == "persons" {
    residents[$(need("age"))] = $(need("population"))
    next
}
source == "pupils" && $(need("la_code_9")) == "E10000028" && $(need("cohort_19_in")) == base {
    k = $(need("sen")) ","
    cohort[k "n"] = $(need("number_in_ss_cohort"))
    cohort[k "l2"] = $(need("l2_by19"))
    cohort[k "l3"] = $(need("l3_by19"))
    cohort[k "em16"] = $(need("l2_em_by16"))
    cohort[k "em19"] = $(need("l2_with_em_by19"))
    next
}
source == "lait" && $(need("year")) == fsm_year && $(need("measure_code")) ~ /^HE_19_/ {
    entry[$(need("measure_code")) "," $(need("la_number"))] = $(need("value"))
    next
}
source == "affinity" {
    affinities++
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
    with = "SEN with statements or EHC plans"
    split(l2_path, ends, " ")
    l2_by[17] = ends[1]; l2_by[18] = ends[2]
    split(l3_path, ends, " ")
    l3_by[17] = ends[1]; l3_by[18] = ends[2]
    for (x = 18; x >= 16; x--) residents[x] = 10 / 12 * get(residents, x, "residents") + 2 / 12 * get(residents, x - 1, "residents")
    fsm_effect = logit(get(entry, "HE_19_FSM,860", "entry") / 100) - logit(get(entry, "HE_19_Non_FSM,860", "entry") / 100)
    attained(2, "l2")
    attained(3, "l3")
    set_targets()
    write_levels()
    write_statuses()
    write_gain()
    say()
}
