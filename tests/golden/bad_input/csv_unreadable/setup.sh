ln -s net_rate.csv tables/net_rate.csv
