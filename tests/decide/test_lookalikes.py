"""The lawful look-alikes of REFERENCE 10, one row a subtype and negative class: never a violation."""

from __future__ import annotations

import pytest

from scanner import Ad, Scanner
from scanner.findings import Disposition

LOOKALIKES = {
    "sex_limit_male": [
        "男装店招导购两名",
        "男科门诊咨询员",
        "负责男士护肤品线上销售",
        "库管员，男女不限",
        "劳教文物馆讲解，介绍旧时男子监狱历史",
        "地址：城东区男街12号",
        "主要服务男性客户，成交率高",
        "本人性别男，求职司机",
    ],
    "sex_pref_male": [
        "退役军人优先",
        "持叉车证者优先",
        "男女同等条件下择优录用",
        "我司反对性别歧视，能者居之",
    ],
    "sex_suit_male": ["产品适合男性日常穿着", "尺码适合男士"],
    "female_discouraged": ["本岗夜班较多，请知悉", "出差频繁，每月约十天", "需要应酬，请考虑后投递"],
    "sex_limit_female": ["妇产科护士，有执业证", "女性用品专柜销售", "产品经理，负责女士手袋线"],
    "sex_pref_female": ["宝妈可做", "适合宝妈，时间自由", "女性友好企业，设有哺乳室"],
    "sex_quota_split": ["现有员工男32人、女28人", "上年录用人员中男女各占一半"],
    "gendered_title": [
        "吉林大姐家政服务中心招前台",
        "大嫂车间招管理员，男女不限",
        "快递小哥的好帮手，招站点文员",
    ],
    "marital_status_condition": ["已婚员工享探亲补贴", "提供夫妻房", "结婚礼金888元", "婚假十五天"],
    "birth_restriction": ["产假158天，另有育儿假", "生育津贴按规定发放", "怀孕期间可申请调岗"],
    "birth_plan_condition": ["支持员工的生育计划，提供托育补贴"],
    "marital_birth_inquiry": ["入职后统一办理生育保险", "请注明姓名、性别、联系电话"],
    "pregnancy_test": [
        "入职体检为职业健康检查：血常规、胸片",
        "孕妇免检X光",
        "验孕棒、早孕试纸产品销售",
        "妇幼医院检验科招检验师",
    ],
    "pregnancy_exclusion": [
        "孕期女职工不安排夜班",
        "怀孕员工调整到轻便岗位",
        "哺乳期女职工不得从事有毒作业，由公司另行安排",
    ],
    "diff_standard_education": ["岗位甲本科以上，岗位乙硕士以上"],
    "diff_standard_age": ["年龄18-45岁，男女不限"],
    "diff_standard_other": ["体能测试标准按公安机关录用规定执行"],
    "appearance_female_only": ["身高160cm以上，形象好，男女不限"],
    "pay_diff_by_sex": ["计件工资，男女同价", "焊工300元/天，小工200元/天"],
    "objectifying_content": ["女性员工占比六成", "公司帅哥美女多，氛围好"],
    "neg_unrestricted": [
        "男电工女电工都缺",
        "性别不限",
        "不限男女",
        "不限制性别",
        "性别不做要求",
        "无需男性",
        "非必须男性",
    ],
    "neg_policy_text": [
        "用人单位不得限定为男性或者规定男性优先",
        "禁止性别歧视",
        "出现“仅限男性”“已婚优先”字样的职位会被退回",
        "如遇入职孕检，可以拨打热线举报",
        "是否结婚、有无子女，一概不问",
        "面试无需说明生育计划",
    ],
    "neg_product_or_customer": [
        "女鞋导购",
        "男科医生",
        "妇科门诊导医",
        "女子健身会所教练，男女不限",
        "本店谢绝女顾客自带酒水",
    ],
    "neg_applicant": ["求职：女，三十岁，会计", "本人女，四十岁，已婚已育，想找双休文员"],
    "neg_welfare": ["女神节放假半天", "设哺乳室、产假、婚假、生育津贴"],
    "neg_statistics": ["车间现有男工80人、女工75人", "上届录取新人男4女5，均已转正"],
    "neg_enrolment": ["民航招飞：男，普通高中应届毕业生", "征兵公告：女，18-22周岁，未婚"],
    "neg_org_name": ["市妇联下属事业单位招会计", "第二女子中学招聘语文教师", "男科医院招收费员"],
}


@pytest.mark.parametrize(
    ("subtype", "text"), [(subtype, text) for subtype, texts in LOOKALIKES.items() for text in texts]
)
def test_lookalike_is_no_violation(scanner: Scanner, subtype: str, text: str) -> None:
    findings = scanner.scan(Ad(text=text)).findings
    if subtype == "neg_enrolment":
        assert {f.disposition for f in findings} <= {Disposition.EXEMPT}
    else:
        assert [f.spans[0].quote for f in findings] == []


@pytest.mark.parametrize(
    ("text", "disposition"),
    [
        ("附录第一条矿山井下作业，掘进工，限男性，岗位说明备查", Disposition.REVIEW),
        ("监狱民警，直接管理女犯，限女性", Disposition.EXEMPT),
        ("女装平面模特，限女性", Disposition.REVIEW),
        ("妈妈岗，限女性，弹性工时", Disposition.REVIEW),
        ("女性专场招聘会，限女性入场", Disposition.EXEMPT),
        ("登记表：婚姻状况", Disposition.REVIEW),
        ("男士身高170cm以上，女士身高160cm以上", Disposition.REVIEW),
        ("公务员招考职位，男女各1名", Disposition.REVIEW),
    ],
)
def test_lookalike_that_needs_a_person_is_no_violation(
    scanner: Scanner, text: str, disposition: Disposition
) -> None:
    assert {f.disposition for f in scanner.scan(Ad(text=text)).findings} <= {disposition}


@pytest.mark.parametrize(
    ("text", "quote"),
    [
        ("限男性，如遇中介收费请举报", "限男性"),
        ("岗位标注“男性优先”", "男性优先"),
        ("招男保安5名，女保安3名", "男保安5名，女保安3名"),
        ("招女文员，办公室工作", "女文员"),
        ("投诉专员，限女性", "限女性"),
        ("男生宿舍免费，女生自理", "男生宿舍"),
        ("不签晚育协议的不予录用", "签晚育协议"),
        ("审核违规信息，限男", "限男"),
        ("参会礼仪男2女3", "男2女3"),
        ("拒绝孕检者不录用", "孕检"),
    ],
)
def test_lookalike_does_not_hide_a_restriction(scanner: Scanner, text: str, quote: str) -> None:
    quotes = [span.quote for finding in scanner.scan(Ad(text=text)).findings for span in finding.spans]
    assert any(quote in found or found in quote for found in quotes), quotes
