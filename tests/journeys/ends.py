"""Which ending is reached by which journey; each journey is held to what it really reached."""

from collections.abc import Iterator

from zhiheng.ledger import api as ledger
from zhiheng.rulebook import api as rulebook

ENDS: dict[str, str] = {
    "clue.intake/FILED": "report_becomes_an_archived_file::a_telephone_report_becomes_an_archived_file",
    "clue.intake/REFUSED": "clue_is_refused::a_clue_without_evidence_is_refused_by_the_head_with_reasons",
    "clue.intake/REFERRED": "clue_goes_elsewhere_or_back::a_clue_of_another_agency_is_referred",
    "penalty.ordinary/ARCHIVED": "report_becomes_an_archived_file::a_telephone_report_becomes_an_archived_file",
    "penalty.ordinary/NOT_FILED": "filing_is_refused::the_head_refuses_a_filing_with_ground_and_reasons",
    "penalty.ordinary/TRANSFERRED": "crime_is_transferred::a_suspected_crime_goes_to_the_police_and_no_fine_replaces_it",
    "penalty.ordinary/HANDED_ON": "jurisdiction_is_disputed::the_other_organ_filed_first_and_the_case_is_handed_on",
    "penalty.ordinary/ENDED": "investigation_ends::an_investigation_ends_because_the_party_is_dead",
    "penalty.ordinary/WITHDRAWN": "case_is_withdrawn::a_case_without_violation_is_withdrawn_by_the_head",
    "penalty.summary/ARCHIVED": "on_the_spot::fined_on_the_spot_and_paid_by_code",
    "penalty.summary/TO_ORDINARY": "on_the_spot::over_the_limit_goes_to_the_ordinary_procedure",
    "penalty.fast/ARCHIVED": "agreed_and_fast::agreed_and_closed_within_a_week",
    "penalty.fast/NOT_FILED": "other_endings::a_fast_case_is_refused_before_it_begins",
    "penalty.fast/TO_ORDINARY": "agreed_and_fast::consent_withdrawn_after_the_notice_the_evidence_stays",
    "penalty.fast/HANDED_ON": "people_beside_a_fast_case::the_other_organ_takes_it_over",
    "assist/SETTLED": "another_organ_helps::the_other_organ_accepts_and_answers",
    "assist/DECLINED": "another_organ_helps::it_is_not_theirs_to_give_and_they_say_so",
    "assist/WITHDRAWN": "another_organ_helps::a_request_is_taken_back_before_it_is_signed",
    "community_service/COUNTED": "service_instead_of_words::service_done_before_the_decision_counts_as_proof",
    "community_service/NOT_COUNTED": "service_instead_of_words::what_was_agreed_before_and_done_after_the_decision_is_not_counted",
    "community_service/DECLINED": "other_endings::the_party_would_rather_not_serve",
    "consultation/SETTLED": "expert_is_consulted::an_opinion_is_given_and_adopted",
    "consultation/DECLINED": "expert_is_consulted::an_expert_declines_and_another_question_is_put",
    "consultation/WITHDRAWN": "expert_is_consulted::a_question_is_taken_back",
    "cosign/SIGNED": "another_unit_countersigns::the_other_head_signs_and_the_review_goes_on",
    "cosign/SETTLED": "another_unit_countersigns::another_opinion_is_dealt_with_before_the_review",
    "cosign/WITHDRAWN": "another_unit_countersigns::the_question_is_taken_back",
    "execution.agreement/KEPT": "fine_is_enforced::an_agreement_is_kept",
    "execution.agreement/BREACHED": "fine_is_enforced::a_breached_agreement_resumes",
    "execution.agreement/REFUSED": "other_endings::an_agreement_is_not_agreed_to",
    "execution.court/EXECUTED": "fine_is_enforced::urged_and_the_court_executes",
    "execution.court/PARTLY": "other_endings::the_court_finds_only_a_part",
    "execution.court/REFUSED": "fine_is_enforced::the_court_refuses_and_review_is_asked_in_fifteen_days",
    "execution.court/SETTLED": "fine_is_enforced::urged_and_paid",
    "execution.court/ENDED": "fine_is_enforced::execution_that_is_lawfully_ended_closes_the_case",
    "execution.deferral/KEPT": "fine_is_enforced::instalments_are_granted_and_kept",
    "execution.deferral/BROKEN": "fine_is_enforced::broken_instalments_fall_due_and_only_then_grow",
    "execution.deferral/REFUSED": "fine_is_enforced::no_hardship_no_deferral",
    "execution.own/EXECUTED": "fine_is_enforced::demolition_only_by_day_and_after_all_periods",
    "execution.own/SETTLED": "other_endings::paid_after_the_order_to_execute",
    "execution.own/ENDED": "other_endings::execution_of_its_own_is_ended",
    "execution.own/RESTORED": "other_endings::what_was_wrongly_executed_is_restored",
    "execution.restoring/RESTORED": "execution_is_undone::what_was_executed_is_restored_and_the_money_goes_back_before_the_case_closes",
    "execution.restoring/NOT_DUE": "execution_is_undone::what_was_changed_may_still_be_owed_as_it_was_executed",
    "execution.substitute/RELEASED": "execution_is_undone::nobody_pays_for_a_performance_that_nobody_owed",
    "execution.substitute/CLOSED": "fine_is_enforced::substitute_performance_is_billed",
    "execution.substitute/STOPPED": "other_endings::the_party_clears_it_away_before_another_does",
    "jurisdiction/AGREED_OURS": "jurisdiction_is_disputed::the_other_organ_yields_and_the_case_goes_on",
    "jurisdiction/AGREED_THEIRS": "jurisdiction_is_disputed::the_other_organ_filed_first_and_the_case_is_handed_on",
    "jurisdiction/DESIGNATED_OURS": "jurisdiction_is_disputed::they_do_not_agree_and_the_superior_designates",
    "jurisdiction/DESIGNATED_THEIRS": "jurisdiction_is_disputed::the_superior_designates_the_other_organ",
    "jurisdiction/DROPPED": "jurisdiction_is_disputed::the_dispute_is_over_by_itself_and_may_be_raised_once_at_a_time",
    "lawyer_advice/SETTLED": "counsel_advises::counsel_advises_before_the_review_and_what_was_made_of_it_is_written",
    "lawyer_advice/DECLINED": "counsel_advises::a_reviewer_asks_and_counsel_declines",
    "lawyer_advice/WITHDRAWN": "counsel_advises::counsel_cannot_review_nor_another_answer",
    "measure.registration/ENDED": "evidence_is_registered::registered_evidence_is_disposed_of_within_seven_workdays",
    "measure.registration/REFUSED": "investigation_ends::nothing_ends_while_goods_are_held",
    "measure.sampling/DONE": "registered_goods_go_on::a_sample_is_tested_and_the_clocks_stand_still_meanwhile",
    "measure.sampling/DROPPED": "other_endings::a_sample_is_not_tested_after_all",
    "measure.seizure/ENDED": "goods_are_seized::seized_extended_and_confiscated",
    "measure.seizure/RETURNED": "goods_are_seized::sealed_and_lifted",
    "measure.seizure/REFUSED": "goods_are_seized::without_an_emergency_nothing_is_seized_before_approval",
    "measure.seizure/NOT_DONE": "other_endings::a_seizure_is_not_needed_any_more",
    "recusal/GRANTED": "someone_stands_aside::who_stands_aside_leaves_and_another_comes",
    "recusal/REFUSED": "someone_stands_aside::no_decision_while_the_request_is_open_and_the_investigation_goes_on",
    "remedy.handed_in/ACCEPTED": "application_is_handed_in_here::what_the_organ_means_to_uphold_is_forwarded_within_five_workdays",
    "remedy.handed_in/CORRECTED": "application_is_handed_in_here::who_is_content_with_the_revocation_is_not_forwarded",
    "remedy.handed_in/NOT_ACCEPTED": "application_is_handed_in_here::a_refusal_opens_fifteen_days_for_a_suit",
    "remedy.handed_in/TAKEN_BACK": "application_is_handed_in_here::an_application_is_taken_back_before_it_is_forwarded",
    "remedy.litigation/UPHELD": "decision_is_contested::a_suit_goes_through_two_instances",
    "remedy.litigation/COMPLIED": "other_endings::the_court_sets_the_decision_aside",
    "remedy.reconsideration/UPHELD": "decision_is_contested::reconsideration_upholds_the_decision",
    "remedy.reconsideration/COMPLIED": "decision_is_contested::reconsideration_annuls_and_the_same_act_is_not_made_again",
    "revision/DONE": "decision_is_contested::a_slip_of_the_pen_is_corrected_but_no_amount",
    "revision/REVOKED": "decision_is_contested::what_is_revoked_is_not_executed",
    "revision/REFUSED": "other_endings::a_decision_is_looked_at_again_and_stays",
    "transfer.organ/RECEIVED": "case_goes_to_another_organ::the_other_organ_receives_the_case_with_its_evidence",
    "transfer.organ/RETURNED": "case_goes_to_another_organ::sent_back_the_case_goes_on_and_a_second_time_needs_reasons",
    "transfer.organ/NOT_SENT": "case_goes_to_another_organ::sent_back_the_case_goes_on_and_a_second_time_needs_reasons",
    "transfer.organ/WITHDRAWN": "case_goes_to_another_organ::what_is_on_its_way_is_neither_decided_nor_sent_twice",
    "transfer.reply/REPLIED": "court_hands_a_matter_over::what_the_procurator_handed_over_is_punished_and_answered",
    "transfer.police/HANDED_OVER": "crime_is_transferred::a_suspected_crime_goes_to_the_police_and_no_fine_replaces_it",
    "transfer.police/NOT_FILED": "crime_is_transferred::the_police_refuse_and_the_penalty_goes_on",
    "transfer.police/NOT_APPROVED": "crime_is_transferred::the_head_refuses_to_transfer_and_the_reason_stays",
}  # fmt: skip
"""Ending → journey, as procedure/STATE → module::test, without the `test_` before each."""


def promised(module: str, name: str) -> set[str]:
    """The endings that a journey is there for."""
    journey = f"{module.rpartition('.')[2].removeprefix('test_')}::{name.removeprefix('test_')}"
    return {end for end, where in ENDS.items() if where == journey}


def reached() -> set[str]:
    """The endings that the record of acts tells of: procedure/STATE, of everything there is."""
    rules = ledger.Act.objects.exclude(rule_id="").values_list("rule_id", flat=True)
    return {end for rule_id in set(rules) for end in _end_of(rule_id)}


def _end_of(rule_id: str) -> Iterator[str]:
    procedure_id, _, step_id = rule_id.partition("/")
    book = rulebook.current()
    if procedure_id not in book.procedures:
        return
    procedure = book.procedure(procedure_id)
    step = procedure.steps.get(step_id)
    if step and step.to and procedure.states[step.to].final:
        yield f"{procedure_id}/{step.to}"
