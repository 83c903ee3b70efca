"""Built-in expressions a rule may name beside its term sets: ages, heights, headcounts, limits of an item.

They are ours, bounded and tested, so that no rule file needs a regular expression of its own.
"""

from __future__ import annotations

_NUMERAL = r"[\d一二两三四五六七八九十]"
_RANGE = r"[-~—至到/]{1,2}"
_BOUND = r"(?:之间|左右|以[上下内]|及以[上下内]|优先)?"
_INCLUSIVE = r"(?:\([^()]{1,8}\))?"
_AGE_LABEL = r"(?:年龄|年纪|岁数)?(?:要求|限制|控制|不超过|为|在|约|限)?:?"
_SCHOOL = r"(?:小学|初中|高中|中专|中技|技校|职高|大专|专科|本科|大学|硕士|研究生|博士)"

DELIMITERS = r"[,、;:。!?()<>\[\]【】{}「」《》“”\"'\s/|&+★☆●■◆►…·•※○~=]"

EXPRESSIONS: dict[str, str] = {
    "age": rf"{_AGE_LABEL}\s?\d{{2}}(?:周岁|岁)?(?:{_RANGE}\d{{2}}(?:周岁|岁)?)?{_BOUND}{_INCLUSIVE}",
    "height": rf"(?:身高|净身高|高度)?(?:要求|不低于|须|在|:)?\s?(?:1[.,。米]?\d{{1,2}})(?:cm|公分|厘米|米|m)*{_BOUND}",
    "headcount": rf"(?:各|共|约)?(?:若干|数|多|{_NUMERAL}{{1,3}}(?:-\d{{1,2}})?)(?:名|人|个|位)",
    "education": rf"(?:统招|全日制)?{_SCHOOL}(?:[/、或]{_SCHOOL})?(?:[及或]?以[上下])?(?:毕业|学历|文化|程度)*",
    "experience": r"(?:有|具有|具备)?(?:[\d一二两三五]{1,2}(?:-\d)?年(?:以上)?)?[^,;。、\s]{0,8}经验",
    "wage": r"(?:月薪|工资|底薪|薪资|日薪|每天|每月)?:?\d{2,5}(?:-\d{2,5})?(?:元|块|k)?(?:/(?:月|天|小时|日|时))?",
    "household_register": r"[\u4e00-\u9fff]{0,5}(?:户口|户籍|生源|籍贯|籍)",
    "split_age": r"(?<!\d)\d{2}(?![\d.]|cm|公分|元|块)(?:周岁|岁)?(?:[-~—至到]{1,2}\d{2})?(?:周岁|岁)?(?:之间|左右|以[上下内]|及以[上下])?",
    "split_height": r"1[.,。米]?\d{1,2}(?:-1?[.,]?\d{2,3})?(?:cm|公分|厘米|米|m)*(?:以[上下]?|及以上|左右)?",
    "split_weight": r"\d{2,3}(?:-\d{2,3})?(?:kg|公斤|斤)(?:以[上下内])?",
    "split_wage": r"(?<!\d)\d{2,5}(?:-\d{2,5})?(?:元|块)?(?:/(?:月|天|小时|日|时|班))?",
    "digit": r"\d",
    "cjk": r"[\u4e00-\u9fff]",
    "colon": r"\s{0,2}[:为是]\s{0,2}",
    "space": r"[ ,]?",
    "mark": r"[ \"“”'·*]{0,2}",
}
