# The sums of derive-places, which says each equation, gives the variables and runs this after the shared ones.

function ceiling(x) { return int(x) + (x > int(x) + 1e-9 ? 1 : 0) }

# What is judged of a route and sector for a group; 0 where the sector has no weight.
function sector_weight(route, sector, g,    attribute) {
    attribute = sector_attribute[route, sector]
    if (attribute == "") return wanted[route, sector, ""]
    if ((route, sector, group_of(g, attribute)) in wanted)
        return wanted[route, sector, group_of(g, attribute)]
    return wanted[route, sector, ""]
}

# Share of line i among those of its route in a group and level, with lines of phase `last` and before.
function line_share(g, l, i, last,    k, sum, share) {
    share = course[route[i], level[l], course_level[i]]
    if (share == "" || share == 0) return 0
    if (phase[i] > last) return 0
    sum = 0
    for (k = 1; k <= lines; k++)
        if (route[k] == route[i] && course_level[k] == course_level[i] && phase[k] <= last)
            sum += sector_weight(route[k], sector[k], g)
    return share * sector_weight(route[i], sector[i], g) / sum
}

# Rows of one route, group and level: six decimals, the last of them what makes the sum 1.
function write_line_share(    file, r, l, g, i, m, attribute, n, list, sum, share, done) {
    file = out "/line_share.csv"
    print "sex,lldd,level,line,value" > file
    for (r = 1; r <= routes; r++)
        for (l = 1; l <= levels; l++)
            for (g = 1; g <= groups; g++) {
                attribute = route_attribute[route_code[r]]
                m = group_of(g, attribute)
                if (done[r, l, m]++) continue
                n = sum = 0
                for (i = 1; i <= lines; i++)
                    if (route[i] == route_code[r] && line_share(g, l, i, 9) > 0) list[++n] = i
                for (i = 1; i <= n; i++) {
                    share = i < n ? sprintf("%.6f", line_share(g, l, list[i], 9)) : 1 - sum
                    sum += share
                    printf "%s,%s,%s,%s,%.6f\n", attribute == "sex" ? m : "", \
                        attribute == "lldd" ? m : "", level[l], line[list[i]], share > file
                }
            }
    close(file)
}

# Residents of a borough, group and academic age at 31 August, as the model makes them.
function june(a, g, x) {
    if (((area[a], group[g], x) in persons)) return persons[area[a], group[g], x]
    return x <= 18 ? persons[area[a], "", x] * split_share[group[g]] : 0
}
function academic(a, g, x) { return august(june(a, g, x), june(a, g, x - 1)) }

# The row of status_share for a cell: that of the borough, else of the group, else of all.
function status_share(a, g, x, l, s,    key) {
    key = area[a] "," group[g] "," x "," level[l]
    if (!(key in given)) key = "," group[g] "," x "," level[l]
    if (!(key in given)) key = ",," x "," level[l]
    if (!(key in given)) key = ",," x ","
    return status_of[key, s] + 0
}

# Demand of each line: now[i] with the lines of phases 1 and 2, later[i] with all.
function add_demand(    a, g, x, l, r, n, share) {
    for (a = 1; a <= areas; a++)
        for (g = 1; g <= groups; g++)
            for (x = 14; x <= group_of(g, "last_age"); x++)
                for (l = 1; l <= levels; l++) {
                    share = (group[g], x, level[l]) in level_of ? level_of[group[g], x, level[l]] \
                        : level_of["", x, level[l]] + 0
                    for (r = 1; r <= routes && share > 0; r++) {
                        n = academic(a, g, x) * share * status_share(a, g, x, l, route_code[r])
                        if (n == 0) continue
                        count[route_code[r]] += n
                        spread(n, g, x, l, route_code[r], 2, now)
                        spread(n, g, x, l, route_code[r], 9, later)
                    }
                }
}

# n people of a cell over the lines of route s that serve the age.
function spread(n, g, x, l, s, last, into,    i, sum) {
    sum = 0
    for (i = 1; i <= lines; i++)
        if (route[i] == s && x >= from_age[i] && x <= to_age[i]) sum += share_of(g, l, i, last)
    if (sum == 0) fail("no line of " s " at " x ", " level[l])
    for (i = 1; i <= lines; i++)
        if (route[i] == s && x >= from_age[i] && x <= to_age[i])
            into[i] += n * share_of(g, l, i, last) / sum
}

