yes '// a line of a comment that goes on and on' | head -c 1100000 >>baseline.cfg
