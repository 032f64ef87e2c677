"""处罚种类: the kinds of penalty there are (行政处罚法 9), by code."""

PENALTY_KINDS = (
    ("WARNING", "警告"), ("CRITICISM", "通报批评"), ("FINE", "罚款"), ("CONFISCATE_GAINS", "没收违法所得"),
    ("CONFISCATE_GOODS", "没收非法财物"), ("SUSPEND_LICENCE", "暂扣许可证件"),
    ("DOWNGRADE", "降低资质等级"), ("REVOKE_LICENCE", "吊销许可证件"), ("RESTRICT", "限制开展生产经营活动"),
    ("HALT", "责令停产停业"), ("CLOSE", "责令关闭"), ("BAN_WORK", "限制从业"), ("DETENTION", "行政拘留"),
    ("OTHER", "法律、行政法规规定的其他处罚"),
)  # fmt: skip
