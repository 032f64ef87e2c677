"""事项调整通告：从起草、预览、审核、公布到撤回（law.md D.4）。

`drafting` writes drafts, `plan` works out which rows a notice would touch, `preview` tells it to
people, `life` carries it from hand to hand and writes it, `matters` asks the contexts above what
is open, `counts` follows how many items a body holds.
"""
