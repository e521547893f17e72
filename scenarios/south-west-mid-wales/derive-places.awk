# The sums of derive-places, which says each equation, gives the variables and runs this after the shared ones.

function mid_year(a, g, x) {
    if (x > 18) return get(people, home[a] ",," g "," x, "persons") * share["area", a]
    return get(people, home[a] "," sex[g] ",," x, "persons") * share["area", a] * share["group", g]
}
function ask(    j, h, k, a, g, x, l, i, n, s, u, v) {
    for (j = 1; j <= areas; j++)
        for (h = 1; h <= groups; h++) {
            a = area[j]
            g = group[h]
            for (x = 16; x <= last_age[g]; x++) {
                n = august(mid_year(a, g, x), mid_year(a, g, x - 1))
                for (k = 1; k <= levels; k++) {
                    l = level[k]
                    if ((g "," x "," l) in level_share)
                        for (i = 1; i <= lines; i++) {
                            s = "," g "," x "," l "," route[i]
                            u = (home[a] "," g "," x "," l) in own_row ? home[a] : ""
                            if (!((u s) in status_share)) continue
                            v = a ",,," line[i]
                            if (!(v in line_share)) v = "," g ",," line[i]
                            if (!(v in line_share)) v = ",," l "," line[i]
                            if (!(v in line_share)) v = ",,," line[i]
                            if (!(v in line_share)) continue
                            asked[a, i] += n * level_share[g "," x "," l] * status_share[u s] * line_share[v]
                        }
                }
            }
        }
}
function give(i,    j, sum, total) {
    for (j = 1; j <= areas; j++) sum += asked[area[j], i]
    total = int(sum * get(cover, line[i], "cover") + 0.5)
    for (j = 1; j <= sites; j++) weight[j] = size[site[j], line[i]]
    apportion(total, sites)
    for (j = 1; j <= sites; j++) places[j, i] = whole[j]
    printf "%-14s asked %7.1f, places %5d\n", line[i], sum, total
}

source == "area" { home[$(need("code"))] = $(need("authority")) }
source == "group" { sex[$(need("code"))] = $(need("sex")); last_age[$(need("code"))] = $(need("last_age")) }
source == "line" { route[lines] = $(need("route")) }
source == "site" { known[$(need("code"))] = 1 }
source == "population" { people[$(need("authority")) "," $(need("sex")) "," $(need("group")) "," $(need("age"))] = $(need("value")) }
source == "split" && $(need("field")) == "population" { share[$(need("axis")), $(need("member"))] = $(need("value")) }
source == "level_share" {
    n = split($(need("age")), ends, "-")
    for (x = ends[1]; x <= ends[n]; x++) level_share[$(need("group")) "," x "," $(need("level"))] = $(need("value"))
    if (!($(need("level")) in seen)) level[++levels] = $(need("level"))
    seen[$(need("level"))] = 1
}
source == "status_share" {
    key = $(need("authority")) "," $(need("group")) "," $(need("age")) "," $(need("level"))
    status_share[key "," $(need("status"))] = $(need("value"))
    own_row[key] = 1
}
source == "line_share" { line_share[$(need("area")) "," $(need("group")) "," $(need("level")) "," $(need("line"))] = $(need("value")) }
source == "size" {
    if (!($(need("site")) in known)) fail("no site " $(need("site")))
    size[$(need("site")), $(need("line"))] += $(need("value"))
}
source == "cover" { cover[$(need("line"))] = $(need("value")) }
END {
    ask()
    for (i = 1; i <= lines; i++) give(i)
    write_places()
    if (verbose) {
        printf "asked"
        for (i = 1; i <= lines; i++) printf " %s", line[i]
        printf "\n"
        for (a = 1; a <= areas; a++) {
            printf "%-14s", area[a]
            for (i = 1; i <= lines; i++) printf " %7.1f", asked[area[a], i]
            printf "\n"
        }
    }
}
