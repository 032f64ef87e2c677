"""Who may open which address: one line per address. A new address without a line fails the test.

`EVERYBODY`: signed in or not. `may("case.view")`: the roles that hold one of the permissions.
An address that names an object gets its arguments from `OBJECTS`: a function that makes the
object (through services) and returns the keyword arguments; it runs once, in a database that
holds the small demo county. Where an object lies outside the reach of a role that otherwise has
the permission, `only(...)` names the roles that see it.
"""

from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

from tests import cast
from zhiheng.people.permissions import PERMISSIONS
from zhiheng.people.roles import ALL, Role

EVERYBODY = "public"
SIGNED_IN = frozenset(ALL)


def may(*permissions: str) -> frozenset[Role]:
    """Roles that hold one of the permissions."""
    return frozenset[Role]().union(*(PERMISSIONS[name] for name in permissions))


def only(*roles: str) -> frozenset[Role]:
    """Exactly these roles."""
    return frozenset(Role(role) for role in roles)


MATRIX: dict[str, str | frozenset[Role]] = {
    # sign-in
    "account_login": EVERYBODY,
    "account_logout": EVERYBODY,
    "account_signup": EVERYBODY,
    "account_inactive": EVERYBODY,
    "account_reauthenticate": SIGNED_IN,
    "account_change_password": SIGNED_IN,
    "account_set_password": SIGNED_IN,
    "mfa_index": SIGNED_IN,
    "mfa_authenticate": EVERYBODY,
    "mfa_reauthenticate": SIGNED_IN,
    "mfa_activate_totp": SIGNED_IN,
    "mfa_deactivate_totp": SIGNED_IN,
    "mfa_view_recovery_codes": SIGNED_IN,
    "mfa_generate_recovery_codes": SIGNED_IN,
    "mfa_download_recovery_codes": SIGNED_IN,
    "mfa_list_webauthn": SIGNED_IN,
    "mfa_add_webauthn": SIGNED_IN,
    "mfa_reauthenticate_webauthn": SIGNED_IN,
    "mfa_remove_webauthn": SIGNED_IN,
    "mfa_edit_webauthn": SIGNED_IN,
    "mfa_login_webauthn": EVERYBODY,
    "socialaccount_login_cancelled": EVERYBODY,
    "socialaccount_login_error": EVERYBODY,  # answers 401 on purpose
    "socialaccount_signup": EVERYBODY,
    "socialaccount_connections": SIGNED_IN,
    "openid_connect_login": EVERYBODY,
    "openid_connect_callback": EVERYBODY,
    # people
    "account_list": may("people.manage"),
    "account_new": may("people.manage"),
    "account_show": may("people.manage"),
    "account_active": may("people.manage"),
    "account_password": may("people.manage"),
    "account_unlock": may("people.manage"),
    "grant_revoke": may("people.manage"),
    "people_me": SIGNED_IN,
    "acting_end": SIGNED_IN,
    "security_log": may("security.view"),
    # shell
    "home": EVERYBODY,
    "patterns": EVERYBODY,
    "web_large": EVERYBODY,
    # elements
    "element_home": may("element.view"),
    "element_list": may("element.view"),
    "element_show": may("element.view"),
    # laws
    "law_list": may("law.view"),
    "law_go": may("law.view"),
    "law_lighter": may("law.view"),
    "law_report": may("law.view"),
    "law_show": may("law.view"),
    "law_diff": may("law.view"),
    "law_article": may("law.view"),
    "law_sides": may("law.view"),
    "element_dictionary": may("element.view"),
    "element_new": may("element.edit"),
    "element_edit": may("element.edit"),
    "element_end": may("element.edit"),
    "element_suspend": may("element.edit"),
    "element_resume": may("element.edit"),
    "element_move_end": may("element.edit"),
    "element_owner": may("element.edit"),
    "element_file_add": may("element.edit"),
    "element_file": may("element.view"),
    "element_proposals": may("element.edit", "element.review", "element.publish"),
    "element_proposal": may("element.edit", "element.review", "element.publish"),
    "element_proposal_step": may("element.edit", "element.review", "element.publish"),
    "element_proposal_edit": may("element.edit"),
    "element_proposal_carry": may("element.edit"),
    "element_duplicates": may("element.edit"),
    "element_merge": may("element.edit"),
    "element_merge_undo": may("element.edit"),
    "candidate_list": may("element.edit"),
    "candidate": may("element.edit"),
    "candidate_reading": may("element.edit"),
    "element_may": may("element.view"),
    "grant_map": may("element.view"),
    "item_counts": may("element.view"),
    "item_line": may("element.view"),
    "notice_list": may("element.view"),
    "notice": may("element.view"),  # here a published one; drafts need element.edit or further
    "notice_new": may("element.edit"),
    "notice_edit": may("element.edit"),
    "notice_items": may("element.edit"),
    "notice_preview": may("element.edit", "element.review", "element.publish"),
    "notice_step": may("element.edit", "element.review", "element.publish"),
    "import_start": may("element.edit"),
    "import_template": may("element.edit"),
    "import_list": may("element.edit", "element.publish"),
    "import_show": may("element.edit", "element.publish"),
    "import_columns": may("element.edit"),
    "import_approve": may("element.publish"),
    "import_retry": may("element.edit", "element.publish"),
    "import_withdraw": may("element.edit", "element.publish"),
    "import_errors": may("element.edit", "element.publish"),
    "export_start": may("data.export"),
    "export_show": may("data.export"),
    "export_file": may("data.export"),
    "upkeep_list": may("element.view"),
    "upkeep_item": may("element.view"),
    "upkeep_do": may("element.view"),  # who may do it is asked of the line
    "law_changes": may("element.view"),
    "law_change": may("element.view"),
    # ledger
    "log": EVERYBODY,
    "log_head": EVERYBODY,
    "log_heads": EVERYBODY,
    "log_verifier": EVERYBODY,
    "log_growth": EVERYBODY,
    "log_proof_json": EVERYBODY,
    "log_proof": EVERYBODY,
    "log_act_sealed": may("case.view"),  # here an act of a case; those of clues need clue.view
    # clues
    "clue_list": may("clue.view"),
    "clue_register": may("clue.register"),
    "clue": may("clue.view") - only("village_cadre"),
    "clue_step": may("clue.view") - only("village_cadre"),
    # cases
    "todo": may("todo.view"),
    "search": may("case.view"),
    "case_list": may("case.view"),
    "dossier": may("case.view"),
    "spot": may("case.spot"),
    "spot_party": may("case.spot"),
    "spot_case": may("case.spot"),
    "spot_card": may("case.spot"),
    "spot_card_words": may("case.spot"),
    "case_propose": may("clue.check"),
    "case": may("case.view"),
    "case_step": may("case.step"),
    "case_let_pass": may("case.step"),
    "case_handlers": may("case.step"),
    "entrust_list": may("entrust.sign"),
    "entrust_new": may("entrust.sign"),
    "entrust": may("entrust.sign"),
    "entrust_step": may("entrust.sign"),
    "case_reviewer": may("case.step"),
    "assist_list": may("assist.answer"),
    "assist": frozenset(),  # here asked of another organ: its journey has who may
    "assist_step": frozenset(),
    "consult_list": may("consult.answer"),
    "consult": may("consult.answer"),
    "consult_step": may("consult.answer"),
    "consult_thumb": may("consult.answer"),
    # supervision: heads read clues of their own agency, and whoever took the step reads its own
    "supervision_list": may("supervision.view"),
    "supervision_export": may("supervision.view"),
    "supervision_overdue": may("supervision.view"),
    "supervision_clue": only(Role.SUPERVISOR, Role.AGENCY_HEAD, Role.OFFICER),
    "supervision_explain": only(Role.AGENCY_HEAD, Role.OFFICER),
    "supervision_verify": may("supervision.verify"),
    "interference_list": may("interference.view"),
    "interference_record": may("case.step"),
    "goods_list": may("case.view"),
    "goods_export": may("data.export"),
    "good": may("case.view"),
    "side": may("case.view"),
    "side_begin": may("case.step"),
    "side_step": may("case.step"),
    "side_let_pass": may("case.step"),
    "case_discretion": may("case.view"),
    "case_elsewhere": may("case.view"),
    # documents
    "document": may("document.view"),
    "document_pdf": may("document.view"),
    "check": EVERYBODY,
    "check_code": EVERYBODY,
    # payments: the public page asks for its own second factor
    "pay_home": EVERYBODY,
    "pay": EVERYBODY,
    "pay_receipt": EVERYBODY,
    "pay_callback": EVERYBODY,
    "payment_list": may("payment.view"),
    "payment_order": may("payment.view"),
    "payment_refund": may("payment.record"),
    "payment_cash": may("payment.record"),
    # evidence
    "evidence_list": may("evidence.view"),
    "evidence_item": may("evidence.view"),
    "evidence_file": may("evidence.view"),
    "evidence_thumb": may("evidence.view"),
    "evidence_verify": may("evidence.add"),
    "evidence_exclude": may("evidence.add"),
    "evidence_of_dossier": may("evidence.view"),
    "evidence_add": may("evidence.add"),
}


