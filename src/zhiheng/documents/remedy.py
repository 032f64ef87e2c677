"""The text that tells a party how to contest a decision: generated, never typed.

Law: 行政复议法 (2023) 第十一条（第二项：强制措施和强制执行决定）、第二十条、第二十二条、第二十三条、第二十四条、
第三十二条；行政诉讼法 (2017) 第四十四条、第四十五条、第四十六条；行政处罚法 (2021) 第七条、第七十三条.
"""

from dataclasses import dataclass

PROCEDURES = {
    "ordinary": "普通程序等可以直接起诉的决定",
    "fast_track": "简易快速办理的决定（仍属普通程序）",
    "no_penalty": "不予处罚决定",
    "coercion": "行政强制措施决定",
    "execution": "行政强制执行决定（加处罚款、强制执行、代履行）",
    "summary": "当场作出的处罚决定（复议前置）",
}


@dataclass(frozen=True, kw_only=True)
class Remedy:
    """The facts from which the remedy paragraph follows.

    procedure: one of PROCEDURES. on_the_spot decisions must be reconsidered first.
    organ: 作出决定的机关; reconsideration_organ: 复议机关（一般为本级人民政府）; court: 管辖法院.
    reconsideration, lawsuit, afterwards: 申请复议、直接起诉、复议后起诉的期限, in words (六十日); only a
    *law* may set them (行政复议法第二十条、行政诉讼法第四十六条), never the item's own regulation.
    electronic: 是否通过互联网渠道送达; internet_channel: 互联网复议申请渠道（电子送达时必有）.
    """

    procedure: str
    organ: str
    reconsideration_organ: str
    court: str
    reconsideration: str
    lawsuit: str
    afterwards: str
    electronic: bool = False
    internet_channel: str = ""


def missing_remedy_parts(remedy: dict[str, object]) -> list[str]:
    """Titles of what is missing before the paragraph can be written."""
    titles = {
        "procedure": "程序种类",
        "organ": "作出决定的机关",
        "reconsideration_organ": "复议机关",
        "court": "管辖法院",
        "reconsideration": "申请行政复议的期限",
        "lawsuit": "提起行政诉讼的期限",
        "afterwards": "复议后起诉的期限",
    }
    missing = [title for key, title in titles.items() if not remedy.get(key)]
    if remedy.get("procedure") and remedy["procedure"] not in PROCEDURES:
        missing.append(f"程序种类（{'、'.join(PROCEDURES)} 之一）")
    if remedy.get("electronic") and not remedy.get("internet_channel"):
        missing.append("互联网复议申请渠道（电子送达时必须一并提供）")
    return missing


def remedy_text(*, remedy: Remedy) -> str:
    """The remedy paragraph of an external decision.

    当场作出的处罚决定: reconsideration must come first (行政复议法第二十三条第一款第一项), and the organ
    must say so when it acts (同条第二款). All others: reconsideration or an action,
    each within its period. Internet service brings an internet channel (第二十二条第二款).
    """
    if remedy.procedure == "summary":
        text = (
            f"如不服本决定，应当自收到本决定书之日起{remedy.reconsideration}内，"
            f"依照《中华人民共和国行政复议法》第二十条、第二十三条、第二十四条的规定，"
            f"先向{remedy.reconsideration_organ}申请行政复议（也可以依照该法第三十二条的规定，"
            f"通过{remedy.organ}提交行政复议申请）；对行政复议决定不服的，可以自收到复议决定书之日起"
            f"{remedy.afterwards}内，依照《中华人民共和国行政诉讼法》第四十五条的规定，"
            f"向{remedy.court}提起行政诉讼。本决定依法应当先申请行政复议，不能直接提起行政诉讼。"
        )
    else:
        text = (
            f"如不服本决定，可以自收到本决定书之日起{remedy.reconsideration}内，"
            f"依照《中华人民共和国行政复议法》第二十条、第二十四条的规定，"
            f"向{remedy.reconsideration_organ}申请行政复议；也可以自收到本决定书之日起"
            f"{remedy.lawsuit}内，依照《中华人民共和国行政诉讼法》第四十六条的规定，"
            f"直接向{remedy.court}提起行政诉讼。"
        )
    if remedy.electronic:
        text += (
            f"本决定书通过互联网渠道送达，依照《中华人民共和国行政复议法》第二十二条的规定，"
            f"您也可以通过互联网渠道提交行政复议申请：{remedy.internet_channel}。"
        )
    return text + "申请行政复议或者提起行政诉讼的，本决定不停止执行，法律另有规定的除外。"
