"""台账：卷宗、不可更改的行为记录、存证日志、期限与待办。

The ledger holds one `Dossier` for each matter and one immutable `Act` for everything legally
relevant that happens to it: who, when, where, under which rule, with which facts and evidence.
State is what the acts amount to. Everything above stands on it: the full-process record that
行政处罚法第四十七条 asks for, the news that contexts subscribe to, supervision, statistics.

Words it owns: dossier 卷宗, act 行为记录, deadline 期限, suspension 中止期间, task 待办,
reminder 提醒, log head 日志头, proof 存证证明.

Enter through `zhiheng.ledger.api`. The database itself refuses to change or delete an act
(migration 0002). Personal data never belongs in `facts` or `payload` of an act: an act cannot
be forgotten, so it refers to the row that can.
"""
