"""What a person sees on a page: its words, its form, what is closed and why, what went wrong."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from html.parser import HTMLParser
from xml.etree.ElementTree import Element, TreeBuilder

from django.http import HttpResponse

VOID = frozenset(
    [
        "area",
        "base",
        "br",
        "col",
        "embed",
        "hr",
        "img",
        "input",
        "link",
        "meta",
        "source",
        "track",
        "wbr",
    ]
)
UNSEEN = ("script", "style", "title")


class _Builder(HTMLParser):
    """Builds a tree and notices tags that are left open or closed twice."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.tree, self.open = TreeBuilder(), []
        self.tree.start("page", {})

    def handle_starttag(self, tag, attrs):
        self.tree.start(tag, {name: value or "" for name, value in attrs})
        if tag in VOID:
            self.tree.end(tag)
        else:
            self.open.append(tag)

    def handle_endtag(self, tag):
        if tag in VOID:
            return
        assert self.open, f"多了 </{tag}>，第 {self.getpos()[0]} 行"
        assert self.open[-1] == tag, f"</{tag}> 不配 <{self.open[-1]}>，第 {self.getpos()[0]} 行"
        self.tree.end(self.open.pop())

    def handle_data(self, data):
        self.tree.data(data)


def tree_of(html: str) -> Element:
    """The page as a tree."""
    builder = _Builder()
    builder.feed(html)
    assert not builder.open, f"没有关上：{builder.open}"
    builder.tree.end("page")
    return builder.tree.close()


def words_of(element: Element) -> str:
    """The words in an element, spaces made one."""
    return " ".join(" ".join(_texts(element)).split())


def _texts(element: Element) -> Iterator[str]:
    if element.tag in UNSEEN:
        return
    yield element.text or ""
    for child in element:
        yield from _texts(child)
        yield child.tail or ""


def has_class(element: Element, name: str) -> bool:
    """Whether the element carries a class."""
    return name in element.get("class", "").split()


@dataclass(frozen=True)
class Card:
    """One step as the dossier shows it: offered, warned or blocked, who is awaited, why."""

    title: str
    status: str
    text: str
    href: str


@dataclass(frozen=True)
class Page:
    """A page as answered."""

    response: HttpResponse

    @property
    def status(self) -> int:
        """The HTTP status."""
        return self.response.status_code

    @property
    def path(self) -> str:
        """Where it is, after redirects."""
        return self.response.request["PATH_INFO"]

    @cached_property
    def root(self) -> Element:
        """The tree."""
        return tree_of(self.response.content.decode())

    @cached_property
    def words(self) -> str:
        """Everything there is to read."""
        return words_of(self.root)

    def says(self, *texts: str) -> "Page":
        """Each text can be read, wherever lines break."""
        plain = self.words.replace(" ", "")
        missing = [text for text in texts if text.replace(" ", "") not in plain]
        assert not missing, f"没有看到 {missing}：{self.words}"
        return self

    def is_silent_on(self, *texts: str) -> "Page":
        """None of the texts can be read."""
        plain = self.words.replace(" ", "")
        seen = [text for text in texts if text.replace(" ", "") in plain]
        assert not seen, f"不应看到 {seen}：{self.words}"
        return self

    def all(self, tag: str, class_: str = "") -> list[Element]:
        """Elements of a tag, of a class."""
        return [e for e in self.root.iter(tag) if not class_ or has_class(e, class_)]

    @property
    def errors(self) -> list[str]:
        """Sentences at the head of a form that was sent back."""
        return [words_of(li) for box in self.all("div", "errors") for li in box.iter("li")]

    @cached_property
    def cards(self) -> dict[str, Card]:
        """The steps on a dossier's page, by title."""
        found = {}
        for box in self.all("div", "step"):
            title = words_of(next(box.iter("h3")))
            status = next(c for c in box.get("class", "").split() if c != "step")
            href = next((a.get("href", "") for a in box.iter("a")), "")
            found[title] = Card(title, status, words_of(box), href)
        return found

    @property
    def further(self) -> list[str]:
        """What else may be done, beside the next steps."""
        return [words_of(a) for box in self.all("section", "more") for a in box.iter("a")]

    @cached_property
    def fields(self) -> dict[str, list[str]]:
        """What the page's form would send if nothing were changed."""
        form = next(f for f in self.all("form") if _is_ours(f))
        sent: dict[str, list[str]] = {}
        for each in form.iter():
            for name, value in _sent(each):
                sent.setdefault(name, []).append(value)
        return sent

    @cached_property
    def asked(self) -> dict[str, Element]:
        """The first control of each name in the page's form."""
        form = next(f for f in self.all("form") if _is_ours(f))
        found: dict[str, Element] = {}
        for each in form.iter():
            if each.tag in ("input", "textarea", "select") and each.get("name"):
                found.setdefault(each.get("name"), each)
        return found

    def options(self, name: str) -> dict[str, str]:
        """What a list or a row of buttons lets one choose: words → value."""
        found = {}
        for select in self.all("select"):
            if select.get("name") == name:
                found |= {words_of(o): o.get("value", "") for o in select.iter("option")}
        for label in self.all("label"):
            for control in label.iter("input"):
                if control.get("name") == name:
                    found[words_of(label)] = control.get("value", "on")
        return found


def _is_ours(form: Element) -> bool:
    return any(each.get("name") == "key" for each in form.iter("input"))


def _sent(each: Element) -> Iterator[tuple[str, str]]:
    name, kind = each.get("name", ""), each.get("type", "")
    if not name:
        return
    if each.tag == "textarea":
        yield name, (each.text or "").removeprefix("\n")
    elif each.tag == "select":
        chosen = [o for o in each.iter("option") if "selected" in o.attrib]
        for option in chosen or list(each.iter("option"))[:1]:
            yield name, option.get("value", "")
    elif each.tag == "input" and kind in ("radio", "checkbox"):
        if "checked" in each.attrib:
            yield name, each.get("value", "on")
    elif each.tag == "input" and kind not in ("file", "submit", "button"):
        yield name, each.get("value", "")
