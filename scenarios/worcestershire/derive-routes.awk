# The sums of derive-routes, which says each equation, gives the variables and runs this after the shared
# ones of levels, routes and England.

# Pupils of the county with what: with a statement (1), all cohorts in range; without (0), of BASE.
function pupils_with(what, statement) {
    return statement ? get(with, what, "pupils with a statement") \
        : get(all_pupils, what, "pupils") - get(with_base, what, "pupils with a statement")
}

# Targets of each status at 16 to 18, per cent; see the head of derive-routes.
function set_targets(    x, v, wbl, part_of, ft, full) {
    profile(base, "neet_lfs_q4", v)
    profile(2005, "work_based_learning", wbl)
    full = england(2008, "16-18", "full_time_education") / (england(2009, "16-18", "education_and_training") \
        - england(2006, "16-18", "work_based_learning") - headline(base, "other_training"))
    for (x = 16; x <= 18; x++) {
        part_of = set_outside(x, v[x])
        wbl[x] *= england(2006, "16-18", "work_based_learning")
        target[number["apprentice"], x] = wbl[x] * apprentices / (apprentices + e2e) \
            * get(begun, "persons,201213", "starts") / get(begun, "persons,2006/07", "starts")
        target[number["foundation"], x] = wbl[x] * e2e / (apprentices + e2e) + fe_foundation * vocational(x)
        if (x < 18) {
            ft = full * (part_of - wbl[x] - target[number["worktrain"], x])
            target[number["general"], x] = ft * general_of_full_time(x)
        } else {
            target[number["general"], x] = third_year * 100 * target[number["general"], 17]
            target[number["he"], x] = he_18
        }
        set_rest(x)
    }
}

source == "area" { county = $(need("authority")) }
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
}
source == "lait" && $(need("year")) == fsm_year && $(need("measure_code")) ~ /^HE_19_/ && $(need("area_name")) == "Worcestershire" {
    entry[$(need("measure_code"))] = $(need("value"))
}
END {
    academic_residents()
    set_sexes()
    fsm_effect = logit(get(entry, "HE_19_FSM", "entry") / 100) - logit(get(entry, "HE_19_Non_FSM", "entry") / 100)
    attained(2, "l2")
    attained(3, "l3")
    set_targets()
    write_levels("")
    write_statuses("", "")
    write_gain("school")
    say_targets()
    say_levels()
}
