"""Documents of a case, made from its facts: which step makes which paper, and what goes in.

Nothing here is typed twice: every value comes from a register, from an earlier step, or from
the step just taken. What a document needs is said by its manifest in the rulebook.
"""

from zhiheng.cases.papers.making import FAILED, SERVED, issued_on, make

__all__ = ["FAILED", "SERVED", "issued_on", "make"]
