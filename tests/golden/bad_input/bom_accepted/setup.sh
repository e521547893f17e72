for file in baseline.cfg axes/area.csv tables/population.csv sources.csv; do
    printf '\357\273\277' | cat - $file >b && mv b $file
done
