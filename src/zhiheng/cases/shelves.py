"""In which order, and under which headings, a case page offers its many steps and side proceedings.

Only the order on the screen is said here; what may be done, when and by whom is the rulebook's.
What is named nowhere stands last, under 其他.
"""

from collections.abc import Iterable, Mapping, Sequence

from zhiheng.web.faces import Link, Shelf

FEW = 6
"""So many links need no headings."""

Headings = Mapping[str, Sequence[str]]

STEPS: Headings = {
    "取证": ("show_id", "record_site", "record_interview", "add_photo",
           "draw_plan", "add_recording", "extract_data", "take_statement", "summon",
           "request_evidence", "verify_evidence", "admit_monitoring", "tell_monitoring", "tell_appraisal"),
    "改正与从宽": ("order_correction", "recheck_correction", "assess_leniency", "educate"),
    "陈述申辩与听证": ("hear", "record_defence", "waive_defence", "answer_defence", "request_hearing",
                "arrange_hearing", "hold_hearing", "review_again", "discuss"),
    "送达与缴款": ("confirm_address", "serve_notice", "serve_decision", "fail_service",
              "record_payment", "collect_cash", "hand_in_cash", "bank_cash", "report",
              "review_publication"),
    "会签与审核": ("countersign", "review"),
    "退回与更正": ("return_filing", "amend_proposal", "return_report", "recall_report",
              "amend_report", "return_proposal", "reopen"),
    "期限": ("suspend", "resume", "extend"),
    "别的走向": ("refuse_filing", "decide_no_penalty", "transfer_crime", "crime_refused", "hand_on",
             "withdraw", "propose_end", "end_investigation", "decline_end", "end_revoked",
             "to_ordinary"),
}  # fmt: skip

SIDES: Headings = {
    "调查取证": ("measure.registration", "measure.sampling", "measure.seizure"),
    "请人参与": ("consultation", "lawyer_advice", "cosign", "assist"),
    "人员、管辖与移送": ("recusal", "jurisdiction", "transfer.police", "transfer.organ",
                 "transfer.reply"),
    "履行与执行": ("community_service", "execution.deferral", "execution.agreement",
              "execution.court", "execution.own", "execution.substitute",
              "execution.restoring"),
    "救济与改正": ("remedy.handed_in", "remedy.reconsideration", "remedy.litigation", "revision"),
}  # fmt: skip
REST = "其他"


def shelved(
    links: Iterable[Link], headings: Headings, *, first: Sequence[Link] = ()
) -> list[Shelf]:
    """Links by their keys under the headings; a few stand together under none.

    The first heading stands open, the rest is folded away; what goes `first` needs no heading.
    """
    every = list(links)
    if len(every) <= FEW:
        return [Shelf("", [*first, *every], open=True)] if first or every else []
    place = {key: (title, at) for title, keys in headings.items() for at, key in enumerate(keys)}
    shelves: dict[str, list[Link]] = {title: [] for title in (*headings, REST)}
    for link in every:
        shelves[place.get(link.key, (REST, 0))[0]].append(link)
    for held in shelves.values():
        held.sort(key=lambda link: place.get(link.key, (REST, 0))[1])
    filled = [(title, held) for title, held in shelves.items() if held]
    folded = [Shelf(title, held, open=number == 0) for number, (title, held) in enumerate(filled)]
    return [*([Shelf("", list(first), open=True)] if first else []), *folded]
