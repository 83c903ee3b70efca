"""click's own words in Chinese. click asks gettext; without a system catalogue these are its answers."""

from __future__ import annotations

import click
import click.core
import click.decorators
import click.exceptions
import click.formatting
import click.parser
import click.types

_WORDS = {
    "Usage:": "用法：",
    "Options": "选项",
    "Commands": "命令",
    "Positional arguments": "参数",
    "Show this message and exit.": "显示本说明。",
    "Error: {message}": "错误：{message}",
    "Try '{command} {option}' for help.": "用法见 {command} {option}",
    "Missing command.": "没有写命令。",
    "Missing argument": "缺少参数",
    "Missing option": "缺少选项",
    "No such option: {name}": "没有选项 {name}。",
    "No such option {name!r}.": "没有选项 {name}。",
    "No such command {name!r}.": "没有命令 {name}。",
    "(Possible options: {possibilities})": "（是否为 {possibilities}）",
    "(Did you mean one of: {possibilities}?)": "（是否为 {possibilities}）",
    "Did you mean {possibility}?": "是否为 {possibility}？",
    "Got unexpected extra argument ({args})": "多出参数：{args}",
    "Got unexpected extra arguments ({args})": "多出参数：{args}",
    "Invalid value for {param_hint}: {message}": "{param_hint} 的值无效：{message}",
    "Invalid value: {message}": "值无效：{message}",
    "Option {name!r} requires an argument.": "选项 {name} 后面要写一个值。",
    "Option {name!r} does not take a value.": "选项 {name} 后面不写值。",
    "{value!r} is not one of {choices}.": "“{value}”不是 {choices} 之一。",
    "{value!r} is not {choice}.": "“{value}”不是 {choice}。",
    "Choose from:\n\t{choices}": "可选：{choices}",
    "{value!r} is not a valid {number_type}.": "“{value}”不是整数。",
    "{value} is not in the range {range}.": "{value} 不在 {range} 之内。",
    "{value!r} does not match the format {format}.": "“{value}”不是日期，写成 2024-05-01 的样子。",
    "default: {default}": "默认 {default}",
    "required": "必填",
}
_MODULES = (click.core, click.decorators, click.exceptions, click.formatting, click.parser, click.types)


def speak_chinese(command: click.Command) -> None:
    """Have click show `command` and those below it in Chinese; words not listed stay as they are."""
    _replace_gettext()
    _label(command)


def _label(command: click.Command) -> None:
    command.options_metavar = "[选项]"
    if isinstance(command, click.Group):
        command.subcommand_metavar = "命令 [参数]..."
        for child in command.commands.values():
            _label(child)


def _replace_gettext() -> None:
    for module in _MODULES:
        for name, function in (("_", _one), ("ngettext", _by_number)):
            if hasattr(module, name):
                setattr(module, name, function)


def _one(message: str) -> str:
    return _WORDS.get(message, message)


def _by_number(singular: str, plural: str, number: int) -> str:
    return _one(singular if number == 1 else plural)
