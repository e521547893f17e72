ln -s round.cfg round.cfg
