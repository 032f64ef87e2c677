"""程序：让一件事按规则手册走完它的程序。

Runs a rulebook procedure over a dossier: reads which steps are offered, blocked or
warned for this person today, and performs one step as one transaction (guards, act,
facts, deadlines, to-dos). It knows no kind of matter: `clues` and `cases` tell it
their facts and effects through `Matter`. It never says what the law is.
"""
