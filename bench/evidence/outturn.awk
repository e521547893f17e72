# What came out, as area,year,age,value with sexes together. Files in this order: crosswalk (old,new), and one of the
# tables of estimates; rows up to the base (-v base=2013) are left out.
FNR == 1 {
    file++
    if (file == 1) { print "area,year,age,value"; next }
    for (i = 1; i <= NF; i++) column[$i] = i
    last = NF
    next
}
file == 1 { renamed[$1] = $2; next }
# Names of authorities may hold commas: what stands after them is counted from the end.
function at(name) { return $(column[name] < 4 ? column[name] : NF - last + column[name]) }
("area_code" in column) && at("year") > base && at("area_type") == "local authority" && at("sex") == "persons" {
    print (($2 in renamed) ? renamed[$2] : $2) "," $1 "," at("age") "," at("population")
}
("region" in column) && $(column["year"]) > base {
    print $(column["region"]) "," $(column["year"]) "," $(column["age"]) "," $(column["population"])
}
