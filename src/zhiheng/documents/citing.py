"""Document templates that cite a law: in their basis, or in the basis of one of their fields."""

from datetime import date

from zhiheng.documents import selectors
from zhiheng.elements import api as elements
from zhiheng.rulebook import api as rulebook


def citers(*, law_short: str, articles: frozenset[str] | None, on: date) -> list[elements.Citer]:
    """Templates of the rulebook that cite one of the articles (None: any) of a law."""
    book = rulebook.current()
    ids = rulebook.statutes_named(book=book, law_short=law_short)
    begun = {id: book.statutes[id].in_force.from_ for id in ids}
    found = []
    for code, template in sorted(selectors.templates().items()) if ids else ():
        cited = [
            place.split(":", 1)
            for place in dict.fromkeys(
                (*template.basis, *(b for f in template.fields for b in f.basis))
            )
        ]
        hits = [
            (statute, article)
            for statute, article in cited
            if begun.get(statute, date.max) <= on and (articles is None or article in articles)
        ]
        if hits:
            found.append(
                elements.Citer(
                    kind="document", key=code, title=f"{code} {template.title}",
                    articles=tuple(dict.fromkeys(article for _, article in hits)),
                    stands_on=min(begun[statute] for statute, _ in hits),
                )
            )  # fmt: skip
    return found
