"""要素中心：主体、人员、对象、事项、依据、基准、文书、案例八大要素与授权登记。

Words owned here: body 执法主体, officer 执法人员, subject 执法对象, item 执法事项, basis 执法依据,
benchmark 裁量基准, doc template 执法文书, case example 典型案例, grant 授权, area 区域.

Each row is one version of an element and is true for a time: when it holds in the world
(`valid_from`, `valid_until`) and when the platform knew it (`known_from`, `known_until`).
Nothing is updated in place; `services.amend` closes what was known and writes what is known now,
so that "as of that day, as known on that day" can always be answered. Links point to the version
that was meant when they were made; `uid` names the element across its versions.
"""
