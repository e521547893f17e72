# Levels and routes: from shares at each level and a target for each status to level_share, status_share,
# gain and area_effect, which agree with each other. Run after common.awk, by derive-routes of a place,
# which says its equations in full.
#
# Notation: g group, x academic age, l level (1 below2, 2 l2, 3 l3), s status, u area or authority.
#
# The place defines
#   above(l,g,x)     share of group g at level l or above at age x
#   weight_of(g,x)   w(g,x), share of the group among those followed at age x
#   target[s,x]      share of the age in status s, x = 16..24
# and, where areas differ in higher education at 18, unit[1..units], unit_persons[] of 18, unit_odds[] and
# -v stock_effect. From prior/ come affinity.csv (source=affinity) and gain.csv (source=gain).

function level_share(l, g, x) { return above(l, g, x) - above(l + 1, g, x) }

# Status s at ages first..last is value times as near to a member of an axis: level, or a column of group.csv.
function add_affinity(axis, member, first, last, s, value) {
    if (!(s in number)) fail("no status " s " in " FILENAME)
    affinities++
    aff_axis[affinities] = axis
    aff_member[affinities] = member
    aff_first[affinities] = first
    aff_last[affinities] = last
    aff_status[affinities] = s
    aff_value[affinities] = value
}
# What the affinities say of a cell: a product over those that name it.
function affinity(g, x, l, s,    i, v) {
    v = 1
    for (i = 1; i <= affinities; i++)
        if (x >= aff_first[i] && x <= aff_last[i] && status[s] == aff_status[i] && \
            aff_member[i] == (aff_axis[i] == "level" ? level_code[l] : group_of(g, aff_axis[i])))
            v *= aff_value[i]
    return v
}

