mkfifo tables/population.csv
