# The sums of derive-routes, which says each equation, gives the variables and runs this after the shared
# ones of levels, routes and England.

# Mean over the boroughs, weighted by pupils of the cohort, of a measure of the authorities.
function boroughs(measure,    a, top, bottom) {
    for (a = 1; a <= areas; a++) {
        top += get(cohort, area[a] ",ALL,n", "pupils") * get(authority, measure "," area[a], "authority")
        bottom += cohort[area[a] ",ALL,n"]
    }
    return top / bottom
}
function boroughs_over_nation(measure) { return boroughs(measure) / get(nation, measure, "England") }

# Pupils of the eight boroughs with what, of those with a statement (1) or without (0).
function pupils_with(what, statement,    a, with, n) {
    for (a = 1; a <= areas; a++) {
        with = cohort[area[a] ",SEN with statements or EHC plans," what]
        n += statement ? with : cohort[area[a] ",ALL," what] - with
    }
    return n
}

# Targets of each status at 16 to 18, England, per cent; see the head of the script.
function set_targets(    x, all, training, n, part_of, out_all, ft, full, wbl, dip) {
    all = england(base, "16-18", "education_and_training")
    training = headline(2011, "other_training")
    part_of[17] = all * england(2007, 17, "participating_2015_ambition_measure") \
        / england(2007, "16-18", "in_education_or_training_headline")
    part_of[16] = part_of[17] \
        + england(2001, 16, "full_time_by_route:total_full_time_education") \
        + england(2001, 16, "full_time_by_route:government_supported_training") \
        - england(2001, 17, "full_time_by_route:total_full_time_education") \
        - england(2001, 17, "full_time_by_route:government_supported_training")
    n = residents[16] + residents[17] + residents[18]
    part_of[18] = (all * n - part_of[16] * residents[16] - part_of[17] * residents[17]) / residents[18]
    profile(2005, "work_based_learning", wbl)
    full = england(2008, "16-18", "full_time_education") \
        / (all - england(2006, "16-18", "work_based_learning") - training)
    split(diploma_ages, dip, " ")
    for (x = 16; x <= 18; x++) {
        out_all = (100 - part_of[x]) / (100 - all)
        target[number["neet"], x] = england(base, "16-18", "neet") * out_all
        target[number["notknown"], x] = not_known * out_all
        target[number["work"], x] = (100 - all - england(base, "16-18", "neet") - not_known) * out_all
        target[number["worktrain"], x] = training * out_all
        wbl[x] *= england(2006, "16-18", "work_based_learning")
        target[number["apprentice"], x] = wbl[x] * apprentices / (apprentices + e2e) \
            * get(begun, "persons,2008/09", "starts") / get(begun, "persons,2006/07", "starts") \
            * boroughs_over_nation("KS4_DES_Apprentice")
        target[number["foundation"], x] = wbl[x] * e2e / (apprentices + e2e) + fe_foundation * vocational(x)
        target[number["diploma"], x] = 100 * get(diploma, "2009/10,learners_participating", "Diploma") \
            * diploma["2008/09,learners_starting_september_2008_post16"] \
            / diploma["2008/09,learners_starting_september_2008_total"] * dip[x - 15] / residents[x]
        if (x < 18) {
            ft = full * (part_of[x] - wbl[x] - target[number["worktrain"], x])
            target[number["general"], x] = ft * general_of_full_time(x)
        } else {
            target[number["general"], x] = third_year * 100 * target[number["general"], 17]
            target[number["he"], x] = he_18 * boroughs_over_nation("HE_19_All")
        }
        set_rest(x)
    }
}

# What sets the boroughs apart in higher education: log odds of entry by 19, to all of them.
function set_units(    a) {
    units = areas
    for (a = 1; a <= areas; a++) {
        unit[a] = area[a]
        unit_persons[a] = get(persons, area[a], "persons at 18")
        unit_odds[a] = logit(authority["HE_19_All," area[a]] / 100) - logit(boroughs("HE_19_All") / 100)
    }
}

# Share of Diploma learners at 14 and 15.
function early_diplomas() {
    return round6(get(diploma, "2009/10,learners_participating", "Diploma") \
        * diploma["2008/09,learners_starting_september_2008_pre16"] \
        / diploma["2008/09,learners_starting_september_2008_total"] / (residents[14] + residents[15]))
}

source == "area" {
    ours[$(need("code"))] = $(need("code"))
    ours[$(need("old_la_code"))] = $(need("code"))
}
source == "population" && $(need("age")) == 18 { persons[$(need("area"))] = $(need("value")) }
source == "diplomas" { diploma[$(need("academic_year")) "," $(need("measure"))] = $(need("value")) }
source == "pupils" && ($(need("la_code_9")) in ours) && $(need("cohort_19_in")) == base {
    key = $(need("la_code_9")) "," $(need("sen"))
    cohort[key ",n"] = $(need("number_in_ss_cohort"))
    cohort[key ",l2"] = $(need("l2_by19"))
    cohort[key ",l3"] = $(need("l3_by19"))
    cohort[key ",em16"] = $(need("l2_em_by16"))
    cohort[key ",em19"] = $(need("l2_with_em_by19"))
}
source == "lait" && (($(need("year")) == fsm_year && $(need("measure_code")) ~ /^HE_19_/) || \
                     ($(need("year")) == ks4_year && $(need("measure_code")) == "KS4_DES_Apprentice")) {
    if ($(need("la_number")) in ours)
        authority[$(need("measure_code")) "," ours[$(need("la_number"))]] = $(need("value"))
    if ($(need("area_name")) == "England") nation[$(need("measure_code"))] = $(need("value"))
}
END {
    academic_residents()
    set_sexes()
    fsm_effect = logit(boroughs("HE_19_FSM") / 100) - logit(boroughs("HE_19_Non_FSM") / 100)
    attained(2, "l2")
    attained(3, "l3")
    set_targets()
    set_units()
    set_effects()
    early = early_diplomas()
    write_levels(",14-15,below2,1.000000")
    write_statuses("area", sprintf(",,14-15,,school,%.6f\n,,14-15,,diploma,%.6f", 1 - early, early))
    write_effects("area")
    write_gain("school diploma")
    say_targets()
    say_levels()
    printf "Diploma at 14 and 15: %.2f per cent each\n", 100 * early
}
