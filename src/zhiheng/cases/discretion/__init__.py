"""Discretion on a case: the table's questions, the reading, the spread, the human's decision.

Also what only the whole platform can know: whether the same act was answered before, elsewhere.
"""
