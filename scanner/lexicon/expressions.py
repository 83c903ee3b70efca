"""Built-in expressions a rule may name beside its term sets: ages, heights, headcounts, limits of an item.

They are ours, bounded and tested, so that no rule file needs a regular expression of its own.
"""

from __future__ import annotations

_NUMERAL = r"[\d一二两三四五六七八九十]"
_RANGE = r"[-~—至到/]{1,2}"
_BOUND = r"(?:之间|左右|以[上下内]|及以[上下内]|优先)?"
_LIMIT = r"(?:之间|左右|及?以[上下内]?|[内起+]|封顶)?"
_INCLUSIVE = r"(?:\([^()]{1,8}\))?"
_AGE_LABEL = r"(?:年龄|年纪|岁数)?(?:要求|限制|控制|不超过|为|在|约|限)?:?"
_SCHOOL = r"(?:小学|初中|高中|中专|中技|技校|职高|大专|专科|本科|大学|硕士|研究生|博士)"

_WORKERS = [
    "工人",
    "工种",
    "助理",
    "师傅",
    "司机",
    "经理",
    "主管",
    "店长",
    "保安",
    "文员",
    "前台",
    "客服",
    "销售",
    "主播",
    "模特",
    "厨师",
    "厨",
    "教练",
    "老师",
    "教师",
    "护士",
    "医生",
    "会计",
    "出纳",
    "顾问",
    "管家",
    "保姆",
    "保洁",
    "保育",
    "搬运",
    "学徒",
    "大学生",
    "毕业生",
    "领班",
    "秘书",
    "演员",
    "收银",
    "迎宾",
    "礼仪",
    "导购",
    "业务",
    "跟单",
    "仓管",
    "宿管",
    "主持人",
    "主持",
    "传菜",
    "洗碗",
    "搓澡",
    "墩子",
    "切配",
    "翻译",
    "公关",
    "律师",
    "记者",
    "编辑",
    "退役士兵",
    "退伍军人",
    "白领",
    "杂工",
    "工",
    "员",
    "师",
    "手",
    "长",
    "匠",
]
"""What ends a job noun; a longer word stands before its own beginning."""
_WORKER = f"(?:{'|'.join(_WORKERS)})"

_JOB = rf"[^\W\d_一二两三四五六七八九十若]{{0,4}}?{_WORKER}"

DELIMITERS = r"[,、;:。!?()<>\[\]【】{}「」《》“”\"'\s/|&+★☆●■◆►…·•※○~=〓█◎▶]"

EXPRESSIONS: dict[str, str] = {
    "age": rf"{_AGE_LABEL}\s?\d{{2}}(?:周岁|岁)?(?:{_RANGE}\d{{2}}(?:周岁|岁)?)?{_BOUND}{_INCLUSIVE}",
    "height": rf"(?:身高|净身高|高度)?(?:要求|不低于|须|在|:)?\s?(?:1[.,。米]?\d{{1,2}})(?:cm|公分|厘米|米|m)*{_BOUND}",
    "headcount": rf"(?:各|共|约)?(?:若干|(?:若干|数|多|{_NUMERAL}{{1,3}}(?:-\d{{1,2}})?)(?:名|人|个|位))",
    "education": rf"(?:统招|全日制)?{_SCHOOL}(?:[/、或]{_SCHOOL})?(?:[及或]?以[上下])?(?:毕业|学历|文化|程度)*",
    "experience": r"(?:有|具有|具备)?(?:[\d一二两三五]{1,2}(?:-\d)?年(?:以上)?)?[^,;。、\s]{0,8}经验",
    "wage": r"(?:月薪|工资|底薪|薪资|日薪|每天|每月)?:?\d{2,5}(?:-\d{2,5})?(?:元|块|k)?(?:/(?:月|天|小时|日|时))?",
    "household_register": r"[\u4e00-\u9fff]{0,5}(?:户口|户籍|生源|籍贯|籍)",
    "split_age": rf"(?<!\d)(?:1[6-9]|[2-6]\d)(?![\d.]|cm|公分|元|块|斤|公斤|kg|[个名人位])(?:周岁|岁)?(?:[-~—至到]{{1,2}}\d{{2}})?(?:周岁|岁)?{_LIMIT}|(?:[二三四五六]十[一二三四五六七八九]?|十[六七八九])(?:周岁|岁){_LIMIT}",
    "split_height": rf"1(?:[.,。米、]\d{{1,2}}|\d{{2}})(?:-1?[.,]?\d{{2,3}})?(?:cm|公分|厘米|米|m)*{_LIMIT}",
    "split_weight": rf"\d{{2,3}}(?:-\d{{2,3}})?(?:kg|公斤|斤){_LIMIT}",
    "split_wage": r"(?<!\d)(?:\d{3,5}(?:-\d{3,5})?|\d{1,3}(?:\.\d)?(?:-\d{1,3})?(?=[千万k元块/]|[一每]天)[千万k]?|[一二三四五六七八九]百[一二三四五六七八九]?十?)(?:元|块)?(?:/(?:月|天|小时|日|时|班|晚)|[一每]天|\+提成)?",
    "digit": r"\d",
    "cjk": r"[\u4e00-\u9fff]",
    "colon": r"\s{0,2}[:为是]\s{0,2}",
    "space": r"[ ,]?",
    "mark": r"[\"“”'·*]{0,2}",
    "ratio": r"[为:是约按]{0,2}\d",
    "share": r"\d{1,2}(?:\.\d+)?%",
    "worker": rf"(?!员工|职工|同事|性|鞋|士|子|孩|人|科|犯|监|寝|男|女|装(?![卸配订修潢运])|生(?![产活]))[\u4e00-\u9fff]{{0,5}}?{_WORKER}",
    "worker_end": _WORKER,
    "same_job": rf"(?:男(?P<man>{_JOB})[、和与或及/]?女(?P=man)|女(?P<woman>{_JOB})[、和与或及/]?男(?P=woman))(?!各|若干|{_NUMERAL}|[^,;。]{{0,3}}优先)",
}

_DIGITS = frozenset("0123456789")
EXPRESSION_WORDS: dict[str, frozenset[str]] = {
    "age": _DIGITS,
    "height": frozenset("1"),
    "headcount": frozenset(["若干", "名", "人", "个", "位"]),
    "digit": _DIGITS,
    "worker": frozenset(_WORKERS),
    "worker_end": frozenset(_WORKERS),
}
"""Words of which every match of an expression holds one, where that is easily told: they spare most searches."""
