mkfifo pipe.cfg
