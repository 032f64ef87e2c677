"""法条库：法律、法规、规章的全文，各个版本并存，条款项各有自己的施行期间。

Words owned here: law 法律文件, law version 法律版本, law node 条款节点, citation 法条引用,
law import 法条导入.

A law keeps its identity while its texts change. Each text that was ever in force is one
`LawVersion`; it is a tree of `LawNode`s: part, chapter, section, article, paragraph, item. Both
carry the days on which they hold (`valid_from`, `valid_until`, end excluded), as far as the
deciding instruments say so: a day that could not be established stays empty and is reported,
never guessed. Texts are imported, compared and cited; whether something may be enforced is
decided above, in `elements` and `cases`.

Used by `elements` (bases and items stand on nodes), and by every screen that shows a citation.
"""
