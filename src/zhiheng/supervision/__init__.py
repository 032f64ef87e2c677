"""监督：监督员看到哪些线索、怎样核实；被列的人怎样说明。

Owns explanations (情况说明) and verifications (核实结论) of supervision clues, which `procedures`
keeps when a guard of mode `list` fires. Used by supervisors and, of their own agency, by heads.
A clue is a hypothesis: it is never shown publicly, counted by person, or turned into a score.
"""