def _account() -> dict[str, Any]:
    return {"username": "lizhifa"}


def _grant() -> dict[str, Any]:
    from zhiheng.people.models import RoleGrant

    return {"grant_id": RoleGrant.objects.get(account__username="lizhifa").pk}


def _item() -> dict[str, Any]:
    from zhiheng.elements.api import get_item

    return {"slug": "items", "uid": get_item("QH-CG-001").uid}


def _boundary() -> dict[str, Any]:
    from zhiheng.elements.models import DutyBoundary

    return {"slug": "boundaries", "uid": DutyBoundary.objects.known().first().uid}


def _proposal(**more: Any) -> Callable[[], dict[str, Any]]:
    """A draft of 褚要素 on the first boundary."""
    from zhiheng.elements.tests.factories import draft_of_boundary

    return lambda: {"proposal_id": draft_of_boundary(dispute_channel="另一个办公室").pk, **more}


def _attachment() -> dict[str, Any]:
    from zhiheng.elements.tests.factories import attachment

    return {"attachment_id": attachment().pk}


def _twins() -> dict[str, Any]:
    from zhiheng.elements.tests.factories import twins

    one, other = twins()
    return {"kept": one.uid, "gone": other.uid}


def _merge() -> dict[str, Any]:
    from zhiheng.elements.tests.factories import merged

    return {"merge_id": merged().pk}


