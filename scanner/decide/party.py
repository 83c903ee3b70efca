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

_EMPLOYERS = (Party.EMPLOYER, Party.PUBLIC_BODY)


class PartyWords(Strict):
    """Words in a name that show what kind of body it is, and words that show it is not."""

    party: Party
    name: Text
    words: list[Text] = Field(min_length=1)
    unless: tuple[Text, ...] = ()

    def fit(self, name: str) -> bool:
        """Whether a body of this name is of this kind."""
        return any(word in name for word in self.words) and not any(word in name for word in self.unless)


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
        """The shipped parties, or those in `folder`. Raises PingzhaoError E301/E302."""
        return PartyBook((folder or shipped("lexicons")) / "parties.yaml")

    def of(self, ad: Ad) -> tuple[Party, ...]:
        """The parties bound by the ad's words: first the employer, then the publisher if there is one.

        An agency in the employer's column recruits for itself or for a client it does not name: both the
        employer's duties and its own are at stake.
        """
        named = self._kind(ad.employer) or Party.EMPLOYER
        found = [named] if named in _EMPLOYERS else [Party.EMPLOYER, named]
        if ad.publisher and ad.publisher != ad.employer:
            found.append(self._kind(ad.publisher) or Party.PLATFORM)
        return tuple(dict.fromkeys(found))

    def _kind(self, name: str) -> Party | None:
        return next((kind.party for kind in self._kinds if kind.fit(name)), None)
