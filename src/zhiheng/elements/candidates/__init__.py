"""事项候选: penalty clauses found in the law corpus, offered to a person.

`services.find_candidates` reads a law version; a person accepts a candidate as an item, merges it
into one that is there, or dismisses it with a reason. Nothing is accepted by itself.
"""
