"""规则引擎：加载、分层、求值与验证；纯 Python，不依赖 Django。

`rulebook/` 里的文件是法，这里的代码只会运行法，不知道法说了什么。
别的模块只从 `zhiheng.rulebook.api` 进来。
"""
