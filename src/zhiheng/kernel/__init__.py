"""内核：期间、工作日历、期限、金额、代码、脱敏、密码、文件、时钟与错误；不认识任何业务。

| I want to … | module |
|---|---|
| count a period, explain each day | `deadlines` (words in `terms`, arithmetic in `counting`, sentences in `explaining`) |
| ask whether a day is a working day | `calendar` |
| work with intervals of days | `periods` |
| read and write amounts | `money` |
| check or normalise a code | `codes` |
| hide personal information | `masking` |
| seal a field, digest bytes | `ciphers` |
| keep and recognise files | `files`, `sniffing` |
| know the time (views, tasks, commands only) | `clock` |
| tell a person what is wrong | `errors` |
| load very many rows | `bulk` (the one module here that knows Django) |

It imports no context and decides no question of law: numbers, rolls and exclusions are given.
"""
