"""html: tables of ads, pages that are one ad, and what no reader would see."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.batch.conftest import Read

TABLE = """<html><body><nav>首页</nav><table>
<tr><th>岗位名称</th><th>岗位要求</th><th>性别要求</th></tr>
<tr><td>司机</td><td>限男性<br>会开车</td><td>男</td></tr>
<tr><td>文员</td><td><p>会电脑</p><p>倒班</p></td><td> </td></tr>
</table></body></html>"""


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_html_table_of_ads(read: Read, encoding: str) -> None:
    outcome = read("board.html", TABLE.encode(encoding))
    assert [(ad.title, ad.text, ad.id, ad.row) for ad in outcome.ads] == [
        ("司机", "限男性\n会开车", "2", 2),
        ("文员", "会电脑\n倒班", "3", 3),
    ]
    assert [dict(ad.fields) for ad in outcome.ads] == [{"性别要求": "男"}, {}]
    assert any("正文←岗位要求" in note for note in outcome.notes)


def test_html_several_tables_have_ids_of_their_own(read: Read) -> None:
    table = "<table><tr><td>岗位要求</td><td>公司</td></tr><tr><td>限男性</td><td>甲</td></tr></table>"
    assert [ad.id for ad in read("board.htm", table * 3).ads] == ["2", "4", "6"]


def test_html_table_within_a_layout_table(read: Read) -> None:
    page = f"<table><tr><td>侧栏</td><td>{TABLE}</td></tr><tr><td>页脚</td></tr></table>"
    assert [ad.title for ad in read("board.html", page).ads] == ["司机", "文员"]


def test_html_table_within_a_cell_belongs_to_its_ad(read: Read) -> None:
    inner = "<table><tr><td>限男性</td><td>倒班</td></tr></table>"
    page = f"<table><tr><th>岗位名称</th><th>岗位要求</th></tr><tr><td>司机</td><td>{inner}</td></tr></table>"
    assert read("board.html", page).texts == ["限男性 倒班"]


def test_html_cells_over_several_rows_and_columns(read: Read) -> None:
    page = """<table><tr><td colspan="4">某县招聘表</td></tr>
    <tr><th>单位名称</th><th>岗位名称</th><th>学历</th><th>岗位要求</th></tr>
    <tr><td rowspan="3">甲公司</td><td>司机</td><td rowspan="2">高中</td><td>限男性</td></tr>
    <tr><td>文员</td><td>会电脑</td></tr>
    <tr><td colspan="2">保安</td><td rowspan="x">退伍</td></tr>
    <tr><td rowspan="99999999">乙公司</td><td>厨师</td><td colspan="0"></td><td>会川菜</td></tr></table>"""
    assert [(ad.employer, ad.title, dict(ad.fields), ad.text) for ad in read("board.html", page).ads] == [
        ("甲公司", "司机", {"学历": "高中"}, "限男性"),
        ("甲公司", "文员", {"学历": "高中"}, "会电脑"),
        ("甲公司", "保安", {"学历": "保安"}, "退伍"),
        ("乙公司", "厨师", {}, "会川菜"),
    ]


def test_html_page_is_one_ad(read: Read) -> None:
    page = """<html><head><title>标题栏</title><style>p{content:"限女性"}</style></head><body>
    <h1>招聘 司机</h1><!-- 限女性 --><p>要求：限<b>男</b>性，\n会开车</p><ul><li>倒班</li><li>包吃</li></ul>
    <table><tr><td>性别</td><td>男</td></tr></table>
    <script>var x = "限女性";</script><noscript>限女性</noscript><template>限女性</template></body></html>"""
    outcome = read("ad.html", page)
    assert [(ad.title, ad.text, ad.id, ad.row) for ad in outcome.ads] == [
        ("招聘 司机", "招聘 司机\n要求：限男性， 会开车\n倒班\n包吃\n性别 男", "1", 1)
    ]


def test_html_form_is_one_ad(read: Read) -> None:
    page = """<title>司机</title><table>
    <tr><td>学历要求</td><td>高中</td><td>性别要求</td><td>男</td></tr>
    <tr><td>工作地点</td><td>某县</td><td>招聘人数</td><td>3人</td></tr>
    <tr><td>工作内容</td><td colspan="3">开车</td></tr></table>"""
    outcome = read("ad.html", page)
    assert [(ad.title, ad.text) for ad in outcome.ads] == [
        ("司机", "学历要求 高中 性别要求 男\n工作地点 某县 招聘人数 3人\n工作内容 开车")
    ]


def test_html_mapping_makes_a_table_readable(read: Read) -> None:
    page = "<table><tr><td>甲列</td><td>乙列</td></tr><tr><td>限男性</td><td>司机</td></tr></table>"
    assert read("a.html", page).texts == ["甲列 乙列\n限男性 司机"]
    outcome = read("b.html", page, mapping={"text": "甲列", "title": "乙列"})
    assert [(ad.title, ad.text) for ad in outcome.ads] == [("司机", "限男性")]


def test_html_rows_that_fail_cost_themselves(read: Read) -> None:
    page = f"""<table><tr><td>岗位要求</td><td>公司</td></tr><tr><td></td><td>甲</td></tr>
    <tr><td>{"长" * 101}</td><td>乙</td></tr><tr><td>a</td><td>b</td><td>c</td></tr>
    <tr><td>限男性</td><td>丙</td></tr></table>"""
    outcome = read("board.html", page, max_chars=100)
    assert outcome.errors == [("E104", 2), ("E105", 3), ("E111", 4)]
    assert outcome.texts == ["限男性"]


@pytest.mark.parametrize("page", ["<html></html>", "<script>限男性</script>", "<!-- 限男性 -->", "\x00"])
def test_html_without_visible_text_is_e104(read: Read, page: str) -> None:
    assert [code for code, _ in read("ad.html", page).errors] == ["E104"]


def test_html_deep_nesting_is_read(read: Read) -> None:
    assert read("ad.html", "<div>" * 5_000 + "限男性").texts == ["限男性"]


def test_html_entities_and_odd_characters(read: Read) -> None:
    assert read("ad.html", "<p>限&#30007;性&nbsp;&amp;&lt;b&gt; 🚹\ufffd</p>").texts == [
        "限男性 &<b> 🚹\ufffd"
    ]
