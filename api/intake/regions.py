"""Where the work is: the city, or else the province, that an ad's column of places names."""

from __future__ import annotations

import re
import unicodedata

from scanner.ad import Ad

_COLUMNS = ("工作城市", "城市", "地区", "工作地区", "所在地区", "工作地点", "工作地址", "location", "city")
_SEPARATORS = re.compile(r"[-·•・—/\\|,、;()\[\]【】\s]+")
_PLACE = re.compile(
    r"(?:[一-鿿]{2,8}?(?:省|自治区))?(?P<city>[一-鿿]{2,10}?(?:(?=市)|自治州|地区|盟))|(?P<plain>[一-鿿]{2,10})"
)
LONGEST = 12
"""Characters: a longer name without 市 is an address, not a region."""


def region_of(ad: Ad) -> str:
    """`吉林省长春市朝阳区` → 长春, `北京-海淀` → 北京, `吉林省` → 吉林省; empty where no column names a place."""
    columns = {name.strip().casefold(): value for name, value in ad.fields.items()}
    written = next((value for name in _COLUMNS if (value := columns.get(name, "").strip())), "")
    first = next(filter(None, _SEPARATORS.split(unicodedata.normalize("NFKC", written))), "")
    found = _PLACE.match(first)
    if found is None:
        return ""
    if found["city"]:
        return found["city"]
    return first if len(first) <= LONGEST and first == found["plain"] else ""