# sum over s of cell(g,l,s) = w(g,x) level_share(g,x,l),  sum over g, l = target(s,x):
# iterative proportional fitting of the affinities, shares of the age.
function fit(x,    g, l, s, i, sum, worst) {
    for (g = 1; g <= groups; g++)
        for (l = 1; l <= 3; l++)
            for (s = 1; s <= statuses; s++)
                cell[g, l, s] = group_of(g, "last_age") >= x ? weight_of(g, x) * affinity(g, x, l, s) : 0
    for (i = 1; i <= 5000; i++) {
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

# higher(g): of those at level 3, of the fit at 18, in higher education. moved(p,e): p when its odds take
# stock_effect of the log odds e. People enter once, at 18, but from routes with unlike chances, and a
# mixture moves less than its parts.
function higher(g,    s, sum) {
    for (s = 1; s <= statuses; s++) sum += cell[g, 3, s]
    return cell[g, 3, number["he"]] / sum
}
function moved(p, e) { return p * exp(stock_effect * e) / (1 - p + p * exp(stock_effect * e)) }

# effect(u) = unit_odds(u) + c, c such that over all u the target of higher education at 18 stays.
function set_effects(    u, g, i, c, low, high, top, bottom) {
    fit(18)
    low = -2
    high = 2
    for (i = 1; i <= 100; i++) {
        c = (low + high) / 2
        top = bottom = 0
        for (u = 1; u <= units; u++) {
            effect[u] = unit_odds[u] + c
            bottom += unit_persons[u]
            for (g = 1; g <= groups; g++)
                top += unit_persons[u] * weight_of(g, 18) * level_share(3, g, 18) * moved(higher(g), effect[u])
        }
        if (top / bottom < target[number["he"], 18]) low = c
        else high = c
    }
    for (u = 1; u <= units; u++) effect[u] = sprintf("%.4f", effect[u]) + 0
}
function write_effects(axis,    file, u) {
    file = out "/area_effect.csv"
    print axis ",status,value" > file
    for (u = 1; u <= units; u++) printf "%s,he,%.4f\n", unit[u], effect[u] > file
    close(file)
}

# The column that tables name groups by.
function group_column() { return by == "" ? "group" : by }

# Six decimals, those below level 2 take what rounding leaves. younger: a row for ages below 16, or "".
function write_levels(younger,    file, g, x, l, v, sum) {
    file = out "/level_share.csv"
    print group_column() ",age,level,value" > file
    if (younger != "") print younger > file
    for (g = 1; g <= groups; g++)
        for (x = 16; x <= 19; x++) {
            if (x == 19 && group_of(g, "last_age") < 19) continue
            sum = 0
            for (l = 2; l <= 3; l++) sum += (v[l] = round6(level_share(l, g, x)))
            v[1] = 1 - sum
            for (l = 1; l <= 3; l++)
                if (v[l] > 0)
                    printf "%s,%s,%s,%.6f\n", group[g], x < 19 ? x : "19-" group_of(g, "last_age"), level_code[l], v[l] > file
        }
    close(file)
}

# The statuses of one cell behind `head`, six decimals, the largest takes what rounding leaves. he < 0: as
# fitted; else the share in higher education, the others in proportion.
function write_cell(file, head, g, x, l, he,    s, sum, v, best) {
    for (s = 1; s <= statuses; s++) sum += cell[g, l, s]
    best = 1
    for (s = 1; s <= statuses; s++) {
        v = cell[g, l, s] / sum
        if (he >= 0) v = status[s] == "he" ? he : v * (1 - he) / (1 - cell[g, l, number["he"]] / sum)
        part[s] = round6(v)
        if (part[s] > part[best]) best = s
    }
    sum = 0
    for (s = 1; s <= statuses; s++) if (s != best) sum += part[s]
    part[best] = 1 - sum
    for (s = 1; s <= statuses; s++)
        if (part[s] > 0) {
            printf "%s%s,%d,%s,%s,%.6f\n", head, group[g], x, level_code[l], status[s], part[s] > file
            if (he < 0) written[g, x, l, s] = part[s]
        }
}

# axis: the column of the units, or "" where none differ. younger: rows for ages below 16, or "".
function write_statuses(axis, younger,    file, head, g, x, l, u) {
    file = out "/status_share.csv"
    head = axis == "" ? "" : ","
    print (axis == "" ? "" : axis ",") group_column() ",age,level,status,value" > file
    if (younger != "") print younger > file
    for (x = 16; x <= 24; x++) {
        fit(x)
        for (g = 1; g <= groups; g++)
            for (l = 1; l <= 3; l++)
                if (group_of(g, "last_age") >= x && level_share(l, g, x) > 0) write_cell(file, head, g, x, l, -1)
        # Level 3 at 16 has no persons, but the table must be whole.
        if (x == 16) print head ",16,l3,general,1.000000" > file
        if (x == 18)
            for (u = 1; u <= units; u++)
                for (g = 1; g <= groups; g++)
                    write_cell(file, unit[u] ",", g, 18, 3, moved(higher(g), effect[u]))
    }
    close(file)
}

# gain(g,x,l,s) = k o(s) / (1 + k o(s)), o(s) of prior/gain.csv, k(g,x,l) such that over the statuses as
# written the gains carry above(.,g,x) to above(.,g,x + 1): the levels of a cohort are at every age those of
# the cohort a year older, and do not drift. At 15 who is in one of `routes` reaches the level 2 of 16.
function write_gain(routes,    file, g, x, l, s, p, k, low, high, i, n, sum, odds, route) {
    file = out "/gain.csv"
    print group_column() ",age,level,status,level_to,value" > file
    n = split(routes, route, " ")
    for (g = 1; g <= groups; g++)
        for (i = 1; i <= n; i++) printf "%s,15,below2,%s,l2,%.6f\n", group[g], route[i], above(2, g, 16) > file
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

function say_targets(    x, s) {
    printf "per cent of the cohort   at 16   at 17   at 18\n"
    for (s = 1; s <= statuses; s++) {
        if (target[s, 16] + target[s, 17] + target[s, 18] == 0) continue
        printf "%-22s", status[s]
        for (x = 16; x <= 18; x++) printf "%8.2f", 100 * target[s, x]
        printf "\n"
    }
}

BEGIN { split("below2 l2 l3", level_code, " ") }
source == "affinity" {
    split($(need("age")), ends, "-")
    add_affinity($(need("axis")), $(need("member")), ends[1], ends[2] == "" ? ends[1] : ends[2], $(need("status")), $(need("value")))
}
source == "gain" { gain_odds[$(need("level")) == "below2" ? 1 : 2, $(need("status"))] = $(need("value")) }
