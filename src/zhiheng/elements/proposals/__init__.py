"""Editing elements: a proposal is drafted, reviewed and published by three different people.

`drafting` writes and carries over, `services` moves a proposal on, `applying` turns it into a new
version of the element, `selectors` finds it, `forms` and `views` are its screens.
"""
