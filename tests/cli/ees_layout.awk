# The layout of explore education statistics, rule by rule: awk -f ees_layout.awk data.csv data.meta.csv
# Says every rule that is broken, a line each beginning with its name, and exits with 1 then.
# -v totals=1: values add up, so that each filter has a Total.

function wrong(rule, text) { if (!((rule, text) in said)) { said[rule, text] = 1; print rule ": " text; bad = 1 } }

# The fields of a line of CSV to field[1..n].
function split_csv(line, field,  n, rest, at) {
    n = 0
    for (rest = line; ; ) {
        n++
        if (substr(rest, 1, 1) == "\"") {
            field[n] = ""
            rest = substr(rest, 2)
            for (;;) {
                at = index(rest, "\"")
                if (!at) { wrong("csv", "a quote is not closed: " line); return n }
                field[n] = field[n] substr(rest, 1, at - 1)
                rest = substr(rest, at + 1)
                if (substr(rest, 1, 1) != "\"") break
                field[n] = field[n] "\""
                rest = substr(rest, 2)
            }
            if (rest == "") return n
            if (substr(rest, 1, 1) != ",") { wrong("csv", "text behind a quote: " line); return n }
            rest = substr(rest, 2)
        } else {
            at = index(rest, ",")
            if (!at) { field[n] = rest; return n }
            field[n] = substr(rest, 1, at - 1)
            rest = substr(rest, at + 1)
        }
    }
}

BEGIN {
    columns["National"] = "country_code country_name"
    columns["Regional"] = "region_code region_name"
    columns["Local authority"] = "new_la_code la_name old_la_code"
    columns["Local authority district"] = "lad_code lad_name"
    columns["Parliamentary constituency"] = "pcon_code pcon_name"
    columns["Ward"] = "ward_code ward_name"
    columns["Planning area"] = "planning_area_code planning_area_name"
    for (level in columns) {
        n = split(columns[level], name, " ")
        for (k = 1; k <= n; k++) level_of[name[k]] = level
    }
    n = split("time_period time_identifier geographic_level country_code country_name", name, " ")
    for (k = 1; k <= n; k++) mandatory[name[k]] = unit[name[k]] = 1
    for (c in level_of) unit[c] = 1
    country["E92000001"] = "England"; country["W92000004"] = "Wales"
    n = split("North East,North West,Yorkshire and The Humber,East Midlands,West Midlands,East of England,London,South East,South West", name, ",")
    for (k = 1; k <= n; k++) region["E1200000" k] = name[k]
    region["z"] = "z"
    meta_columns = "col_name,col_type,label,indicator_grouping,indicator_unit,indicator_dp,filter_hint,filter_grouping_column"
    n = split("% pp \302\243 \302\243m", name, " ")
    for (k = 1; k <= n; k++) units[name[k]] = 1
    units[""] = 1
}

FNR == 1 { files++ }
/\r/ { wrong("line-end", FILENAME) }
/^\357\273\277/ { wrong("bom", FILENAME) }
/^[ \t,]*$/ { wrong("empty-row", FILENAME ":" FNR) }

