# The sums of derive-places, which says each equation, gives the variables and runs this after the shared ones.

function round(v) { return int(v + 0.5) }

# Share n places of a site over the lines of a mix.
function share_out(j, m, n,    i, sum, largest) {
    largest = 0
    for (i = 1; i <= lines; i++) if (share[m, i] > share[m, largest]) largest = i
    for (i = 1; i <= lines; i++) {
        weight[i] = share[m, i] * n >= smallest || i == largest ? share[m, i] : 0
        sum += weight[i]
    }
    if (sum == 0) fail("no lines in mix " m)
    apportion(n, lines)
    for (i = 1; i <= lines; i++) places[j, i] += whole[i]
}

function write_minutes(    file, a, j, d) {
    file = out "/minutes.csv"
    print "area,site,value" > file
    for (a = 1; a <= areas; a++)
        for (j = 1; j <= sites; j++) {
            d = kilometres(area_lon[a], area_lat[a], site_lon[j], site_lat[j])
            printf "%s,%s,%d\n", area[a], site[j], round(wait + per_km * sqrt(d * d + spread[a] ^ 2)) > file
        }
    close(file)
}

function say(    k, n) {
    for (k = 1; k <= rows; k++) n += row_places[k]
    printf "%d places at %d sites, %d of them of published numbers of institutions counted whole\n", n, sites, counted_whole
}

source == "area" {
    area_lon[areas] = $(need("lon"))
    area_lat[areas] = $(need("lat"))
    spread[areas] = $(need("spread_km"))
}
source == "site" {
    site_number[$(need("code"))] = sites
    site_lon[sites] = $(need("lon"))
    site_lat[sites] = $(need("lat"))
}
source == "line" { line_number[$(need("code"))] = lines }
source == "mix" {
    if (!($(need("line")) in line_number)) fail("no line " $(need("line")))
    share[$(need("mix")), line_number[$(need("line"))]] = $(need("share"))
    known[$(need("mix"))] = 1
}
source == "funded" { students[$(need("ukprn"))] = $(need("funded_students")) }
source == "capacity" {
    if (!($(need("site")) in site_number)) fail("no site " $(need("site")))
    if (!($(need("mix")) in known)) fail("no mix " $(need("mix")))
    u = $(need("ukprn"))
    if (u == "") n = $(need("number"))
    else {
        if (!(u in students)) fail("no institution " u)
        n = round((part[u] + $(need("part"))) * students[u]) - round(part[u] * students[u])
        part[u] += $(need("part"))
        if ($(need("part")) == 1) counted_whole += n
    }
    key = site_number[$(need("site"))] SUBSEP $(need("mix"))
    if (!(key in row_of)) {
        row_of[key] = ++rows
        row_site[rows] = site_number[$(need("site"))]
        row_mix[rows] = $(need("mix"))
    }
    row_places[row_of[key]] += n
}
END {
    for (k = 1; k <= rows; k++) share_out(row_site[k], row_mix[k], row_places[k])
    write_places()
    write_minutes()
    say()
}