def _candidate() -> dict[str, Any]:
    from zhiheng.elements.tests.clause_maker import candidate

    return {"number": candidate().pk}


def _notice(**more: str) -> Callable[[], dict[str, Any]]:
    """The published notice of the small county."""

    def number() -> dict[str, Any]:
        from zhiheng.elements.models import AdjustmentNotice

        return {"notice_id": AdjustmentNotice.objects.get(state="PUBLISHED").pk, **more}

    return number


def _batch() -> dict[str, Any]:
    """A batch that was read by hand and has one row with an error."""
    import io

    from zhiheng.elements.exchange import services
    from zhiheng.elements.models import ImportBatch
    from zhiheng.elements.registers import get_register

    at = datetime(2026, 11, 20, 3, tzinfo=UTC)
    found = ImportBatch.objects.first()
    if found is None:
        found = services.take_in(
            stream=io.BytesIO("主体代码,名称\nX-1,缺很多\n".encode()), name="a.csv",
            register=get_register(slug="bodies"), actor=cast.actor(cast.ELEMENT_ADMIN), at=at,
            on=at.date(),
        )  # fmt: skip
        services.settle_columns(
            batch=found, mapping=found.mapping, valid_from=at.date(),
            actor=cast.actor(cast.ELEMENT_ADMIN),
        )  # fmt: skip
        services.check(batch_id=found.pk, at=at)
    return {"batch_id": found.pk}


def _upkeep(**more: str) -> Callable[[], dict[str, Any]]:
    """A line of the work list of the county."""

    def make() -> dict[str, Any]:
        from zhiheng.elements.models import UpkeepItem
        from zhiheng.elements.upkeep.sweep import sweep

        sweep(on=cast.ON, at=datetime(2026, 11, 20, 9, tzinfo=UTC))
        return {"pk": UpkeepItem.objects.filter(region_code="339901").first().pk, **more}

    return make


