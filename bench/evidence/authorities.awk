# The authorities of 2020 as areas of a place: code, name, and the region they belong to, named as in the table of
# regions. Files in this order: regions (code,label,...), crosswalk (old,new), the look-up of 2013 (code first, region's
# code and name last), the totals of authorities (code first, then the name, then the country).
#   -v of=London   authorities of this region alone; left out: all
function name_of(line) {
    sub(/^[^,]*,/, "", line)
    sub(/,[EW],[0-9][0-9][0-9][0-9],.*$/, "", line)
    return line
}
FNR == 1 { file++; if (file == 4) print "code,label,region"; next }
file == 1 { region_name[$1] = $2; next }
file == 2 { renamed[$1] = $2; next }
file == 3 {
    code = ($1 in renamed) ? renamed[$1] : $1
    region_of[code] = region_name[$(NF - 1)]
    next
}
!($1 in seen) && ($1 in region_of) {
    seen[$1] = 1
    if (of == "" || region_of[$1] == of) print $1 "," name_of($0) "," region_of[$1]
}
