"""Which registrations belong to one party: all that were merged and not parted again."""

import uuid

from django.db.models import Q

from zhiheng.elements.models import Subject, SubjectMerge


def family(uid: uuid.UUID | str) -> set[uuid.UUID]:
    """The uids of all registrations of one party, this one included."""
    known = {uuid.UUID(str(uid))}
    fresh = known
    while fresh:
        merges = SubjectMerge.objects.filter(undone_at=None)
        pairs = [
            *merges.filter(kept_uid__in=fresh).values_list("kept_uid", "gone_uid"),
            *merges.filter(gone_uid__in=fresh).values_list("kept_uid", "gone_uid"),
        ]
        fresh = {one for pair in pairs for one in pair} - known
        known = known | fresh
    return known


def survivor(uid: uuid.UUID | str) -> uuid.UUID:
    """The registration under which the party is now known."""
    here, seen = uuid.UUID(str(uid)), set[uuid.UUID]()
    while here not in seen:
        seen.add(here)
        merge = SubjectMerge.objects.filter(gone_uid=here, undone_at=None).first()
        here = merge.kept_uid if merge else here
    return here


def versions(uid: uuid.UUID | str) -> list[int]:
    """Ids of all versions of all registrations of one party."""
    return list(Subject.objects.filter(uid__in=family(uid)).values_list("pk", flat=True))


def same_party(subject: Subject) -> list[int]:
    """Versions of one party, those registered twice under the same code and not merged included.

    Personal numbers are compared by their sealed match value; nothing is opened.
    """
    known = Q(uid__in=family(subject.uid))
    if subject.uscc:
        known |= Q(uscc=subject.uscc)
    if subject.citizen_id_hash:
        known |= Q(citizen_id_hash=subject.citizen_id_hash)
    return list(Subject.objects.filter(known).values_list("pk", flat=True))
