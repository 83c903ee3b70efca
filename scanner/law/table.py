"""The table of legal bases as it stands in `lexicons/law/basis.yaml`."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from enum import StrEnum

from pydantic import Field

from scanner.findings import Category, Direction
from scanner.law.articles import Record, Role


class Party(StrEnum):
    """Who published the ad (REFERENCE 9.8)."""

    EMPLOYER = "employer"
    AGENCY = "agency"
    PLATFORM = "platform"
    PUBLIC_SERVICE_AGENCY = "public_service_agency"
    PUBLIC_BODY = "public_body"
    HOUSEHOLD = "household"


class Refs(Record):
    """Article ids by the role they are cited in."""

    prohibition: tuple[str, ...] = ()
    sanction: tuple[str, ...] = ()
    policy: tuple[str, ...] = ()

    def by_role(self) -> Iterator[tuple[Role, str]]:
        """Every (role, article id) of this record."""
        for role in (Role.PROHIBITION, Role.SANCTION, Role.POLICY):
            for ref in getattr(self, role.value):
                yield role, ref


class Row(Refs):
    """What one act rests on; an empty condition fits any."""

    category: Category
    subtype: tuple[str, ...] = ()
    direction: tuple[Direction, ...] = ()
    use: tuple[str, ...] = ()

    def fits(self, category: Category, subtype: str, direction: Direction) -> bool:
        """Whether this row speaks of the act."""
        return (
            self.category == category
            and (not self.subtype or subtype in self.subtype)
            and (not self.direction or direction in self.direction)
        )


class Layer(Refs):
    """What a party or a subtype adds; with `beside`, only where one of those articles is asked for."""

    party: tuple[Party, ...] = ()
    subtype: tuple[str, ...] = ()
    beside: tuple[str, ...] = ()

    def fits(self, subtype: str, party: Party, asked: Collection[str]) -> bool:
        """Whether this layer is added."""
        return (
            (not self.party or party in self.party)
            and (not self.subtype or subtype in self.subtype)
            and (not self.beside or any(ref in asked for ref in self.beside))
        )


class Never(Record):
    """Articles that must not be cited for a direction or a party."""

    why: str
    refs: tuple[str, ...] = Field(min_length=1)
    direction: tuple[Direction, ...] = ()
    party: tuple[Party, ...] = ()

    def strikes(self, ref: str, direction: Direction, party: Party) -> bool:
        """Whether `ref` is struck out; an article's number strikes its items too."""
        if (self.direction and direction not in self.direction) or (self.party and party not in self.party):
            return False
        return any(barred in ("*", ref) or ref.startswith(f"{barred}.") for barred in self.refs)


class BasisTable(Record):
    """The whole table."""

    sets: dict[str, Refs] = Field(default_factory=dict)
    rows: tuple[Row, ...]
    layers: tuple[Layer, ...] = ()
    never: tuple[Never, ...] = ()

    def cited(self) -> Iterator[tuple[Role, str]]:
        """Every (role, article id) that the table can cite."""
        for record in (*self.sets.values(), *self.rows, *self.layers):
            yield from record.by_role()

    def refs(
        self,
        category: Category,
        subtype: str,
        direction: Direction,
        party: Party,
        extra: Sequence[str] = (),
    ) -> list[str]:
        """The article ids asked for, strongest first, each once; before `never` and dates."""
        row = next((row for row in self.rows if row.fits(category, subtype, direction)), None)
        asked: dict[str, None] = {}
        for record in (row, *(self.sets[name] for name in row.use)) if row else ():
            asked.update((ref, None) for _, ref in record.by_role())
        asked.update(dict.fromkeys(extra))
        for layer in self.layers:
            if layer.fits(subtype, party, asked):
                asked.update((ref, None) for _, ref in layer.by_role())
        return list(asked)

    def struck(self, ref: str, direction: Direction, party: Party) -> bool:
        """Whether `ref` must not be cited for this direction and party."""
        return any(never.strikes(ref, direction, party) for never in self.never)
