"""What is understood of a complaint, as plain data; every part names the words it rests on."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from scanner.findings import Category, Direction


class Stage(StrEnum):
    """When the wrong happened, on the way from an ad into a job."""

    AD = "ad"
    INTERVIEW = "interview"
    MEDICAL = "medical"
    OFFER = "offer"
    CONTRACT = "contract"
    EMPLOYMENT = "employment"


STAGE_NAMES: dict[Stage, str] = {
    Stage.AD: "招聘广告",
    Stage.INTERVIEW: "面试",
    Stage.MEDICAL: "入职体检",
    Stage.OFFER: "录用",
    Stage.CONTRACT: "签订合同",
    Stage.EMPLOYMENT: "在职期间",
}


class Fact(StrEnum):
    """What a report says beside the wrong itself."""

    EMPLOYER = "employer"
    PUBLISHER = "publisher"
    PLACE = "place"
    EVENT_DATE = "event_date"
    EVIDENCE = "evidence"


FACT_NAMES: dict[Fact, str] = {
    Fact.EMPLOYER: "用人单位",
    Fact.PUBLISHER: "发布平台",
    Fact.PLACE: "地点",
    Fact.EVENT_DATE: "发生时间",
    Fact.EVIDENCE: "证据",
}


class Signal(StrEnum):
    """What makes a report urgent; `scanner.complaint.urgency` says how much."""

    DEADLINE = "deadline"
    PREGNANCY_DISMISSAL = "pregnancy_dismissal"
    RETALIATION = "retaliation"
    HEALTH_RISK = "health_risk"
    MANY_VICTIMS = "many_victims"
    PUBLIC_BODY = "public_body"
    REPEAT_EMPLOYER = "repeat_employer"


SIGNAL_NAMES: dict[Signal, str] = {
    Signal.DEADLINE: "期限临近",
    Signal.PREGNANCY_DISMISSAL: "因孕产哺被辞退、降薪或调岗",
    Signal.RETALIATION: "打击报复",
    Signal.HEALTH_RISK: "危及孕产妇健康",
    Signal.MANY_VICTIMS: "受害人多",
    Signal.PUBLIC_BODY: "公共机构或国有单位",
    Signal.REPEAT_EMPLOYER: "屡次被反映",
}


class Matter(StrEnum):
    """Another matter than discrimination by sex, marriage or childbirth; it belongs elsewhere."""

    WAGES = "wages"
    OVERTIME = "overtime"
    SOCIAL_INSURANCE = "social_insurance"
    LABOUR_CONTRACT = "labour_contract"
    DISMISSAL = "dismissal"
    AGE = "age"
    HEPATITIS_B = "hepatitis_b"
    HOUSEHOLD_REGISTRATION = "household_registration"
    DISABILITY = "disability"
    EDUCATION = "education"
    APPEARANCE = "appearance"
    REGION = "region"
    CRIMINAL_RECORD = "criminal_record"
    FEES_FRAUD = "fees_fraud"
    HARASSMENT = "harassment"
    INJURY = "injury"
    PRIVACY = "privacy"
    CONSUMER = "consumer"
    OTHER = "other"


MATTER_NAMES: dict[Matter, str] = {
    Matter.WAGES: "拖欠或克扣工资",
    Matter.OVERTIME: "加班和休息休假",
    Matter.SOCIAL_INSURANCE: "社会保险和津贴",
    Matter.LABOUR_CONTRACT: "劳动合同",
    Matter.DISMISSAL: "解除劳动合同",
    Matter.AGE: "年龄歧视",
    Matter.HEPATITIS_B: "乙肝等健康歧视",
    Matter.HOUSEHOLD_REGISTRATION: "户籍歧视",
    Matter.DISABILITY: "残疾歧视",
    Matter.EDUCATION: "学历院校限制",
    Matter.APPEARANCE: "身高相貌要求",
    Matter.REGION: "地域歧视",
    Matter.CRIMINAL_RECORD: "犯罪记录",
    Matter.FEES_FRAUD: "招聘收费或诈骗",
    Matter.HARASSMENT: "性骚扰",
    Matter.INJURY: "工伤",
    Matter.PRIVACY: "个人信息",
    Matter.CONSUMER: "消费纠纷",
    Matter.OTHER: "其他事项",
}


@dataclass(frozen=True, slots=True)
class Passage:
    """Words of the report: half-open code-point offsets in the text as it came."""

    start: int
    end: int
    quote: str


@dataclass(frozen=True, slots=True)
class Judgement:
    """One kind of discrimination that is told of, how sure (0 to 1), and where."""

    category: Category
    direction: Direction
    confidence: float
    passages: tuple[Passage, ...]


@dataclass(frozen=True, slots=True)
class FoundFact:
    """A fact with the words that tell it."""

    kind: Fact
    passage: Passage


@dataclass(frozen=True, slots=True)
class FoundSignal:
    """A signal of urgency with the words that tell it."""

    kind: Signal
    passage: Passage


@dataclass(frozen=True, slots=True)
class FoundMatter:
    """Another matter with the words that tell it."""

    kind: Matter
    passage: Passage


@dataclass(frozen=True, slots=True)
class Understanding:
    """All that is understood of one report."""

    in_scope: bool
    scope_confidence: float
    judgements: tuple[Judgement, ...]
    """The surest first; empty where it is not in scope."""
    stages: tuple[Stage, ...]
    employer: str
    """The fullest name by which the accused employer is called; empty where none is named."""
    facts: tuple[FoundFact, ...]
    signals: tuple[FoundSignal, ...]
    matters: tuple[FoundMatter, ...]
    model: str
    """Name and checksum of the model that read it."""
