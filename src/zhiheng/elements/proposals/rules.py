"""Who may take which step of a proposal; why not, in a sentence. Pure."""

from collections.abc import Collection
from dataclasses import dataclass

EDIT, REVIEW, PUBLISH = "element.edit", "element.review", "element.publish"


@dataclass(frozen=True)
class Step:
    """One thing that can be done to a proposal: in which state, with which permission."""

    id: str
    title: str
    state: str
    permission: str
    done: str
    note: str = ""
    asks: str = ""
    danger: bool = False


STEPS: dict[str, Step] = {
    one.id: one
    for one in (
        Step("submit", "提交审核", "DRAFT", EDIT, "已提交，等待另一人审核。",
             "提交后内容不能再改；审核人退回后可以修改。"),
        Step("approve", "审核通过", "IN_REVIEW", REVIEW, "审核通过，等待第三人发布。",
             "请核对依据、内容和它牵连到的要素。", asks="optional"),
        Step("return", "退回修改", "IN_REVIEW", REVIEW, "已退回起草人。",
             "写明哪里要改，起草人照着改。", asks="required", danger=True),
        Step("publish", "发布", "REVIEWED", PUBLISH, "已发布，新版本从生效日起成立。",
             "发布后写入登记簿；原来的版本保留在历史里。"),
        Step("send_back", "不发布，退回", "REVIEWED", PUBLISH, "已退回起草人。",
             "写明为什么不发布。", asks="required", danger=True),
        Step("withdraw", "撤回", "", EDIT, "已撤回，登记簿没有变化。",
             "撤回后这张变更单作废，需要时另起一张。", asks="optional", danger=True),
    )
}  # fmt: skip
NEXT = {
    "DRAFT": "起草人提交",
    "IN_REVIEW": "起草人以外的审核人审核",
    "REVIEWED": "起草人、审核人以外的第三人发布",
}


def why_not(
    *,
    step: Step,
    state: str,
    account_id: int,
    permitted: bool,
    drafter_id: int,
    reviewer_id: int | None,
) -> str:
    """Why this person may not take the step now; empty when they may.

    Drafting, reviewing and publishing belong to three different people.
    """
    open_states: Collection[str] = (step.state,) if step.state else tuple(NEXT)
    if state not in open_states:
        return "这张变更单已经不在这一步，请刷新后再看。"
    if not permitted:
        return "您的角色不能办这一步。"
    if step.permission == EDIT:
        return "" if account_id == drafter_id else "只有起草人能办这一步。"
    if account_id == drafter_id:
        return "您是起草人，这一步须由别人来办。"
    if step.permission == PUBLISH and account_id == reviewer_id:
        return "您已经审核过，发布须由第三个人来办。"
    return ""
