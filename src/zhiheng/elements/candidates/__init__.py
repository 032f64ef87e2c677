"""事项候选: penalty clauses found in the law corpus, offered to a person.

`services.find_candidates` reads a law version; a person accepts a candidate as an item, merges it
into one that is there, or dismisses it with a reason. What makes or changes an item goes by a
proposal through three people; `following` keeps the candidate in step with it. Nothing is
accepted by itself.
"""
