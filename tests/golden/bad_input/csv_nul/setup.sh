printf 'north,17,0.1\0\n' >>tables/net_rate.csv
