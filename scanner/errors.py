"""The one catalogue of error codes; messages are Chinese and say what to do."""

from __future__ import annotations

ERRORS: dict[str, str] = {
    # E1xx input
    "E101": "无法识别文件编码：{detail}。请用 --encoding 指定编码（如 gb18030、utf-16）。",
    "E102": "文件为空：{path}。请检查导出是否完成。",
    "E103": "第 {row} 行不是有效的 JSON：{detail}。请修正该行；其余行已照常扫描。",
    "E104": "第 {row} 行缺少广告正文。请确认正文所在列，或用 --map 指定，如 --map text=岗位描述。",
    "E105": "第 {row} 行过大（{size} 字符，上限 {limit}）。请检查是否混入了其他内容。",
    "E106": "{path} 中没有可识别的列。现有列：{columns}。请用 --map 指定，如 --map text=列名。",
    "E107": "不支持的文件类型：{path}。支持 csv、tsv、xlsx、xls、json、jsonl、txt、html，或这些文件的文件夹。",
    "E108": "表格文件异常，已拒绝打开：{path}（{detail}）。请在 Excel 中另存为新的 xlsx 后重试。",
    "E109": "第 {row} 行含有无法处理的字符（{detail}）。请修正该行；其余行已照常扫描。",
    "E110": "找不到文件：{path}。请检查路径。",
    "E111": "第 {row} 行格式不正确：{detail}。请修正该行；其余行已照常扫描。",
    "E112": "--map 写法不正确：{detail}。正确写法如 --map text=岗位描述 --map employer=公司。",
    # E2xx output
    "E201": "无法写入 {path}：{detail}。请检查文件夹权限、磁盘空间，或关闭正在打开该文件的程序。",
    "E202": "未知的输出格式：{format}。可用：{known}。",
    # E3xx lexicon and law
    "E301": "{file}：规则 {rule}：{problem}。修改办法：{cure}",
    "E302": "{file}：{problem}。修改办法：{cure}",
    # E9xx internal
    "E901": "第 {row} 行扫描时出现内部错误（{detail}）。该行已跳过，请将行号反馈给维护人员。",
}


class PingzhaoError(Exception):
    """An error with a code from the catalogue; `str()` is the Chinese message that says what to do."""

    def __init__(self, code: str, **values: object) -> None:
        self.code = code
        self.message = ERRORS[code].format(**values)
        super().__init__(f"[{code}] {self.message}")
