"""The region of an ad is the city, or else the province, that its column of places names."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from api.intake.regions import region_of
from scanner.ad import Ad


@pytest.mark.parametrize(
    ("written", "region"),
    [
        ("吉林省长春市朝阳区", "长春"),
        ("长春", "长春"),
        ("长春·二道", "长春"),
        ("北京-海淀", "北京"),
        ("上海 浦东", "上海"),
        ("长春市/吉林市", "长春"),
        ("吉林省", "吉林省"),
        ("广西壮族自治区南宁市", "南宁"),
        ("延边朝鲜族自治州延吉市", "延边朝鲜族自治州"),
        ("［长春市］", "长春"),
        ("样例路18号三楼", ""),
        ("请致电本公司人事部门了解具体上班地点", ""),
        ("", ""),
    ],
)
def test_region_of_what_boards_write(written: str, region: str) -> None:
    assert region_of(Ad("招保安", fields={"工作地点": written})) == region


def test_region_of_the_first_column_that_says_something() -> None:
    assert region_of(Ad("招保安", fields={"工作地点": "长春市", "工作城市": ""})) == "长春"
    assert region_of(Ad("招保安", fields={"工作地点": "长春市", " 城市 ": "四平"})) == "四平"
    assert region_of(Ad("招保安", fields={"性别": "北京"})) == ""


@given(st.text(max_size=60))
def test_region_of_anything_fits_its_column(written: str) -> None:
    assert len(region_of(Ad("招保安", fields={"城市": written}))) <= 40