def _change() -> dict[str, Any]:
    from zhiheng.elements.upkeep import changes

    at = datetime(2026, 11, 20, 9, tzinfo=UTC)
    made = changes.record(law_short="大气污染防治法", on=date(2026, 8, 15), at=at)
    return {"pk": made.pk if made else 0}


def _clue(**more: str) -> Callable[[], dict[str, Any]]:
    """The number of the clue of the living case."""
    return lambda: {"number": cast.living_case().clue.number, **more}


def _side(**more: str) -> Callable[[], dict[str, Any]]:
    """The code of the living case and the number of what runs beside it."""
    return lambda: {"code": cast.living_case().code, "number": cast.living_side().number, **more}


def _spot() -> dict[str, Any]:
    return {"code": cast.living_spot().code}


def _consult(**more: str) -> Callable[[], dict[str, Any]]:
    """What 卫专家 was asked beside the living case."""
    return lambda: {"dossier_id": cast.living_question().pk, **more}


def _consult_thumb() -> dict[str, Any]:
    from zhiheng.evidence.models import EvidenceItem

    asked = cast.living_question()
    found = EvidenceItem.objects.filter(dossier=asked.case.dossier).order_by("id").first()
    return {"dossier_id": asked.pk, "evidence_id": found.pk if found else 0}


def _case(**more: str) -> Callable[[], dict[str, Any]]:
    """The code of the living case."""
    return lambda: {"code": cast.living_case().code, **more}


def _act() -> dict[str, Any]:
    return {"act_id": cast.living_case().dossier.acts.order_by("seq").first().pk}


def _evidence() -> dict[str, Any]:
    from zhiheng.evidence.models import EvidenceItem

    dossier = cast.living_case().dossier
    return {"evidence_id": EvidenceItem.objects.filter(dossier=dossier).order_by("id").first().pk}


def _document() -> dict[str, Any]:
    from zhiheng.documents import api as documents

    found = documents.documents_of(cast.living_case().dossier)[0]
    documents.finish(document_id=found.pk, at=datetime(2026, 11, 20, 9, tzinfo=UTC))
    return {"document_id": found.pk}


def _dossier() -> dict[str, Any]:
    return {"dossier_id": cast.living_case().dossier.pk}


def _law(**more: Any) -> Callable[[], dict[str, Any]]:
    """An invented law with two texts."""

    def make() -> dict[str, Any]:
        from zhiheng.laws import api as laws
        from zhiheng.laws.tests.invented import store

        law = laws.find_law("灯笼管理条例")
        if law is None:
            store()
            law = laws.find_law("灯笼管理条例")
        return {"law_id": law.pk if law else 0, **more}

    return make


def _listed() -> dict[str, Any]:
    """A clue for supervisors, about a step of 李执法."""
    return {"clue_id": cast.listed_clue().pk}


def _order(**more: str) -> Callable[[], dict[str, Any]]:
    """The code of a payment order of the living case."""
    return lambda: {"code": cast.living_order().code, **more}


