"""Personal data on its way out: opened for those whose work needs it, masked for all others."""

from dataclasses import dataclass

from zhiheng.elements.models import ElementRecord, Officer, Subject
from zhiheng.kernel import ciphers, masking


@dataclass(frozen=True)
class SubjectCard:
    """A subject as a reader may see it; `masked` says whether personal data is hidden."""

    id: int
    uid: str
    kind: str
    kind_label: str
    name: str
    uscc: str
    citizen_id: str
    legal_representative: str
    phone: str
    address: str
    service_address: str
    masked: bool


def _open(sealed: str) -> str:
    return ciphers.open_field(sealed) if sealed else ""


def card_of(*, subject: Subject, open_personal: bool) -> SubjectCard:
    """The subject with personal data open or masked (law.md H.2, 个人信息保护法 6, 28).

    Names and addresses of organisations are no personal data; of natural persons they are.
    A sole trader keeps the business name, the operator is masked.
    """
    is_person = subject.kind == Subject.Kind.CITIZEN
    citizen_id, phone = _open(subject.citizen_id), _open(subject.phone)
    service_address = _open(subject.service_address)
    name, address = subject.name, subject.address
    representative = subject.legal_representative
    if not open_personal:
        citizen_id = masking.mask_citizen_id(citizen_id) if citizen_id else ""
        phone = masking.mask_phone(phone) if phone else ""
        service_address = masking.mask_address(service_address) if service_address else ""
        representative = masking.mask_name(representative) if representative else ""
        if is_person:
            name, address = masking.mask_name(name), masking.mask_address(address)
    return SubjectCard(
        id=subject.pk,
        uid=str(subject.uid),
        kind=subject.kind,
        kind_label=subject.get_kind_display(),
        name=name,
        uscc=subject.uscc,
        citizen_id=citizen_id,
        legal_representative=representative,
        phone=phone,
        address=address,
        service_address=service_address,
        masked=not open_personal,
    )


def officer_citizen_id(*, officer: Officer, open_personal: bool) -> str:
    """The citizen number of an officer, masked unless the reader's work needs it."""
    number = _open(officer.citizen_id)
    return number if open_personal or not number else masking.mask_citizen_id(number)


def title_of(*, row: ElementRecord, open_personal: bool) -> str:
    """What an element is called; a natural person's name is masked unless it may be open."""
    is_person = isinstance(row, Subject) and row.kind == Subject.Kind.CITIZEN
    return masking.mask_name(str(row)) if is_person and not open_personal else str(row)
