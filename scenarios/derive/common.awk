# How every derive script reads its files, what it says when a figure is not there, and the small sums.
#
# A file is given as source=NAME FILE; rules of the place begin with source == NAME and find cells by the
# name of the column, $(need("value")). The axes are read here:
#   area[], group[], status[], line[], site[]   codes in order; areas, groups ... how many
#   group_of(g,column)   what axes/group.csv says of group g;  index_of[code] its g;  sex_code[] the sexes
#   number[code]         of a status
# With -v by=COLUMN the groups are taken together by that column of group.csv (Leek: need), and group[] are
# its members; the other columns are then those of the first group of each.
function fail(text) { print script ": " text > "/dev/stderr"; failed = 1; exit 3 }

# Number of a named column in the file being read.
function need(name) {
    if (!(name in column)) fail("no column " name " in " FILENAME)
    return column[name]
}
# A figure that has to be there.
function get(array, key, what) {
    if (!(key in array)) fail("no figure: " what " " key)
    return array[key]
}
function logit(p) { return log(p / (1 - p)) }
function expit(z) { return 1 / (1 + exp(-z)) }
function round6(v) { return sprintf("%.6f", v) + 0 }

# A(x) = 10/12 N(x) + 2/12 N(x-1): of academic age x at 31 August, from N at 30 June by completed years.
function august(n_x, n_x_1) { return 10 / 12 * n_x + 2 / 12 * n_x_1 }

# The line without quotes, the commas inside them as semicolons: no such text is written again.
function unquoted(text,    part, parts, i) {
    parts = split(text, part, "\"")
    text = part[1]
    for (i = 2; i <= parts; i++) {
        if (i % 2 == 0) gsub(/,/, ";", part[i])
        text = text part[i]
    }
    return text
}

# A column of axes/group.csv, of group g.
function group_of(g, name) {
    if (!((g, name) in group_cell)) fail("no column " name " in axes/group.csv")
    return group_cell[g, name]
}

function read_group(    code, name) {
    code = $(need(by == "" ? "code" : by))
    if (!(code in first_of)) {
        first_of[code] = ++groups
        group[groups] = code
        for (name in column) group_cell[groups, name] = $(column[name])
        if (!($(need("sex")) in sex_seen)) sex_code[++sexes] = $(need("sex"))
        sex_seen[$(need("sex"))] = 1
    }
    index_of[$(need("code"))] = first_of[code]
}

/"/ { $0 = unquoted($0) }
FNR == 1 {
    split("", column)
    for (i = 1; i <= NF; i++) column[$i] = i
    next
}
source == "area" { area[++areas] = $(need("code")) }
source == "group" { read_group() }
source == "status" { status[++statuses] = $(need("code")); number[$(need("code"))] = statuses }
source == "line" { line[++lines] = $(need("code")) }
source == "site" { site[++sites] = $(need("code")) }
END { if (failed) exit 3 }
