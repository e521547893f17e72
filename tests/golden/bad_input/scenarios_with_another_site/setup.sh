mkdir -p other
cp -r axes tables sources.csv other/
cp baseline.cfg other/later.cfg
echo "wood,Wood School,north,wood,a1,," >>other/axes/site.csv
