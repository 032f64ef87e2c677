"""人员：账号、角色、数据范围、代行、登录与安全日志。

Words owned here: account 账号, role 角色, role grant 授予, acting 代行, data scope 数据范围,
security event 安全事件. Everyone above asks through `api`: who is at the screen (`actor_of`),
what they may do (`may`, `requires`), whose data they may see (`scope`).

What a person may do follows from role grants in force on the day and from nothing else; a grant
or an acting that has run out stops by itself. Where nothing is granted, nothing is seen.
The security log can be added to and never changed: the database refuses.
"""
