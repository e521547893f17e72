iconv -f UTF-8 -t UTF-16 tables/net_rate.csv >b && mv b tables/net_rate.csv
