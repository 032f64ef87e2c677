"""The permission matrix: which role may do what. One table, tested over all addresses.

A new permission is a line here; a new address is a line in tests/permission_matrix.py.
Administering the system and handling matters are kept apart: a system administrator grants
roles and reads the security log, and sees no case.
"""

from zhiheng.people.roles import ALL, CASEWORK, Role

_FIELD = frozenset({Role.INTAKE_CLERK, Role.DISPATCHER, Role.OFFICER, Role.UNIT_HEAD})
_HANDLERS = CASEWORK | {Role.INTAKE_CLERK, Role.DISPATCHER}

PERMISSIONS: dict[str, frozenset[Role]] = {
    "todo.view": ALL,
    "clue.register": _FIELD | {Role.VILLAGE_CADRE},
    "clue.match": _FIELD,
    "clue.check": frozenset({Role.OFFICER, Role.UNIT_HEAD}),
    "clue.decide": frozenset({Role.UNIT_HEAD, Role.AGENCY_HEAD, Role.DISPATCHER}),
    "clue.view": _HANDLERS | {Role.SUPERVISOR, Role.VILLAGE_CADRE},
    "clue.informant": frozenset({Role.INTAKE_CLERK}),
    "case.view": CASEWORK | {Role.SUPERVISOR},
    "case.step": CASEWORK,
    "assist.answer": frozenset({Role.OFFICER, Role.UNIT_HEAD, Role.AGENCY_HEAD}),
    "entrust.sign": frozenset({Role.AGENCY_HEAD}),
    "consult.answer": frozenset({Role.EXPERT}),
    "supervision.view": frozenset({Role.SUPERVISOR, Role.AGENCY_HEAD}),
    "supervision.verify": frozenset({Role.SUPERVISOR}),
    "supervision.explain": _HANDLERS,
    "interference.view": frozenset({Role.SUPERVISOR}),
    "case.spot": frozenset({Role.OFFICER}),
    "evidence.add": frozenset({Role.OFFICER}),
    "evidence.view": CASEWORK | {Role.SUPERVISOR},
    "document.view": CASEWORK | {Role.SUPERVISOR},
    "payment.view": CASEWORK | {Role.SUPERVISOR},
    "payment.record": frozenset({Role.OFFICER}),
    "element.view": ALL - {Role.SYSTEM_ADMIN},
    "element.personal": CASEWORK,
    "element.history": ALL - {Role.SYSTEM_ADMIN, Role.VILLAGE_CADRE, Role.EXPERT},
    "element.edit": frozenset({Role.ELEMENT_ADMIN}),
    "element.review": frozenset({Role.ELEMENT_ADMIN, Role.LEGAL_REVIEWER}),
    "element.publish": frozenset({Role.ELEMENT_ADMIN, Role.AGENCY_HEAD}),
    "law.view": ALL,
    "law.import": frozenset({Role.ELEMENT_ADMIN}),
    "ledger.view": CASEWORK | {Role.SUPERVISOR, Role.SYSTEM_ADMIN},
    "rulebook.view": ALL,
    "people.manage": frozenset({Role.SYSTEM_ADMIN}),
    "people.act": ALL,
    "security.view": frozenset({Role.SYSTEM_ADMIN, Role.SUPERVISOR}),
    "data.export": frozenset({Role.SUPERVISOR, Role.ELEMENT_ADMIN, Role.AGENCY_HEAD}),
}

# Roles whose work spans every agency of the region named in the grant.
REGION_WIDE = frozenset(
    {
        Role.SUPERVISOR,
        Role.ELEMENT_ADMIN,
        Role.SYSTEM_ADMIN,
        Role.INTAKE_CLERK,
        Role.DISPATCHER,
    }
)
