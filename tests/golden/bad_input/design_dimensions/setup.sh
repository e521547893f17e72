# As many uncertain entries as there are no dimensions for.
entries() {
    echo 'extends = "baseline.cfg";'
    echo "design = { kind = \"$1\"; draws = 64; steps = 3; };"
    echo 'uncertain = ('
    i=1
    while [ $i -le "$2" ]; do
        [ $i -eq "$2" ] && comma= || comma=,
        echo "  { name = \"e$i\"; field = \"net_rate\"; op = \"add\"; dist = \"normal\"; mean = 0.0; sd = 0.001; }$comma"
        i=$((i + 1))
    done
    echo ');'
}
entries sobol 41 >sobol.cfg
entries saltelli 21 >saltelli.cfg
entries grid 15 >grid.cfg
