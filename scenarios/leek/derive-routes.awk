# The sums of derive-routes, which says each equation, gives the variables and runs this after the shared
# ones of levels, routes and England. Groups are taken together by need; women and men are alike.

# Pupils of the county with what, of those with a statement (1) or without (0).
function pupils_with(what, statement,    with) {
    with = get(cohort, "SEN with statements or EHC plans," what, "pupils")
    return statement ? with : get(cohort, "ALL," what, "pupils") - with
}

# Targets of each status at 16 to 18, per cent; see the head of the script.
function set_targets(    x, n, v, wbl, gap, f, all, sixth) {
    n = residents[16] + residents[17] + residents[18]
    profile(base, "neet_lfs_q4", v)
    profile(2005, "work_based_learning", wbl)
    gap = get(full_time, "England,2005", "full time") - get(full_time, "Staffordshire (b) unitary authority,2005", "full time")
    split(foundation, f, " ")
    for (x = 16; x <= 18; x++) {
        all = set_outside(x, v[x]) - target[number["worktrain"], x]
        target[number["apprentice"], x] = 100 * get(begun, "persons,201213", "starts") / n * wbl[x] + gap
        target[number["foundation"], x] = f[x - 15]
        if (x < 18) {
            sixth = england(2001, x, "full_time_by_route:schools_general") \
                + england(2001, x, "full_time_by_route:schools_vocational") \
                + england(2001, x, "full_time_by_route:sixth_form_colleges_general") \
                + england(2001, x, "full_time_by_route:sixth_form_colleges_vocational")
            target[number["general"], x] = (all - target[number["apprentice"], x] - part_time) \
                * sixth / england(2001, x, "full_time_by_route:total_full_time_education")
        } else {
            target[number["general"], x] = third_year * 100 * target[number["general"], 17]
            target[number["he"], x] = he_18 * get(entry, "HE_19_All,860", "entry") / get(entry, "HE_19_All,970", "entry")
        }
        set_rest(x)
    }
}

source == "local" && $(need("year_end")) == 2005 {
    full_time[$(need("area_name")) "," $(need("year_end"))] = $(need("percent_in_full_time_education_age_16"))
}
source == "england" && $(need("area_code")) == "E92000001" && $(need("year")) == base && $(need("sex")) == "persons" {
    residents[$(need("age"))] = $(need("population"))
}
source == "pupils" && $(need("la_code_9")) == "E10000028" && $(need("cohort_19_in")) == base {
    key = $(need("sen"))
    cohort[key ",n"] = $(need("number_in_ss_cohort"))
    cohort[key ",l2"] = $(need("l2_by19"))
    cohort[key ",l3"] = $(need("l3_by19"))
    cohort[key ",em16"] = $(need("l2_em_by16"))
    cohort[key ",em19"] = $(need("l2_with_em_by19"))
}
source == "lait" && $(need("year")) == fsm_year && $(need("measure_code")) ~ /^HE_19_/ {
    entry[$(need("measure_code")) "," $(need("la_number"))] = $(need("value"))
}
END {
    academic_residents()
    fsm_effect = logit(get(entry, "HE_19_FSM,860", "entry") / 100) - logit(get(entry, "HE_19_Non_FSM,860", "entry") / 100)
    attained(2, "l2")
    attained(3, "l3")
    set_targets()
    write_levels("")
    write_statuses("", "")
    write_gain("school")
    say_targets()
    say_levels()
}
