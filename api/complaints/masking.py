"""Takes out of a text what says who wrote it: the reporter's name and contact, and any number that reaches a person."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from functools import cache

from api.complaints.names import name_forms, names_told

MASK = "＊＊＊"
_WIDE = {code: unicodedata.normalize("NFKC", chr(code)) for code in range(0xFF01, 0xFF5F)}
"""Full-width forms, each as the one plain character that it stands for: places stay the same."""
_GAP = r"[\s.·•\-—_]?"
_DIGIT = r"[0-9零〇一二三四五六七八九壹贰叁肆伍陆柒捌玖幺]"
_NUMBERS = (
    rf"(?<![0-9])[0-9]{{6}}{_GAP}(?:19|20)[0-9]{{6}}{_GAP}[0-9]{{3}}[0-9Xx](?![0-9A-Za-z])",
    r"(?<![0-9])[0-9]{15,19}(?![0-9])",
    r"(?<![0-9])[0-9]{4}(?:[\s\-][0-9]{4}){3}(?:[\s\-][0-9]{1,3})?(?![0-9])",
    rf"(?<![0-9])(?:\+?86{_GAP})?1[3-9][0-9]{_GAP}[0-9]{{4}}{_GAP}[0-9]{{4}}(?![0-9])",
    r"(?<![0-9])1(?P<gap>[\s.·•\-—_])[3-9](?:(?P=gap)[0-9]){9}(?![0-9])",
    rf"(?<!{_DIGIT})[1一幺][3-9三四五六七八九]{_DIGIT}{{9}}(?!{_DIGIT})",
    r"(?<![0-9])\(?0[0-9]{2,3}\)?[\s\-—]?[1-9][0-9]{6,7}(?:[\s\-—转][0-9]{1,5})?(?![0-9])",
    r"(?<![0-9])400[\s\-—]?[0-9]{3}[\s\-—]?[0-9]{4}(?![0-9])",
    r"(?<=电话|座机|手机|号码|致电|拨打)[:：是为\s]*[0-9](?:[\s\-—]?[0-9]){6,11}",
)
"""ID numbers, bank cards, mobile numbers in figures and in words, landlines."""
_ADDRESSES = (
    r"[A-Za-z0-9._%+\-]+\s?(?:@|\(at\)|#at#)\s?[A-Za-z0-9\-]+(?:\.[A-Za-z0-9\-]+)+",
    r"wxid_[A-Za-z0-9]+",
    r"(?:(?<=微信)|(?<=微信号)|(?<=微信同号)|(?<=薇信)|(?<=威信)|(?<=[Vv]信)|(?<=加[Vv])|(?<=[Ww][Xx])|(?<=[Vv][Xx]))"
    r"(?:号|号码)?[:：是为=\s]*[A-Za-z][A-Za-z0-9_\-]{4,19}(?![A-Za-z0-9_])",
    r"(?:(?<=[Qq]{2})|(?<=[Qq]{2}号)|(?<=扣扣)|(?<=企鹅号))(?:号|号码)?[:：是为=\s]*[1-9][0-9]{4,11}(?![0-9])",
)
"""E-mail, WeChat, QQ."""
_LEAD = re.compile(r"^(?:号码?|[:：是为=\s])+")
_PARTS = re.compile(r"[\s,，;；、/|。()（）:：]+")
_SHORTEST = 4
"""Characters that a part of a contact must have to be looked for in the text."""


def mask(text: str, name: str = "", contact: str = "") -> str:
    """The text without the reporter's name (also 王女士, 小明, and a name that the text itself tells) and contact,
    and without any phone, ID or card number, e-mail, WeChat or QQ number, whoever's it is."""
    out, at = [], 0
    for start, end in telling(text, name, contact):
        out += [text[at:start], MASK]
        at = end
    return "".join([*out, text[at:]])


def telling(text: str, name: str = "", contact: str = "") -> list[tuple[int, int]]:
    """What `mask` takes out: half-open places in order, none within another."""
    plain = text.translate(_WIDE)
    places: list[tuple[int, int]] = []
    for start, end in sorted(_places(plain, [name, *names_told(plain)], contact)):
        if places and start < places[-1][1]:
            start, end = places[-1][0], max(end, places.pop()[1])
        places.append((start, end))
    return places


def _places(text: str, names: Iterable[str], contact: str) -> Iterator[tuple[int, int]]:
    for found in _reaching().finditer(text):
        lead = _LEAD.match(found[0])
        yield found.start() + (lead.end() if lead else 0), found.end()
    wanted = [form for name in names for form in name_forms(name.translate(_WIDE))]
    wanted += map(_loosely, _contact_parts(contact.translate(_WIDE)))
    if wanted:
        for found in re.finditer("|".join(wanted), text, re.IGNORECASE):
            yield found.span()


@cache
def _reaching() -> re.Pattern[str]:
    return re.compile("|".join((*_NUMBERS, *_ADDRESSES)))


def _contact_parts(contact: str) -> list[str]:
    """Longest first, so that none is left over of another."""
    return sorted({part for part in _PARTS.split(contact) if len(part) >= _SHORTEST}, key=len, reverse=True)


def _loosely(part: str) -> str:
    return _GAP.join(map(re.escape, part))