OBJECTS: dict[str, Callable[[], dict[str, Any]]] = {
    "pay": _order(),
    "pay_receipt": _order(receipt_no="E1"),
    "payment_order": _order(),
    "payment_refund": _order(),
    "payment_cash": _order(),
    "account_show": _account,
    "account_active": _account,
    "account_password": _account,
    "account_unlock": _account,
    "grant_revoke": _grant,
    "element_list": lambda: {"slug": "items"},
    "element_show": _item,
    "law_show": _law(),
    "law_diff": _law(),
    "law_article": _law(number="2"),
    "law_sides": _law(number="2"),
    "element_dictionary": lambda: {"slug": "seals"},
    "element_new": lambda: {"slug": "experts"},
    "element_edit": _boundary,
    "element_end": _boundary,
    "element_suspend": _boundary,
    "element_resume": _boundary,
    "element_move_end": _boundary,
    "element_owner": _boundary,
    "element_file_add": _boundary,
    "element_file": _attachment,
    "element_proposal": lambda: _proposal()(),
    "element_proposal_step": lambda: _proposal(step_id="submit")(),
    "element_proposal_edit": lambda: _proposal()(),
    "element_proposal_carry": lambda: _proposal()(),
    "element_merge": _twins,
    "element_merge_undo": _merge,
    "candidate": _candidate,
    "item_line": lambda: {"uid": _item()["uid"]},
    "notice": _notice(),
    "notice_edit": _notice(),
    "notice_items": _notice(),
    "notice_preview": _notice(),
    "notice_step": _notice(what="approve"),
    "import_start": lambda: {"slug": "items"},
    "import_template": lambda: {"slug": "items"},
    "import_show": _batch,
    "import_columns": _batch,
    "import_approve": _batch,
    "import_retry": _batch,
    "import_withdraw": _batch,
    "import_errors": _batch,
    "export_start": lambda: {"slug": "items"},
    "export_show": lambda: {"export_id": 1},  # everybody sees only their own
    "export_file": lambda: {"export_id": 1},
    "upkeep_item": _upkeep(),
    "upkeep_do": _upkeep(what="comment"),
    "law_change": _change,
    "acting_end": lambda: {"acting_id": 1},
    "mfa_remove_webauthn": lambda: {"pk": 1},
    "mfa_edit_webauthn": lambda: {"pk": 1},
    "openid_connect_login": lambda: {"provider_id": "unified"},
    "openid_connect_callback": lambda: {"provider_id": "unified"},
    "clue": _clue(),
    "clue_step": _clue(step_id="check"),
    "case_propose": _clue(),
    "case": _case(),
    "dossier": _dossier,
    "case_step": _case(step_id="show_id"),
    "spot_case": _spot,
    "spot_card_words": lambda: {"token": "6f9619ff-8b86-d011-b42d-00cf4fc964ff"},
    "case_let_pass": _case(step_id="show_id"),
    "case_handlers": _case(),
    "entrust": lambda: {"dossier_id": cast.living_entrustment()},
    "entrust_step": lambda: {"dossier_id": cast.living_entrustment(), "step_id": "publish"},
    "case_reviewer": _case(),
    "assist": _consult(),
    "assist_step": _consult(step_id="answer"),
    "consult": _consult(),
    "consult_step": _consult(step_id="answer"),
    "consult_thumb": _consult_thumb,
    "supervision_clue": _listed,
    "supervision_explain": _listed,
    "supervision_verify": _listed,
    "interference_record": _case(),
    "good": lambda: {"good_id": cast.living_good().pk},
    "side": _side(),
    "side_begin": _case(procedure_id="measure.registration"),
    "side_step": _side(step_id="register"),
    "side_let_pass": _side(step_id="register"),
    "case_discretion": _case(),
    "case_elsewhere": _case(),
    "document": _document,
    "document_pdf": _document,
    "check_code": lambda: {"code": "AAAABBBBCCCCDDDD"},
    "evidence_item": _evidence,
    "evidence_file": _evidence,
    "evidence_thumb": _evidence,
    "evidence_verify": _evidence,
    "evidence_exclude": _evidence,
    "evidence_of_dossier": _dossier,
    "evidence_add": _dossier,
    "log_act_sealed": _act,
    "log_growth": lambda: {"first": 0, "second": 0},
    "log_proof_json": lambda: {"what": "1"},
    "log_proof": lambda: {"what": "1"},
}

# Addresses whose object is not there in the test: "not found" is right for a permitted role.
MAY_BE_MISSING = frozenset(
    {
        "socialaccount_login_error",
        "patterns",
        "log_head",
        "mfa_remove_webauthn",
        "mfa_edit_webauthn",
        "mfa_view_recovery_codes",
        "mfa_download_recovery_codes",
        "mfa_deactivate_totp",
        "openid_connect_login",
        "openid_connect_callback",
        "export_show",
        "spot_card_words",
        "export_file",
        "log_growth",
        "log_proof_json",
        "log_proof",
        "check_code",
    }
)
