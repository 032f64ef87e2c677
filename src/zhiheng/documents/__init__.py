"""文书：由事实生成文书：编号、渲染、签章、送达与核验。

What it owns: documents made from facts (`Document`), their numbers (文号), files and seals, the
record of service (`Service`), the public check page, and the archive file of a dossier.

Words: document 文书, manifest 文书要素表, issue 签发, seal 签章, service 送达, receipt 送达回证,
archive 归档卷宗, check code 核验码.

Who calls it: cases (each step that `produces` a document), clues, portal. It never decides what a
document should say about a case: the facts come from the caller, the wording from
`rulebook/documents/`. It never prints a blank: a missing required field is refused by name.
"""
