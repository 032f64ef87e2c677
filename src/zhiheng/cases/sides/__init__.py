"""附属程序: what runs beside a case by a procedure of its own.

The rulebook says which procedure may join which case in which of its states (`attaches`), and by
which fact the case knows of it (`pending`). Here: opening one, taking its steps, its screen. What
one kind needs beyond its rulebook file (facts of registers, consequences, papers) is told by a
`SideKind` in a module of its own, entered in `kinds.KINDS`. It never decides what the law allows.
"""
