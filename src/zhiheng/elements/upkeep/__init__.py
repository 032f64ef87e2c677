"""要素待清理: what no longer holds in the element centre, who mends it, by when.

`rules` finds faults, `sweep` keeps the list in step with them, `changes` makes the list of a law
that changes, `work` is what people do with a line. A new rule is one `rules.register(Rule(…))`.
"""
