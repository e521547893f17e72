ln -s nowhere.csv axes/area.csv
