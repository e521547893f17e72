# Levels from the results of pupils by 19, and targets of routes from the published figures of England. Run
# after routes.awk, by places in England.
#
# Notation as in routes.awk; w(g) = share[g] of tables/split.csv. Groups have the columns need (lldd, fsm,
# neither) and sex.
#
# The place defines pupils_with(what,statement): pupils with (1) or without (0) a statement of SEN, all (n)
# or those with l2, l3 by 19, with level 2 with English and maths by 16 or 19 (em16, em19). It gives
# fsm_effect, perhaps sex_effect (log odds ratios of attaining), and -v base, l2_path, l3_path.

# A published figure, per cent; persons unless a sex is named.
function england(year, age, measure, sex) {
    return get(figure, year "," age "," (sex == "" ? "persons" : sex) "," measure, "England")
}
# One of the categories that 16-18 fall into at the end of a year, per cent.
function headline(year, category) { return get(category_of, year "," category, "England, 16-18,") }

# Share of a group among those followed at the age.
function weight_of(g, x,    h, sum) {
    for (h = 1; h <= groups; h++) if (group_of(h, "last_age") >= x) sum += share[h]
    return group_of(g, "last_age") >= x ? share[g] / sum : 0
}

# logit at19(level,g) = c + sex_effect + fsm_effect, c such that the mean over w(g) is that of the pupils;
# those with a statement (lldd) and the others apart.
function attained(level, what,    statement, mean, g, low, high, c, sum, weight, i) {
    for (statement = 0; statement <= 1; statement++) {
        mean = pupils_with(what, statement) / pupils_with("n", statement)
        low = -20
        high = 20
        for (i = 1; i <= 200; i++) {
            c = (low + high) / 2
            sum = weight = 0
            for (g = 1; g <= groups; g++)
                if ((group_of(g, "need") == "lldd") == statement) {
                    at19[level, g] = expit(c + (group_of(g, "sex") == "female" ? sex_effect : 0) \
                        + (group_of(g, "need") == "fsm" ? fsm_effect : 0))
                    sum += share[g] * at19[level, g]
                    weight += share[g]
                }
            if (sum / weight < mean) low = c
            else high = c
        }
    }
}

# P(l2,g,16) = at19(l2,g) em16 / em19,   P(l2,g,x) = P(l2,g,16) + l2_path(x) (at19(l2,g) - P(l2,g,16)),
# P(l3,g,x) = l3_path(x) at19(l3,g). Below 16 everybody is below level 2; from 19 nobody gains.
function above(level, g, x,    first, r) {
    if (level == 1) return 1
    if (level == 4 || x < 16) return 0
    if (x >= 19) return at19[level, g]
    if (level == 3) return x == 16 ? 0 : l3_by[x - 16] * at19[3, g]
    r = (group_of(g, "need") == "lldd")
    first = at19[2, g] * pupils_with("em16", r) / pupils_with("em19", r)
    return first + (x == 16 ? 0 : l2_by[x - 16]) * (at19[2, g] - first)
}

# Residents of England as academic ages of the end of August, which the model follows.
function academic_residents(    x) {
    for (x = 24; x >= 1; x--) residents[x] = august(residents[x], residents[x - 1])
}
# Mean over 16-18, residents of England, of by_age[16..18].
function mean_16_18(by_age,    x, n, sum) {
    for (x = 16; x <= 18; x++) {
        n += residents[x]
        sum += residents[x] * by_age[x]
    }
    return sum / n
}
# v(x) = a figure by age over its mean at 16-18: into v[16..18].
function profile(year, measure, v,    x, mean) {
    for (x = 16; x <= 18; x++) v[x] = england(year, x, measure)
    mean = mean_16_18(v)
    for (x = 16; x <= 18; x++) v[x] /= mean
}

# What full participation leaves out at x, per cent: the categories of 16-18 at the end of base times v(x),
# not_known of them taken from work; other training with them. Returns who is in education or an
# apprenticeship or other training.
function set_outside(x, v) {
    target[number["neet"], x] = headline(base, "neet") * v
    target[number["notknown"], x] = not_known * v
    target[number["work"], x] = (headline(base, "employment_not_in_education_or_training") - not_known) * v
    target[number["worktrain"], x] = headline(base, "other_training") * v
    return 100 - target[number["neet"], x] - target[number["notknown"], x] - target[number["work"], x]
}

# General courses, of full-time education at 16 or 17; vocational ones in general FE colleges, per cent of
# the cohort (at 18 half of 17). End 2001, the last year of routes by age.
function general_of_full_time(x) {
    return (england(2001, x, "full_time_by_route:schools_general") \
        + england(2001, x, "full_time_by_route:sixth_form_colleges_general") \
        + england(2001, x, "full_time_by_route:general_fe_colleges_general")) \
        / england(2001, x, "full_time_by_route:total_full_time_education")
}
function vocational(x) {
    return england(2001, x < 18 ? x : 17, "full_time_by_route:general_fe_colleges_vocational") / (x < 18 ? 1 : 2)
}

# otherfe is what is left at x; then all targets are shares.
function set_rest(x,    s, sum) {
    for (s = 1; s <= statuses; s++) sum += target[s, x]
    target[number["otherfe"], x] = 100 - sum
    if (target[number["otherfe"], x] < 0) fail("nobody is left for other further education at " x)
    for (s = 1; s <= statuses; s++) target[s, x] /= 100
}

# Women and men differ in attaining as in full-time education at 17, end 1998; in apprenticeships and NEET
# as those of the same number of both, starts 2008/09 and end 2008.
function set_sexes(    s) {
    sex_effect = logit(england(1998, 17, "full_time_education", "female") / 100) \
        - logit(england(1998, 17, "full_time_education", "male") / 100)
    for (s = 1; s <= sexes; s++) {
        add_affinity("sex", sex_code[s], 16, 18, "apprentice", get(begun, sex_code[s] ",2008/09", "starts"))
        add_affinity("sex", sex_code[s], 16, 18, "neet", england(2008, "16-18", "neet_lfs_q4", sex_code[s]))
    }
}

function say_levels(    x, l, g, sum) {
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

BEGIN {
    split(l2_path, l2_by, " ")
    split(l3_path, l3_by, " ")
}
source == "split" && $(need("field")) == "population" && $(need("axis")) == "group" {
    share[index_of[$(need("member"))]] += $(need("value"))
}
source == "published" && $(need("unit")) == "percent" && $(need("year_end")) <= base {
    figure[$(need("year_end")) "," $(need("academic_age")) "," $(need("sex")) "," $(need("measure"))] = $(need("value"))
}
source == "series" { category_of[$(need("year_end")) "," $(need("category"))] = $(need("percent")) }
source == "starts" && $(need("age_band")) == "Under 19" && $(need("level")) == "all" && $(need("status")) == "final" {
    begun[$(need("sex")) "," $(need("academic_year"))] = $(need("starts"))
}
source == "later" && $(need("age_band")) == "Under 19" {
    begun["persons," $(need("academic_year"))] += $(need("starts"))
}
source == "regions" && $(need("year")) == base && $(need("region")) != "Wales" {
    residents[$(need("age"))] += $(need("population"))
}
source == "young" { target[number[$(need("status"))], $(need("age"))] = $(need("value")) }