# ---- the data file: kept, as what it is to be held against comes after ----
files == 1 && FNR == 1 {
    n_columns = split_csv($0, head)
    for (c = 1; c <= n_columns; c++) {
        if (head[c] !~ /^[a-z][a-z0-9_]*$/) wrong("snake-case", head[c])
        if (length(head[c]) > 50) wrong("name-length", head[c])
        if (head[c] in at) wrong("column-twice", head[c])
        at[head[c]] = c
    }
    for (c in mandatory) if (!(c in at)) wrong("mandatory-column", c)
    next
}
files == 1 {
    rows++
    if (split_csv($0, f) != n_columns) wrong("fields", FILENAME ":" FNR)
    for (c = 1; c <= n_columns; c++) {
        value[rows, c] = f[c]
        if (f[c] ~ /^(NA|na|N\/A|n\/a|NULL|Null|null|\.|\.\.|-|~|:)$/) wrong("no-data-symbol", head[c] " has " f[c])
        if (f[c] == "") wrong("blank", head[c])
        if (f[c] ~ /^[ \t]|[ \t]$/) wrong("whitespace", head[c] ": '" f[c] "'")
        if (head[c] in unit && f[c] ~ /^([Tt]otal|[Aa]ll)$/) wrong("observational-total", head[c])
        if (!((c, f[c]) in member)) { member[c, f[c]] = 1; members[c]++ }
    }
    period = f[at["time_period"]]
    if (period !~ /^[0-9][0-9][0-9][0-9][0-9][0-9]$/) wrong("time-period", period)
    else if ((substr(period, 1, 4) + 1) % 100 != substr(period, 5, 2) + 0) wrong("time-period-years", period)
    if (f[at["time_identifier"]] != "Academic year") wrong("time-identifier", f[at["time_identifier"]])
    level = f[at["geographic_level"]]
    if (!(level in columns)) { wrong("geographic-level", level); next }
    levels[level] = 1
    n = split(columns[level], name, " ")
    place = ""
    for (k = 1; k <= n; k++) {
        if (!(name[k] in at)) wrong("level-column", level " lacks " name[k])
        else place = place SUBSEP f[at[name[k]]]
    }
    if (country[f[at["country_code"]]] != f[at["country_name"]]) wrong("country", f[at["country_code"]])
    if ("region_code" in at && region[f[at["region_code"]]] != f[at["region_name"]]) wrong("region", f[at["region_code"]])
    if ("new_la_code" in at && f[at["new_la_code"]] !~ /^E(06|08|09|10)[0-9][0-9][0-9][0-9][0-9][0-9]$/) wrong("new-la-code", f[at["new_la_code"]])
    if ("old_la_code" in at && f[at["old_la_code"]] !~ /^([0-9][0-9][0-9]|z)$/) wrong("old-la-code", f[at["old_la_code"]])
    if ("lad_code" in at && f[at["lad_code"]] !~ /^E(06|07|08|09)[0-9][0-9][0-9][0-9][0-9][0-9]$/) wrong("lad-code", f[at["lad_code"]])
    if (level ~ /^Local authority/ && !("region_code" in at)) wrong("region-for-la", level)
    where[rows] = period SUBSEP place
    if (!(period in periods)) { periods[period] = 1; n_periods++ }
    if (!(place in places)) { places[place] = 1; n_places++ }
    next
}

# ---- the meta file ----
files == 2 && FNR == 1 { if ($0 != meta_columns) wrong("meta-columns", $0); next }
files == 2 {
    if (split_csv($0, f) != 8) wrong("meta-fields", FILENAME ":" FNR)
    col = f[1]
    if (col in meta) wrong("meta-twice", col)
    meta[col] = f[2]
    if (col ~ /[ \t]/) wrong("meta-name-spaces", col)
    if (!(col in at)) wrong("meta-not-in-data", col)
    if (col in unit) wrong("observational-in-meta", col)
    if (f[2] != "Filter" && f[2] != "Indicator") wrong("col-type", col)
    if (f[3] == "") wrong("label", col)
    if (f[3] in label) wrong("label-twice", f[3])
    if (length(f[3]) > 80) wrong("label-length", f[3])
    label[f[3]] = 1
    if (f[2] == "Filter" && (f[4] f[5] f[6]) != "") wrong("filter-has-indicator", col)
    if (f[2] == "Indicator") {
        n_indicators++
        if ((f[7] f[8]) != "") wrong("indicator-has-filter", col)
        if (!(f[5] in units)) wrong("indicator-unit", col ": " f[5])
        if (f[6] !~ /^[0-9]+$/) wrong("indicator-dp", col)
    }
    if (f[2] == "Filter" && f[8] != "" && !(f[8] in at)) wrong("filter-group", col)
    next
}

END {
    if (files != 2) wrong("files", files)
    if (!n_indicators) wrong("no-indicator", "")
    combinations = n_periods * n_places
    for (c = 1; c <= n_columns; c++) {
        if (head[c] in unit) {
            if (head[c] in level_of && !(level_of[head[c]] in levels) && head[c] !~ /^(country|region)_/) wrong("column-of-other-level", head[c])
            continue
        }
        if (!(head[c] in meta)) {
            if (members[c] > 1) wrong("data-not-in-meta", head[c])
            continue
        }
        if (meta[head[c]] == "Filter") {
            if (members[c] < 2) wrong("filter-of-one", head[c])
            if (totals && !((c, "Total") in member) && head[c] != "scenario" && head[c] != "indicator") wrong("total", head[c])
            combinations *= members[c]
            filters[c] = 1
            for (r = 1; r <= rows; r++) {
                where[r] = where[r] SUBSEP value[r, c]
                if (length(value[r, c]) > 120) wrong("item-length", value[r, c])
            }
        } else
            for (r = 1; r <= rows; r++)
                if (value[r, c] !~ /^(-?[0-9]+(\.[0-9]+)?(e[-+]?[0-9]+)?|z|c|low|u|k)$/) wrong("indicator-value", head[c] ": " value[r, c])
    }
    for (r = 1; r <= rows; r++) {
        if (where[r] in seen) wrong("row-twice", where[r])
        seen[where[r]] = 1
    }
    if (rows != combinations) wrong("combinations", rows " of " combinations)
    exit bad
}
