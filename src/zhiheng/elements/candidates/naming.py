"""Short names of our own for acts, and the likely line of enforcement; both only suggestions."""

import re
from functools import cache
from pathlib import Path

import yaml

LONGEST = 40
_DROP = (
    r"[（(][^）)]*[）)]", r"^有?违反[^，；。]{0,40}?规定[，的]?", r"^有?违反[^，；。]*?[，]",
    r"本(?:法|条例|规定|办法|细则)第[^，；。、的]{1,24}(?:条|款|项)(?:[、和或至到][^，；。的]{1,16}(?:条|款|项))*(?:的)?规定(?:的)?",
    r"本(?:法|条例|规定|办法|细则)(?:的)?规定(?:的)?", r"按照(?:国家|有关|相关)?规定(?:和[^，；]{2,12}标准)?", r"依法应当",
    r"法律、(?:行政)?法规(?:、规章)?规定(?:的)?", r"中华人民共和国", r"《|》|“|”|\s",
)  # fmt: skip
_TAIL = re.compile(r"(?:(?<!目)的(?:行为|情形)?|，|、|；|。|并|或者|和|以及|(?<!目)的)+$")


def short_name(act: str, who: str = "") -> str:
    """A name of at most 40 characters made from the words of an act; never a whole sentence of law."""
    words = act
    for pattern in _DROP:
        words = re.sub(pattern, "", words)
    words = re.sub(r"^[，、；：]+", "", words)
    words = _TAIL.sub("", words)
    who = re.sub(_DROP[0], "", who)
    if who and who not in words and len(who) + len(words) <= LONGEST:
        words = who + words
    return _TAIL.sub("", _cut(words))


_FIRST = r"^(?:前款|前条|本条)(?:所列|规定)?的?|^(?:涉嫌|有关|相关|本行政区域内?的?|其|该|和|与|及|或者?|对|的|检查|[，、；：])+"


def power_name(*, kind: str, what: str, measures: tuple[str, ...], law: str) -> str:
    """A name as lists of powers have it: 对…的行政检查, 对…的行政强制（查封、扣押）.

    `what` are the words of the clause for whom or what; without them the law's name stands in.
    """
    words = what
    for pattern in _DROP:
        words = re.sub(pattern, "", words)
    words = re.split(r"进行(?:必要)?|并(?:妥善|依法)|，除|、暂扣", words)[0]
    words = re.sub(_FIRST, "", words)
    words = _short_list(_TAIL.sub("", words))
    if (
        len(words) < 2
        or words.startswith(("性地", "到"))
        or not re.search(r"[\u4e00-\u9fff]{2}", words)
    ):
        words = re.sub(r"^.*《(?:中华人民共和国)?|》|中华人民共和国|[（(].*", "", law)
        words = (
            f"{_short_list(words)}执行情况"
            if kind == "INSPECTION"
            else f"违反{_short_list(words)}行为"
        )
    end = "行政检查" if kind == "INSPECTION" else "行政强制"
    return f"对{words}的{end}" + (f"（{'、'.join(measures)}）" if measures else "")


def _short_list(words: str) -> str:
    """A row of things cut at a 、 or 和 where it is too long, with 等 behind."""
    if len(words) <= LONGEST - 7:
        return words
    kept = re.split(r"、|，|和|以及|或者", words)
    while len(kept) > 1 and (len("、".join(kept)) > LONGEST - 8 or not kept[-1]):
        kept.pop()
    return re.sub(r"[、的等]+$", "", "、".join(kept)[: LONGEST - 8]) + "等"


def _cut(words: str) -> str:
    """What fits: the last parts of the sentence, where the verb is, else its beginning and a sign."""
    if len(words) <= LONGEST:
        return words
    parts = re.split(r"[，；]", words)
    kept = parts.pop()
    while parts and len(parts[-1]) + len(kept) < LONGEST:
        kept = f"{parts.pop()}，{kept}"
    return kept if 6 <= len(kept) <= LONGEST else words[: LONGEST - 1] + "…"


@cache
def _domains() -> dict[str, list[str]]:
    path = Path(__file__).parent / "data" / "domains.yaml"
    return yaml.safe_load(path.read_text(encoding="utf-8"))


def likely_domain(*words: str) -> str:
    """The line of enforcement that the names of the organs, else the law's title, speak for."""
    for text in words:
        for domain, signs in _domains().items():
            if any(sign in text for sign in signs):
                return domain
    return "other"
