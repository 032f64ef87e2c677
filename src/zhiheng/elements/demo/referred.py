"""What an article of the same law forbids or asks for, where a penalty only names the article."""

import re
from collections import defaultdict
from collections.abc import Iterator

from zhiheng.laws.api import Place, number_of

_TO = re.compile(
    r"违反本(?:法|条例|规定|办法)(?P<places>第[零〇一二三四五六七八九十百千]+条[^，；。]{0,60}?)规定"
)
_PLACE = re.compile(
    r"第([零〇一二三四五六七八九十百千]+)条(?:第([一二三四五六七八九十]+)款)?(?![零〇一二三四五六七八九十百千]*条)"
)
_RULE = re.compile(r"(?P<modal>不得|禁止|应当|必须)(?P<words>[^。；\n]{4,60})")
_NO_RULE = re.compile(r"人民政府|部门|机关|国家|依照|本法|本条例|下列|以下|前款|[：:]")


class Referred:
    """The articles of one law, by number."""

    def __init__(self, places: list[tuple[str, Place, int | None]]) -> None:
        """Keep the words of each paragraph."""
        self._words: dict[str, list[tuple[str, str]]] = defaultdict(list)
        for article, place, _ in places:
            self._words[article].append((place.paragraph, place.text))

    def rules(self, text: str) -> Iterator[str]:
        """Each act against the articles that a penalty names: 未… for a duty, the forbidden act."""
        found = _TO.search(text)
        for match in _PLACE.finditer(found["places"]) if found else ():
            paragraph = str(number_of(match[2])) if match[2] else ""
            for number, words in self._words[str(number_of(match[1]))]:
                if (not paragraph or number == paragraph) and (rule := _rule(words)):
                    yield rule


def _rule(words: str) -> str:
    """The act against the first rule of a paragraph that binds a party; empty where none does."""
    for sentence in re.split(r"[。；\n]", words):
        found = _RULE.search(sentence)
        if found is None or _NO_RULE.search(sentence):
            continue
        act = re.split(r"，(?:并|应当|不得)|，法律", found["words"])[0].strip("，")
        return act if found["modal"] in ("不得", "禁止") else f"未{act.removeprefix('当')}"
    return ""
