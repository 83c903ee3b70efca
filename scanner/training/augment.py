"""More frames for hand-written clauses: the same words in another industry, list or tone, with small slips.

Disguised wording needs no copies: the text is normalised before the model reads it.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence

from scanner.classifier.windows import MAX_CHARS
from scanner.training.clauses import LabelledClause, LabelledSpan

_LEADS = (
    *(
        "1、",
        "3.",
        "(2)",
        "五、",
        "备注:",
        "要求:",
        "任职资格:",
        "岗位要求:",
        "其他:",
        "说明:",
        "注意:",
        "温馨提示:",
    ),
    *(
        "急招,",
        "诚聘,",
        "长期招聘,",
        "门店直招,",
        "厂家直招,",
        "本公司招聘,",
        "餐厅招人,",
        "工地用工,",
        "幼儿园招聘,",
    ),
    *(
        "物业公司招聘,",
        "快递网点招人,",
        "连锁药店招聘,",
        "外贸公司诚聘,",
        "民宿招管家,",
        "汽修厂招学徒,",
        "养老院招护理员,",
    ),
    *(
        "仓库理货,",
        "客服岗位,",
        "前台一名,",
        "销售若干,",
        "司机两名,",
        "会计一名,",
        "操作工数名,",
        "保洁数名,",
    ),
    *(
        "包吃住,",
        "五险一金,",
        "月休四天,",
        "工资日结,",
        "有无经验均可,",
        "大专以上学历,",
        "能吃苦耐劳,",
        "性格开朗,",
    ),
)
_TAILS = (
    *(
        ",包吃住",
        ",月薪面议",
        ",待遇从优",
        ",有经验者优先",
        ",服从安排",
        ",两班倒",
        ",可接受应届生",
        ",地址在市区",
    ),
    *(
        ",联系电话见下",
        ",有意者投简历",
        ",试用期一个月",
        ",工资月结",
        ",缴纳社保",
        ",长白班",
        ",谢绝中介",
        ",名额有限",
    ),
    *(
        "(详情面谈)",
        "(请看清再报名)",
        "(可住宿)",
        " 谢谢配合",
        " 非诚勿扰",
        "...",
        "~",
        ",望周知",
        ",特此说明",
        ",以面试为准",
    ),
)
_SLIPS = ",、 的了吧哦"
_SHARE = 0.6
"""How many of the clauses get a copy."""


def augmented(clauses: Sequence[LabelledClause], seed: int) -> list[LabelledClause]:
    """Copies of about _SHARE of the written `clauses` in new frames, in the same groups; the same for a seed."""
    draw = random.Random(seed)
    chosen = [clause for clause in clauses if clause.origin == "written" and draw.random() < _SHARE]
    return [copy for clause in chosen for copy in _framed(_slipped(clause, draw), draw)]


def _framed(clause: LabelledClause, draw: random.Random) -> Iterator[LabelledClause]:
    lead = draw.choice(_LEADS) if draw.random() < 0.7 else ""
    tail = draw.choice(_TAILS) if draw.random() < 0.7 or not lead else ""
    if len(lead) + len(clause.text) + len(tail) <= MAX_CHARS:
        spans = tuple(_moved(span, len(lead)) for span in clause.spans)
        text = f"{lead}{clause.text}{tail}"
        yield LabelledClause(text, spans, clause.group, "generated", clause.lawful)


def _slipped(clause: LabelledClause, draw: random.Random) -> LabelledClause:
    """The clause with one filler dropped outside its spans, where it has one; else as it is."""
    at = [i for i, char in enumerate(clause.text) if char in _SLIPS and not _marked(clause, i)]
    if not at or draw.random() < 0.5:
        return clause
    gone = draw.choice(at)
    spans = tuple(_moved(span, -1) if span.start > gone else span for span in clause.spans)
    text = clause.text[:gone] + clause.text[gone + 1 :]
    return LabelledClause(text, spans, clause.group, clause.origin, clause.lawful)


def _marked(clause: LabelledClause, at: int) -> bool:
    return any(span.start <= at < span.end for span in clause.spans)


def _moved(span: LabelledSpan, by: int) -> LabelledSpan:
    return LabelledSpan(span.start + by, span.end + by, span.category, span.direction)
