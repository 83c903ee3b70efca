"""The shape of a rule file; pydantic refuses what does not fit."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from scanner.findings import Category, Direction

Slug = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_\-]*$")]
Text = Annotated[str, StringConstraints(min_length=1, strip_whitespace=True)]
Severity = Literal["S1", "S2", "S3"]
RuleType = Literal["phrase", "item", "split"]


class Strict(BaseModel):
    """Unknown keys are mistakes."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class TermSet(Strict):
    """A named set of wordings that rules share. An `anchor` set makes the matcher look at a clause."""

    terms: list[Text] = Field(min_length=1)
    anchor: bool = False
    note: str = ""


class TermFile(Strict):
    """lexicons/terms.yaml."""

    sets: dict[Slug, TermSet]


class Statement(Strict):
    """What a finding says of the words, whoever found them.

    `direction` is `same`/`opposite` where a rule names `{sex}` (it is then compiled once for men, once for
    women). `subtype`, `severity` and `law` are one value, or one per direction. `edit` says how the words
    are mended: taken out, freed of 男/女, or left to the advice in `rewrite`. `review` makes every finding
    a 待核 and says why.
    """

    id: Slug
    category: Category
    subtype: str | dict[Direction, str]
    direction: Direction | Literal["same", "opposite"]
    severity: Severity | dict[Direction, Severity]
    law: list[str] | dict[Direction, list[str]]
    message: Text
    rewrite: Text
    confidence: float = Field(default=0.95, ge=0.5, le=1.0)
    review: str = ""
    edit: Literal["delete", "drop_sex", "advise"] = "delete"

    def law_refs(self) -> set[str]:
        """Every article the statement names."""
        lists = self.law.values() if isinstance(self.law, dict) else [self.law]
        return {ref for refs in lists for ref in refs}

    def by_direction(self, name: str, direction: Direction) -> object:
        """The statement's `name` value for one direction."""
        value = getattr(self, name)
        return value.get(direction) if isinstance(value, dict) else value


class Rule(Statement):
    """One rule: a statement, the wording that triggers it, and the examples that prove it.

    With `when: open_to_both` it fires only where the words around say that both sexes are sought (a veto
    with `opens: true`). In `flag` examples the expected span stands in square brackets; `pass` examples must
    stay silent.
    """

    type: RuleType
    where: list[Literal["text", "title", "fields"]] = Field(default=["text", "title", "fields"], min_length=1)
    patterns: list[Text] = Field(min_length=1)
    flag: list[Text] = Field(min_length=1)
    pass_: list[Text] = Field(min_length=1, alias="pass")
    when: Literal["", "open_to_both"] = ""
    source: str = ""


class StatementFile(Strict):
    """lexicons/model.yaml: what findings of the classifier alone say."""

    statements: list[Statement] = Field(min_length=1)


class Veto(Strict):
    """Lawful wording that silences the rules inside it (`span`) or in its whole clause (`clause`).

    `opens`: it says that both sexes are sought.
    """

    id: Slug
    negative_class: Slug
    scope: Literal["span", "clause"] = "span"
    opens: bool = False
    reason: Text
    patterns: list[Text] = Field(min_length=1)
    silent: list[Text] = Field(min_length=1)
    source: str = ""


class RuleFile(Strict):
    """lexicons/rules/*.yaml."""

    rules: list[Rule] = []
    vetoes: list[Veto] = []
