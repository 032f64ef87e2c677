"""Several acts in one clause told apart: alternatives, verbs over one object, objects of one verb."""

import re

_STARTS = "未|不|拒|擅自|违|超|没有|非法|为|对|向|在|阻|隐|使用|销售|生产|提供|允许|利用|从事|逾|伪造|将|以"
_CUT = re.compile(rf"(?:的，|，|、)?或者(?=(?:{_STARTS}))|；|。|，以及|的，(?=(?:{_STARTS}))")
_VERBS = (
    "伪造|变造|买卖|出租|出借|转让|涂改|倒卖|生产|销售|使用|购买|运输|储存|进口|出口|加工|经营|制造|隐匿|销毁|转移|"
    "损毁|毁损|拆除|改动|拒绝|阻碍|阻挠|收购|出售|利用|携带|邮寄|寄递|发布|设计|制作|代理|复制|发行|出版|侵占|破坏|"
    "移动|种植|养殖|捕捞|猎捕|提供|篡改|毁弃|设立|变更|丢弃|倾倒|堆放|排放|焚烧|掩埋|贮存|处置|引进|推广|屠宰|"
    "安装|改造|修理|隐瞒|泄露|窃取|收买|组织|教唆|引诱|胁迫|诱骗|强迫|干扰|妨碍|挪用|截留|冒用|采集|保藏|遗弃|藏匿|"
    "盗窃|哄抢|故意损毁|散布|传播|宣扬|煽动|建设|新建|改建|扩建|开采|勘查|挖掘|占用|租用|借用|骗取|聘用|招用|擅自关闭|停止|闲置|"
    "检测|检验|监测|记录|保存|报告|公布|公示|备案|登记|审查|验收|维护|保养|检查|培训|演练|建立|制定|执行|落实|配备|设置|"
    "改装|覆盖|扣留|操纵|捏造|包装|印制|推销|招徕|开展|举办|驾驶|悬挂|张贴|涂写|刻画|攀折|采伐|砍伐|采挖|采石|取土|爆破|钻探|打井|"
    "围垦|填埋|遗撒|扰乱|包庇|侮辱|殴打|恐吓|投放|投喂|放养|放生|运送|存放|寄存|典当|拍卖|抵押|质押|私分|侵吞|贪污"
)
_RUN = re.compile(rf"(?:(?:{_VERBS})(?:、|或者|和|以及|，或者))+(?:{_VERBS})(?=[^、，或和以])")


_THING = r"[^，；、的未不等在从向对为与所以或和及]{2,9}"
_LIST = re.compile(
    rf"^(?P<head>[^、，；]{{0,12}}?(?:{_VERBS}))"
    rf"(?P<things>{_THING}(?:、{_THING})*(?:、|或者|和|以及){_THING})$"
)


def limbs(act: str) -> list[str]:
    """The acts that an act's words list: each alternative, each verb, each object."""
    found = []
    for one in _CUT.split(act):
        one = one.strip("，、 的")
        if len(one) >= 5:
            found += [thing for verb in _verbs(one) for thing in _objects(verb)]
    return list(dict.fromkeys(found)) or [act]


def _verbs(words: str) -> list[str]:
    """伪造、变造、转让证书 is three acts; a row of verbs without an object behind it is left alone."""
    run = _RUN.search(words)
    if run is None or len(words) - run.end() < 2:
        return [words]
    verbs = re.split(r"，或者|、|或者|和|以及", run[0])
    return [words[: run.start()] + verb + words[run.end() :] for verb in verbs]


def _objects(words: str) -> list[str]:
    """转让检疫证明、检疫标志 is two acts; whatever is not plainly a row of things is left alone."""
    found = _LIST.match(words)
    if found is None or re.search(_VERBS, found["things"]):
        return [words]
    return [found["head"] + thing for thing in re.split(r"、|或者|和|以及", found["things"])]
