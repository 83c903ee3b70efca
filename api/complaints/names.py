"""The forms in which a person's name stands in a text: 王小明, 王女士, 小王, 王某, 小明."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import Any

COMPOUND = [
    "欧阳",
    "司马",
    "上官",
    "诸葛",
    "东方",
    "皇甫",
    "尉迟",
    "公孙",
    "慕容",
    "令狐",
    "长孙",
    "宇文",
    "司徒",
    "夏侯",
    "端木",
    "南宫",
    "轩辕",
    "独孤",
    "呼延",
    "百里",
    "申屠",
    "太史",
]
SURNAMES = frozenset(
    "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜戚谢邹喻柏水窦章云苏潘葛奚范彭郎鲁韦昌马苗凤花方俞任袁柳"
    "鲍史唐费廉岑薛雷贺倪汤滕殷罗毕郝邬安常乐于时傅皮卞齐康伍余元卜顾孟平黄和穆萧尹姚邵湛汪祁毛禹狄米贝明臧计伏成戴谈宋茅庞熊"
    "纪舒屈项祝董梁杜阮蓝闵席季麻强贾路娄危江童颜郭梅盛林刁钟徐邱骆高夏蔡田樊胡凌霍虞万支柯昝管卢莫经房裘缪干解应宗丁宣贲邓郁"
    "单杭洪包诸左石崔吉钮龚程嵇邢滑裴陆荣翁荀羊於惠甄曲家封芮羿储靳汲邴糜松井段富巫乌焦巴弓牧隗山谷车侯宓蓬全郗班仰秋仲伊宫宁"
    "仇栾暴甘钭厉戎祖武符刘景詹束龙叶幸司韶郜黎蓟薄印宿白怀蒲邰从鄂索咸籍赖卓蔺屠蒙池乔阴胥能苍双闻莘党翟谭贡劳逄姬申扶堵冉宰"
    "郦雍璩桑桂濮牛寿通边扈燕冀郏浦尚农温别庄晏柴瞿阎充慕连茹习宦艾鱼容向古易慎戈廖庾终暨居衡步都耿满弘匡国文寇广禄阙东殴殳沃利"
    "蔚越夔隆师巩厍聂晁勾敖融冷訾辛阚那简饶空曾毋沙乜养鞠须丰巢关蒯相查后荆红游竺权逯盖益桓公仉督岳帅缑亢况郈有琴归海晋楚闫法汝鄢涂钦"
    "付肖代覃佟苟阳原禤麦揭湛尧仝冼郄祖"
)
_TITLES = "女士|先生|小姐|同学|同志|大姐|大哥|阿姨|师傅|老师|姑娘|太太|嫂子|妹子|小妹|工(?![资厂作人种头])|姐|哥|妹|嫂|姨|某某|某|[XxＸ*＊×○〇]{1,2}"
_CALLS = "小|老|阿"
_FIRM = "(?![一-鿿]*(?:公司|厂|店|集团))"
_PLAIN = frozenset("女男儿子孩母父妈爸公工老小大姐哥妹人时学组区心说型队数费节")
"""Characters with which 小明 and 明姐 would be everyday words (小时, 女儿)."""
_GAP = r"[\s·•.]?"
_TELLS = re.compile(
    r"(?:我的?名字(?:叫|是)|我名叫|我叫做?|本人(?:姓名|名叫|叫)[:：是为]?|(?:投诉|举报|反映|来电|联系|申请)人(?:姓名)?[:：]"
    r"|姓名[:：是为]|署名[:：])\s*([一-鿿]{2,4})"
)
_SAYS = re.compile(r"(?:我是|本人)([一-鿿]{2,3})(?=[,，。;；(（、\s])")
"""Names as well as much else (我是应届生，): what is a word, or ends like one for a kind of person, is no name."""
_KINDS = frozenset("人员生工女妈师户者族")
_OFFICIAL = re.compile("经理|主任|老板|总|领导|单位|公司|科长|部长|院长|校长")


def name_forms(name: str) -> Iterator[str]:
    """Regular expressions of the forms of a name, the longest first; none for a name without letters."""
    plain = re.sub(r"[\s·•.]+", "", name)
    if not plain or not re.fullmatch(r"[一-鿿]{2,}", plain):
        yield from _foreign(name)
        return
    surname, given = split_name(plain)
    yield _GAP.join(plain)
    if surname:
        yield f"{surname}{_GAP}(?:{_TITLES})"
        yield f"(?:{_CALLS}){surname}(?!序|时){_FIRM}"
    yield from _given_forms(given)


def _given_forms(given: str) -> Iterator[str]:
    """小明 of 王小明; a single character only where it is called."""
    if len(given) >= 2:
        yield _GAP.join(given)
    if given and (last := given[-1]) not in _PLAIN:
        yield f"(?:小|阿){last}{_FIRM}"
        yield f"{last}(?:姐|哥|妹|儿|子|{last})"


def _foreign(name: str) -> Iterator[str]:
    """A name in letters, whole and its words of three letters or more."""
    words = [word for word in re.split(r"[\s·•.]+", name) if word]
    if len(words) > 1:
        yield r"[\s·•.]*".join(map(re.escape, words))
    yield from (re.escape(word) for word in words if len(word) >= 2)


def split_name(name: str) -> tuple[str, str]:
    """Surname and given name; no surname where the first character is none."""
    if name[:2] in COMPOUND and len(name) > 2:
        return name[:2], name[2:]
    return (name[0], name[1:]) if name[0] in SURNAMES else ("", name)


def names_told(text: str) -> set[str]:
    """Names that the text itself gives as its writer's: 我叫王小明, 投诉人：王小明."""
    told = [_candidates(found[1]) for found in _TELLS.finditer(text)]
    said = {run for run in _SAYS.findall(text) if _is_name(run)}
    return said.union(*told)


def _candidates(run: str) -> set[str]:
    """Names that a run of characters may begin with: where it does not end is not known."""
    if (run[0] not in SURNAMES and run[:2] not in COMPOUND) or _OFFICIAL.search(run):
        return set()
    longest = 4 if run[:2] in COMPOUND else 3
    return {run[:longest]} | ({run[:2]} if len(run) > longest and longest == 3 else set())


def _is_name(run: str) -> bool:
    begins = run[0] in SURNAMES or run[:2] in COMPOUND
    return begins and run[-1] not in _KINDS and run not in _words()


@cache
def _words() -> dict[str, Any]:
    """The dictionary's words."""
    import logging

    import jieba

    jieba.setLogLevel(logging.ERROR)
    jieba.initialize()
    words: dict[str, Any] = jieba.dt.FREQ
    return words
