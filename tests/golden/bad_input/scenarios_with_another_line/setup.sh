mkdir -p other
cp -r axes tables sources.csv other/
cp baseline.cfg other/later.cfg
echo "arts,Arts,college,1,8,10" >>other/axes/line.csv
