"""Who is competent for what, as it stands in `lexicons/complaint/channels.yaml`."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from enum import StrEnum
from functools import cache
from pathlib import Path

from pydantic import Field

from scanner.complaint.sourced import Sourced
from scanner.complaint.understanding import Matter
from scanner.lexicon.reading import read_data, refuse
from scanner.lexicon.schema import Slug, Strict, Text
from scanner.paths import shipped


class ReportKind(StrEnum):
    """Of one's own rights (投诉) or of what anyone may tell (举报)."""

    COMPLAINT = "complaint"
    REPORT = "report"


class Situation(StrEnum):
    """When a route is taken."""

    ALWAYS = "always"
    MANY_VICTIMS = "many_victims"
    PLATFORM = "platform"
    CIVIL_SERVICE = "civil_service"
    INSTITUTION = "institution"
    STATE_OWNED = "state_owned"


class Bar(StrEnum):
    """Why a report cannot be a 投诉."""

    ANONYMOUS = "anonymous"
    NOT_OWN = "not_own"
    NO_EMPLOYER = "no_employer"


class Channel(Sourced):
    """An office that can be turned to; `phone` is empty where none is known."""

    code: Slug
    name: Text
    phone: str = Field(default="", pattern=r"^\d*$")


class RouteRule(Sourced):
    """Where a report of discrimination goes in a situation; those that are `first` stand before the others."""

    situation: Situation
    channel: Slug
    first: bool = False


class PublicWords(Strict):
    """Words that show what kind of public body is accused, and words that show it is not."""

    situation: Situation
    words: list[Text] = Field(min_length=1)
    unless: tuple[Text, ...] = ()

    def fit(self, told: str) -> bool:
        """Whether what is told of the body shows this kind."""
        return any(word in told for word in self.words) and not any(word in told for word in self.unless)


class Household(Sourced):
    """A family that hires for its home is no employer."""

    cues: list[Text] = Field(min_length=1)
    and_cues: list[Text] = Field(min_length=1)
    unless: list[Text]
    channels: list[Slug] = Field(min_length=1)

    def fit(self, text: str) -> bool:
        """Whether the report tells of such a family."""
        both = all(any(cue in text for cue in cues) for cues in (self.cues, self.and_cues))
        return both and not any(word in text for word in self.unless)


class MatterRule(Sourced):
    """Where another matter belongs, and what is said to the reporter."""

    matter: Matter
    channels: list[Slug] = Field(min_length=1)
    words: Text


class KindRule(Sourced):
    """投诉 or 举报; `because` says why one is proposed where another reason than `reason` leads to it."""

    kind: ReportKind
    working_days: int | None = None
    because: dict[Bar, Text] = Field(default_factory=dict)


class LookBack(Sourced):
    """After how many years a wrong is no longer pursued."""

    years: int = Field(ge=1)


class ChannelFile(Strict):
    """lexicons/complaint/channels.yaml."""

    channels: list[Channel] = Field(min_length=1)
    routes: list[RouteRule] = Field(min_length=1)
    publics: list[PublicWords]
    household: Household
    matters: list[MatterRule]
    kinds: list[KindRule]
    look_back: LookBack

    def channel(self, code: str) -> Channel:
        """The channel with this code. Raises KeyError."""
        return {channel.code: channel for channel in self.channels}[code]

    def matter(self, matter: Matter) -> MatterRule:
        """Where this matter belongs."""
        return next(rule for rule in self.matters if rule.matter is matter)

    def kind(self, kind: ReportKind) -> KindRule:
        """What holds of this kind."""
        return next(rule for rule in self.kinds if rule.kind is kind)


@cache
def load_channels(folder: Path | None = None) -> ChannelFile:
    """The shipped channels, or those in `folder`. Raises PingzhaoError E301/E302 naming file and cure."""
    path = (folder or shipped("lexicons")) / "complaint" / "channels.yaml"
    file = read_data(path, ChannelFile)
    for rule, problem, cure in _problems(file):
        raise refuse(path, rule, problem, cure)
    return file


def _problems(file: ChannelFile) -> Iterator[tuple[str, str, str]]:
    """Rule, problem and cure of every contradiction."""
    yield from _counted("channels", [channel.code for channel in file.channels])
    yield from _counted("matters", [rule.matter for rule in file.matters], list(Matter))
    yield from _counted("kinds", [rule.kind for rule in file.kinds], list(ReportKind))
    yield from _counted("kinds 的 because", [bar for rule in file.kinds for bar in rule.because], list(Bar))
    known = {channel.code for channel in file.channels}
    for name, code in _used(file):
        if code not in known:
            yield name, f"没有途径 {code}", "在 channels 中补上，或改用已有的 code"


def _counted(part: str, names: Sequence[str], wanted: Sequence[str] = ()) -> Iterator[tuple[str, str, str]]:
    for name in wanted or names:
        if names.count(name) != 1:
            yield name, f"在 {part} 中写了 {names.count(name)} 次", "写一次，不多不少"


def _used(file: ChannelFile) -> Iterator[tuple[str, str]]:
    """The name of each entry with a channel that it names."""
    yield from ((route.situation, route.channel) for route in file.routes)
    yield from (("household", code) for code in file.household.channels)
    yield from ((rule.matter, code) for rule in file.matters for code in rule.channels)
