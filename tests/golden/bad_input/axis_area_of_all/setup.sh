sed -i 's/^north,/all,/' axes/area.csv
for table in tables/*.csv; do
    sed -i 's/\bnorth\b/all/' "$table"
done