# line_share, remembered
function share_of(g, l, i, last) {
    if (!((g, l, i, last) in known)) known[g, l, i, last] = line_share(g, l, i, last)
    return known[g, l, i, last]
}

function add(j, i, n) {
    if (n <= 0) return
    places[j, i] += n
    if (kind[j] == "elsewhere") away[route[i]] += n
    else inside[i] += n
}

# Append the sites of a kind to list[], weighted by their part times `scale`; n were there before.
function enlist(k, scale, n,    j) {
    for (j = 1; j <= sites; j++)
        if (kind[j] == k) { weight[++n] = scale * site_part[j]; list[n] = j }
    return n
}

# `total` places of line i over list[1..n].
function hand_out(i, total, n,    c) {
    apportion(total, n)
    for (c = 1; c <= n; c++) add(list[c], i, whole[c])
}

# n funded students at site j over the lines of kind k; the institution has `size` in all.
function teach(j, k, n, size,    m, i, number) {
    m = 0
    for (i = 1; i <= lines; i++)
        if (((k, line[i]) in mix) && size >= least[k, line[i]]) {
            weight[++m] = mix[k, line[i]]
            number[m] = i
        }
    apportion(n, m)
    for (i = 1; i <= m; i++) add(j, number[i], whole[i])
}

# An institution at its sites; one without a site of its own, at the rest of its borough.
function teach_all(f,    j, m, c, here, size) {
    m = 0
    for (j = 1; j <= sites; j++)
        if (ukprn[j] != "" && ukprn[j] == inst[f]) {
            weight[++m] = site_part[j] == "" ? 1 : site_part[j]
            here[m] = j
        }
    if (m > 0) {
        apportion(inst_size[f], m)
        for (c = 1; c <= m; c++) size[c] = whole[c]
        for (c = 1; c <= m; c++) teach(here[c], kind[here[c]], size[c], inst_size[f])
        named++
    } else {
        if (!(inst_area[f] in ours)) return
        if (!(inst_category[f] in kind_of)) fail("no kind for " inst_category[f])
        for (j = 1; j <= sites; j++)
            if (kind[j] == "rest" && site_area[j] == ours[inst_area[f]])
                teach(j, kind_of[inst_category[f]], inst_size[f], inst_size[f])
        rest++
    }
    published += inst_size[f]
}

function go_elsewhere(    i, n) {
    for (i = 1; i <= lines; i++) {
        if (route[i] == "diploma" || route[i] == "apprentice") continue
        n = spare * now[i] - inside[i]
        if (n < least_elsewhere * now[i]) n = least_elsewhere * now[i]
        hand_out(i, ceiling(n), enlist("elsewhere", 1, 0))
    }
}

function employ(    i, j, n, part) {
    for (j = 1; j <= sites; j++) if (kind[j] == "employers") part += site_part[j]
    for (i = 1; i <= lines; i++) {
        if (route[i] != "apprentice") continue
        n = enlist("employers", 1, 0)
        n = enlist("elsewhere", 1 - part, n)
        hand_out(i, ceiling(training * now[i]), n)
    }
}

function write_diplomas(    file, i, c, n, at, per) {
    file = out "/changes.csv"
    print "site,line,open_year,places,ramp_years" > file
    for (i = 1; i <= lines; i++) {
        if (route[i] != "diploma") continue
        if (!(sector[i] in offered)) fail("nobody offers " line[i])
        n = split(offered[sector[i]], at, " ")
        per = ceiling((phase[i] <= 2 ? now[i] : later[i]) / take_up / n)
        if (per < least_group) per = least_group
        for (c = 1; c <= n; c++) {
            if (!(at[c] in number_of)) fail("no site " at[c])
            if (opens[sector[i]] == "") add(number_of[at[c]], i, per)
            else printf "%s,%s,%d,%d,1\n", at[c], line[i], \
                opens[sector[i]] + (line[i] == "dip-science-3"), per > file
        }
    }
    close(file)
}

function write_all_places(    file, f, i, j) {
    for (f = 1; f <= institutions; f++) teach_all(f)
    go_elsewhere()
    employ()
    write_diplomas()
    file = out "/places.csv"
    print "site,line,value" > file
    for (j = 1; j <= sites; j++)
        for (i = 1; i <= lines; i++)
            if (((j, i) in places) || ((kind[j], line[i]) in mix && kind[j] == "planned"))
                printf "%s,%s,%d\n", site[j], line[i], places[j, i] > file
    close(file)
}

