"""What is said to the person who reported: templates as data, filled in and read by an officer."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path

from jinja2 import Environment, StrictUndefined, TemplateError, meta
from jinja2.sandbox import ImmutableSandboxedEnvironment
from pydantic import Field

from scanner.complaint.sourced import Sourced
from scanner.errors import PingzhaoError
from scanner.law import LawBook
from scanner.lexicon.reading import read_data, refuse
from scanner.lexicon.schema import Slug, Strict, Text
from scanner.paths import shipped

_STATUTE = "statute"
_NUMERALS = "一二三四五六七八九十"


class Reply(Sourced):
    """One reply; `reason` says when it is used, `fields` what is filled in, by name and Chinese label."""

    code: Slug
    name: Text
    fields: dict[Slug, Text] = Field(min_length=1)
    text: Text


class ReplyFile(Strict):
    """lexicons/complaint/replies.yaml."""

    replies: list[Reply] = Field(min_length=1)


class ReplyBook:
    """All replies, checked: each can be written as soon as its fields are known."""

    def __init__(self, file: Path, law: LawBook) -> None:
        self._jinja = _environment(law)
        self.replies: dict[str, Reply] = {}
        for reply in read_data(file, ReplyFile).replies:
            if problem := self._problem(reply):
                raise refuse(file, reply.code, *problem)
            self.replies[reply.code] = reply

    @staticmethod
    @cache
    def load(folder: Path | None = None) -> ReplyBook:
        """The shipped replies, or those in `folder`. Raises PingzhaoError E301/E302 naming file and cure."""
        lexicons = folder or shipped("lexicons")
        return ReplyBook(lexicons / "complaint" / "replies.yaml", LawBook.load(lexicons / "law"))

    def write(self, code: str, values: Mapping[str, str]) -> str:
        """The reply with its fields filled in, as plain text.

        Raises KeyError for an unknown code, PingzhaoError E303 that names the fields that are missing.
        """
        reply = self.replies[code]
        missing = [label for name, label in reply.fields.items() if name not in values]
        if missing:
            raise PingzhaoError("E303", reply=reply.name, fields="、".join(missing))
        return self._jinja.from_string(reply.text).render(values).strip()

    def _problem(self, reply: Reply) -> tuple[str, str] | None:
        """Problem and cure of a reply that could not be written."""
        if reply.code in self.replies:
            return "编号重复", "换一个 code"
        try:
            named = meta.find_undeclared_variables(self._jinja.parse(reply.text)) - {_STATUTE}
            if named != reply.fields.keys():
                wrong = "、".join(sorted(named ^ reply.fields.keys()))
                return f"text 与 fields 不一致：{wrong}", "text 用到的都写进 fields，没用到的删去"
            self._jinja.from_string(reply.text).render(reply.fields)
        except TemplateError as error:
            return f"text 写法不正确（{error.message}）", "检查花括号和条件语句"
        except (PingzhaoError, ValueError) as error:
            return str(error), "只引用原文已核的条款和已有的款"
        return None


def _environment(law: LawBook) -> Environment:
    """A field that is missing is an error; templates reach nothing but their fields and the law."""

    def statute(ref: str, paragraph: int | None = None) -> str:
        article = law.article(ref)
        if article.quotation is None or not article.status.quotable:
            raise ValueError(f"{ref} 未核原文，不得引用")
        paragraphs = article.quotation.split("\n")
        if paragraph is None:
            return f"{article.cited_as}规定：“{''.join(paragraphs)}”"
        if not 1 <= paragraph <= len(paragraphs):
            raise ValueError(f"{ref} 没有第 {paragraph} 款")
        which = f"第{_NUMERALS[paragraph - 1]}款" if len(paragraphs) > 1 else ""
        return f"{article.cited_as}{which}规定：“{paragraphs[paragraph - 1]}”"

    environment = ImmutableSandboxedEnvironment(undefined=StrictUndefined, trim_blocks=True)
    environment.globals = {_STATUTE: statute}
    return environment
