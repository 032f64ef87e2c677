"""Pure decisions about roles and reach: no database, no clock, no Django."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True)
class HeldRole:
    """One role in force on the day, with its reach; an empty agency is the whole region."""

    role: str
    region_code: str
    agency_code: str = ""
    acting_for: str = ""


@dataclass(frozen=True)
class Reach:
    """Rows of a region (by prefix) and, unless `agency_code` is None, of one agency only."""

    region_prefix: str
    agency_code: str | None

    def covers(self, *, region_code: str, agency_code: str) -> bool:
        """Whether a row of this region and agency lies within."""
        inside = bool(self.region_prefix) and region_code.startswith(self.region_prefix)
        return inside and self.agency_code in (None, agency_code)


@dataclass(frozen=True)
class Scope:
    """Whose data a person may see: the union of reaches. Empty means nothing at all."""

    reaches: tuple[Reach, ...] = ()

    @property
    def is_empty(self) -> bool:
        """Nothing is granted, so nothing is seen."""
        return not self.reaches

    @property
    def _widest(self) -> Reach | None:
        """The region-wide reach that covers most, if there is one."""
        wide = [reach for reach in self.reaches if reach.agency_code is None]
        return min(wide, key=lambda reach: len(reach.region_prefix), default=None)

    @property
    def region_prefix(self) -> str:
        """One prefix that is never wider than what is granted; "none" when nothing is."""
        if self._widest:
            return self._widest.region_prefix
        return max((r.region_prefix for r in self.reaches), key=len, default="none")

    @property
    def agency_codes(self) -> frozenset[str] | None:
        """Agencies within `region_prefix`; None means all of them; empty means none."""
        if self._widest:
            return None
        return frozenset(
            r.agency_code
            for r in self.reaches
            if r.agency_code and self.region_prefix.startswith(r.region_prefix)
        )

    def covers(self, *, region_code: str, agency_code: str) -> bool:
        """Whether a row of this region and agency may be seen."""
        return any(
            reach.covers(region_code=region_code, agency_code=agency_code) for reach in self.reaches
        )


@dataclass(frozen=True)
class Actor:
    """The person at the screen on a day: who they are and the roles they hold, acting included.

    `acting_for` names, per role held only by acting, the person acted for.
    """

    account_id: int
    name: str
    username: str
    roles: frozenset[str]
    region_code: str
    agency_code: str
    unit: str = ""
    certificate_no: str = ""
    acting_for: Mapping[str, str] = field(default_factory=dict, hash=False)
    held: tuple[HeldRole, ...] = ()

    def has(self, role: str) -> bool:
        """Whether this role is held today."""
        return role in self.roles


def region_prefix_of(region_code: str) -> str:
    """`330000` reaches all of 33, `339900` all of 3399, `339901` itself and its towns."""
    code = region_code.strip()
    while len(code) in (4, 6) and code.endswith("00"):
        code = code[:-2]
    return code


def may(*, roles: Iterable[str], permitted: Iterable[str]) -> bool:
    """Whether one of the roles held is among those permitted."""
    return not frozenset(roles).isdisjoint(permitted)


def scope_of(
    *, held: Iterable[HeldRole], permitted: frozenset[str] | None, region_wide: frozenset[str]
) -> Scope:
    """The union of the reaches of roles held, limited to those permitted where given.

    A role that works for the whole region reaches every agency in it; any other reaches the
    agency named in its grant, and nothing when none is named.
    """
    reaches = set()
    for one in held:
        if permitted is not None and one.role not in permitted:
            continue
        prefix = region_prefix_of(one.region_code)
        if not prefix:
            continue
        if one.role in region_wide:
            reaches.add(Reach(region_prefix=prefix, agency_code=None))
        elif one.agency_code:
            reaches.add(Reach(region_prefix=prefix, agency_code=one.agency_code))
    return Scope(
        reaches=tuple(sorted(reaches, key=lambda r: (r.region_prefix, r.agency_code or "")))
    )
