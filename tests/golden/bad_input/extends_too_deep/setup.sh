for i in $(seq 1 20); do echo "extends = \"s$((i - 1)).cfg\";" >s$i.cfg; done
mv baseline.cfg s0.cfg
