printf 'allow_drift = "one\0two";\n' >>baseline.cfg