function say(    r, i, j, there, dip, of3) {
    printf "institutions: %d by name, %d in the rest of their borough; %d funded students\n", \
        named, rest, published
    printf "%-20s %8s %8s %9s %6s\n", "", "demand", "boroughs", "elsewhere", "ratio"
    for (i = 1; i <= lines; i++)
        for (j = 1; j <= sites; j++) {
            there[i] += places[j, i]
            there[route[i]] += places[j, i]
        }
    for (r = 1; r <= routes; r++)
        row(route_code[r], count[route_code[r]], there[route_code[r]], away[route_code[r]])
    for (i = 1; i <= lines; i++) {
        if (route[i] == "diploma") dip[course_level[i]] += now[i]
        else row(line[i], now[i], there[i], there[i] - inside[i])
        if (route[i] == "apprentice") of3[course_level[i]] += now[i]
    }
    printf "Diploma: %.0f Foundation, %.0f Higher, %.0f Advanced; %.1f per cent Higher\n", \
        dip["1"], dip["2"], dip["3"], 100 * dip["2"] / count["diploma"]
    printf "apprentices at level 3: %.1f per cent\n", 100 * of3["3"] / count["apprentice"]
}
function row(name, demand, all, away_from) {
    printf "%-20s %8.0f %8d %9d %6.3f\n", name, demand, all - away_from, away_from, all / demand
}

BEGIN {
    levels = split("below2 l2 l3", level, " ")
    routes = split("general diploma apprentice foundation otherfe", route_code, " ")
    kind_of["School Sixth Form"] = kind_of["Academy"] = "sixth"
    kind_of["Free School"] = kind_of["Studio School"] = "sixth"
    kind_of["University Technical College"] = "technical"
    kind_of["Academy Special"] = kind_of["Special Post-16 Institution"] = "special"
    kind_of["Independent Learning Provider"] = kind_of["Local Authority"] = "training"
}
source == "area" {
    ours[$(need("old_la_code"))] = $(need("code"))
}
source == "group" { group_cell[groups, ""] = "" }
source == "line" {
    route[lines] = $(need("route"))
    sector[lines] = $(need("sector"))
    course_level[lines] = $(need("course_level"))
    phase[lines] = $(need("phase")) + 0
    from_age[lines] = $(need("from_age")) == "" ? 14 : $(need("from_age")) + 0
    to_age[lines] = $(need("to_age")) == "" ? 24 : $(need("to_age")) + 0
}
source == "site" {
    number_of[$(need("code"))] = sites
    site_area[sites] = $(need("area"))
    kind[sites] = $(need("kind"))
    ukprn[sites] = $(need("ukprn"))
    site_part[sites] = $(need("part"))
}
source == "course" { course[$(need("route")), $(need("level")), $(need("course_level"))] = $(need("share")) }
source == "sector" {
    wanted[$(need("route")), $(need("sector")), $(need("member"))] = $(need("weight"))
    sector_attribute[$(need("route")), $(need("sector"))] = $(need("attribute"))
    if ($(need("attribute")) != "") route_attribute[$(need("route"))] = $(need("attribute"))
}
source == "mix" {
    mix[$(need("kind")), $(need("line"))] = $(need("weight"))
    least[$(need("kind")), $(need("line"))] = $(need("least")) + 0
}
source == "diploma" { offered[$(need("sector"))] = $(need("sites")); opens[$(need("sector"))] = $(need("open_year")) }
source == "split" && $(need("field")) == "population" { split_share[$(need("member"))] = $(need("value")) }
source == "population" { persons[$(need("area")), $(need("group")), $(need("age"))] = $(need("value")) }
source == "levels" {
    n = split($(need("age")), range, "-")
    for (x = range[1]; x <= range[n]; x++) level_of[$(need("group")), x, $(need("level"))] = $(need("value"))
}
source == "statuses" {
    n = split($(need("age")), range, "-")
    for (x = range[1] + 0; x <= range[n] + 0; x++) {
        key = $(need("area")) "," $(need("group")) "," x "," $(need("level"))
        given[key]
        status_of[key, $(need("status"))] = $(need("value"))
    }
}
source == "funded" {
    inst[++institutions] = $(need("ukprn"))
    inst_area[institutions] = $(need("la_number"))
    inst_category[institutions] = $(need("category"))
    inst_size[institutions] = $(need("funded_students")) + 0
}
END {
    add_demand()
    write_line_share()
    write_all_places()
    say()
}
