mkdir tables/population.csv
