mkdir -p other
cp -r axes tables sources.csv other/
cp baseline.cfg other/later.cfg
sed -i 's/craft,Crafts,college,1,8,/craft,Crafts,college,1,9,/; s/alevel,A level,/alevel,A levels,/' other/axes/line.csv
sed -i '/^quay/s/,,$/,2011,1/' other/axes/site.csv
sed -i 's/$/,r/; 1s/r$/region/' other/axes/area.csv
