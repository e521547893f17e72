iconv -f UTF-8 -t UTF-16LE baseline.cfg >b && mv b baseline.cfg
