"""What the classifier can say: a tag for every character, and labels for the clause as a whole."""

from __future__ import annotations

from scanner.findings import Category, Direction

_SEX = (Direction.MALE, Direction.FEMALE, Direction.BOTH)
_DIRECTIONS: dict[Category, tuple[Direction, ...]] = {
    Category.GENDER_RESTRICTION: _SEX,
    Category.GENDER_PREFERENCE: (Direction.MALE, Direction.FEMALE),
    Category.MARITAL_BIRTH_CONDITION: (Direction.NONE,),
    Category.BIRTH_RESTRICTION: (Direction.NONE,),
    Category.MARITAL_BIRTH_INQUIRY: (Direction.NONE,),
    Category.PREGNANCY_TEST: (Direction.NONE,),
    Category.PREGNANCY_EXCLUSION: (Direction.NONE,),
    Category.DIFFERENTIAL_STANDARD: _SEX,
}

KINDS: tuple[tuple[Category, Direction], ...] = tuple(
    (category, direction) for category, directions in _DIRECTIONS.items() for direction in directions
)
"""The kinds of span that are told apart; kind k has the tags 2k+1 (begins) and 2k+2 (goes on)."""

OUTSIDE = 0
TAGS: tuple[str, ...] = (
    "O",
    *(f"{edge}-{category.value}:{direction.value}" for category, direction in KINDS for edge in "BI"),
)

LAWFUL_MENTION = "lawful_mention"
CLAUSE_LABELS: tuple[str, ...] = (*(category.value for category in Category), LAWFUL_MENTION)
"""A clause has every category it violates, or `lawful_mention` where sex, marriage or birth is named lawfully."""


def tag_of(category: Category, direction: Direction, *, begins: bool) -> int:
    """The number of the tag. Raises ValueError for a kind that GUIDELINES does not know."""
    return 2 * KINDS.index((category, direction)) + (1 if begins else 2)
