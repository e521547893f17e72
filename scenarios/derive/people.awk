# Persons, deaths and moves of a region, survival from them, and the shares of the groups. Run after
# common.awk, by `derive` of a place, which says its equations in full.
#
# Notation: s sex ("" both), x or z age in completed years at 30 June of t; P persons, D deaths and M net
# migration in the year to mid-t, by age at its end (source=region, rows of -v of_region up to -v region_last).
#   P = stock[s,x,t],  D = deaths[s,x,t],  M = net[s,x,t], keys joined by commas

# survival(s,x) = 1 - sum D(s,z,t) / sum P(s,z-1,t-1), over z = x-1..x+1 within low..high and every t from
# `since` (left out: the first) to region_last with P at t - 1 known: the pair follows a cohort.
function survival(s, x, low, high, since,    z, t, top, bottom) {
    for (z = x - 1; z <= x + 1; z++)
        for (t = region_last; t >= since + 0 && ((s "," z - 1 "," t - 1) in stock); t--)
            if (z >= low && z <= high) {
                top += get(deaths, s "," z "," t, "deaths")
                bottom += stock[s "," z - 1 "," t - 1]
            }
    if (bottom == 0) fail("no population of the region to divide deaths by")
    return 1 - top / bottom
}
function write_survival(low, high, since,    file, s, x) {
    file = out "/survival.csv"
    print "sex,age,value" > file
    for (s = 1; s <= sexes; s++)
        for (x = first + 1; x <= last; x++)
            printf "%s,%d,%.6f\n", sex_code[s], x, survival(sex_code[s], x, low, high, since) > file
    close(file)
}

# Share of one sex in the region at ages from..to in the base year.
function sex_share(s, from, to,    x, top, bottom) {
    for (x = from; x <= to; x++) {
        top += get(stock, s "," x "," base, "region")
        bottom += stock["," x "," base]
    }
    return top / bottom
}

# lldd = q, fsm = (1 - q) p, neither = (1 - q)(1 - p), into need_share[].
function set_needs(q, p) {
    need_share["lldd"] = q
    need_share["fsm"] = (1 - q) * p
    need_share["neither"] = (1 - q) * (1 - p)
    printf "share with a statement of SEN: %.4f; of the others with free school meals: %.4f\n", q, p
}
# p such that all = p fsm + (1 - p) other: rates of entry to higher education by 19.
function share_of_fsm(all, fsm, other) { return (other - all) / (other - fsm) }

# share(g) = sex(g) need(g), six decimals, the last takes what rounding leaves: sex of the region at ages
# first..18 for population, kept in share[], of age first for entrants.
function write_split(    file, f, g, part, sum, field) {
    file = out "/split.csv"
    print "field,axis,member,value" > file
    split("population entrants", field, " ")
    for (f = 1; f <= 2; f++) {
        sum = 0
        for (g = 1; g <= groups; g++) {
            part = sex_share(group_of(g, "sex"), first, f == 1 ? 18 : first) \
                * get(need_share, group_of(g, "need"), "need")
            part = g < groups ? sprintf("%.6f", part) : 1 - sum
            sum += part
            if (f == 1) share[g] = part
            printf "%s,group,%s,%.6f\n", field[f], group[g], part > file
        }
    }
    close(file)
}

source == "region" && $(need("region")) == of_region && $(need("year")) <= region_last {
    key = $(need("age")) "," $(need("year"))
    stock[$(need("sex")) "," key] = $(need("population"))
    stock["," key] += $(need("population"))
    deaths[$(need("sex")) "," key] = $(need("deaths"))
    deaths["," key] += $(need("deaths"))
    net[$(need("sex")) "," key] = $(need("internal_in")) - $(need("internal_out")) \
        + $(need("international_in")) - $(need("international_out"))
}
