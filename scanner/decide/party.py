"""Who is liable for an ad: the employer, and whoever published it for him."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from pydantic import Field

from scanner.ad import Ad
from scanner.law import Party
from scanner.lexicon.reading import read_data
from scanner.lexicon.schema import Strict, Text
from scanner.paths import shipped


class PartyWords(Strict):
    """Words in a name that show what kind of body it is."""

    party: Party
    name: Text
    words: list[Text] = Field(min_length=1)


class PartyFile(Strict):
    """lexicons/parties.yaml."""

    parties: list[PartyWords]


class PartyBook:
    """Recognises parties by name."""

    def __init__(self, file: Path) -> None:
        self._kinds = read_data(file, PartyFile).parties

    @staticmethod
    @cache
    def load(folder: Path | None = None) -> PartyBook:
        """The shipped parties, or those in `folder`."""
        return PartyBook((folder or shipped("lexicons")) / "parties.yaml")

    def of(self, ad: Ad) -> tuple[Party, ...]:
        """The parties bound by the ad's words: first the employer, then the publisher if there is one."""
        employer = self._kind(ad.employer) or Party.EMPLOYER
        if not ad.publisher:
            return (employer,)
        publisher = self._kind(ad.publisher) or Party.PLATFORM
        return (employer,) if publisher is employer else (employer, publisher)

    def _kind(self, name: str) -> Party | None:
        return next((k.party for k in self._kinds if any(word in name for word in k.words)), None)
