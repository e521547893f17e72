# The cells of a sheet of a workbook, a line each: row, column (from 1), n or s, number or text, tabs
# between: awk -f xlsx_sheet.awk sharedStrings.xml sheet.xml, both with a line break before each <si>,
# <row and <c.

function plain(text) {
    gsub(/<[^>]*>/, "", text)
    gsub(/&lt;/, "<", text); gsub(/&gt;/, ">", text); gsub(/&quot;/, "\"", text); gsub(/&amp;/, "\\&", text)
    return text
}
# What an attribute of the tag at the line's beginning says.
function attribute(name,  at, rest) {
    rest = substr($0, 1, index($0, ">"))
    at = index(rest, " " name "=\"")
    if (!at) return ""
    rest = substr(rest, at + length(name) + 3)
    return substr(rest, 1, index(rest, "\"") - 1)
}

FNR == 1 { files++ }
files == 1 && /^<si>/ { string[n++] = plain($0); next }
files == 2 && /^<c / {
    place = attribute("r")
    column = 0
    for (k = 1; substr(place, k, 1) ~ /[A-Z]/; k++)
        column = 26 * column + index("ABCDEFGHIJKLMNOPQRSTUVWXYZ", substr(place, k, 1))
    value = $0
    if (!sub(/^.*<v>/, "", value)) { print substr(place, k) "\t" column "\tblank\t"; next }
    sub(/<\/v>.*/, "", value)
    if (attribute("t") == "s") print substr(place, k) "\t" column "\ts\t" string[value]
    else print substr(place, k) "\t" column "\tn\t" value
}
