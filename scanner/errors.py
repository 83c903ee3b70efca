"""The one catalogue of error codes; messages are Chinese and say what to do."""

from __future__ import annotations

import errno
from collections.abc import Mapping
from typing import ClassVar

ERRORS: dict[str, str] = {
    # E1xx input
    "E101": "无法识别文件编码：{detail}。请用 --encoding 指定编码（如 gb18030、utf-16）。",
    "E102": "文件为空：{path}。请检查导出是否完成。",
    "E103": "第 {row} 行不是有效的 JSON：{detail}。请修正该行；其余行已照常扫描。",
    "E104": "第 {row} 行缺少广告正文。请确认正文所在列，或用 --map 指定，如 --map text=岗位描述。",
    "E105": "第 {row} 行过大（{size} 字符，上限 {limit}）。请检查是否混入了其他内容。",
    "E106": "{path} 中没有可识别的列。现有列：{columns}。请用 --map 指定，如 --map text=列名。",
    "E107": "不支持的文件类型：{path}。支持 csv、tsv、xlsx、xls、json、jsonl、txt、html，或这些文件的文件夹。",
    "E108": "表格文件异常，已拒绝打开：{path}（{detail}）。请在 Excel 中取消密码，另存为新的 xlsx 后重试。",
    "E109": "第 {row} 行含有无法处理的字符（{detail}）。请修正该行；其余行已照常扫描。",
    "E110": "找不到或打不开文件：{path}。请检查路径和读取权限。",
    "E111": "第 {row} 行格式不正确：{detail}。请修正该行；其余行已照常扫描。",
    "E112": "--map 写法不正确：{detail}。正确写法如 --map text=岗位描述 --map employer=公司。",
    "E113": "{path} 不是有效的 JSON：{detail}。请重新导出，或改用一行一条的 jsonl。",
    "E114": "{path} 中没有 --map 指定的列 {column}。现有列：{columns}。请改用其中的列名。",
    "E115": "{path} 不是能识别的图片，或者没有传完、已损坏。支持 PNG、JPEG、WebP、BMP、GIF、TIFF；请重新截图，或另存为 PNG 后重试。",
    "E116": "图片过大或过长：{path}（{detail}）。请裁剪成几张，或缩小后重试。",
    # E2xx output
    "E201": "无法写入 {path}：{detail}。请检查文件夹权限、磁盘空间，或关闭正在打开该文件的程序。",
    "E202": "未知的输出格式：{format}。可用：{known}。",
    "E203": "{path} 不是完整的 zip 文件，可能没有传完或已损坏。请重新下载或从系统重新导出。",
    "E204": "{path} 不是平招的证据包（其中没有清单 manifest.json）。请选择从案件导出的 zip 文件。",
    "E205": "{path} 由更新版本的平招导出。请升级平招后再校验。",
    # E3xx lexicon and law
    "E301": "{file}：规则 {rule}：{problem}。修改办法：{cure}",
    "E302": "{file}：{problem}。修改办法：{cure}",
    "E303": "答复“{reply}”还缺：{fields}。请填写后再生成。",
    # E4xx model
    "E401": "{path} 中没有识别模型。请重新安装平招，或用 pingzhao train 训练；也可加 --no-model 只用词库。",
    "E402": "识别模型已损坏：{path} 与校验和不符。请重新安装平招，或用 pingzhao train 训练；也可加 --no-model 只用词库。",
    "E403": '训练需要额外的组件（缺少 {module}）。请先安装：pip install "pingzhao[train]"。',
    "E404": '识别图片中的文字需要额外的组件（缺少 {module}）。请先安装：pip install "pingzhao[ocr]"。',
    # E9xx internal
    "E901": "第 {row} 行扫描时出现内部错误（{detail}）。该行已跳过，请将行号反馈给维护人员。",
    "E902": "内部错误（{detail}），已停止。请设置环境变量 PINGZHAO_DEBUG=1 重新运行，并将显示的内容反馈给维护人员。",
    "E903": "已按 Ctrl-C 中断，没有写出报告；原有的文件未改动。请重新运行该命令。",
    "E904": "命令写法不正确：{detail}。请改正后重新运行；用法见该命令的 --help。",
    "E905": "没有编号为 {id} 的{kind}。请用 {command} 查看全部编号。",
    "E906": "标注文件 {path} 不能用于测量：{detail}。每行应为含 text 和 spans 的 JSON 对象，写法见 data/README.md。",
}

_REASONS = {
    errno.EACCES: "没有写入权限，或文件正被其他程序打开",
    errno.EPERM: "没有写入权限",
    errno.ENOENT: "文件夹不存在",
    errno.ENOTDIR: "上级路径不是文件夹",
    errno.EISDIR: "这是一个文件夹",
    errno.ENAMETOOLONG: "文件名过长",
    errno.EINVAL: "文件名含有不允许的字符",
    errno.ENOSPC: "磁盘空间不足",
    errno.EDQUOT: "超出磁盘配额",
    errno.EFBIG: "文件过大",
    errno.EROFS: "磁盘是只读的",
    errno.EIO: "磁盘读写出错",
}


def reason(error: OSError) -> str:
    """Why the system refused to write, in Chinese, as the detail of E201."""
    return _REASONS.get(error.errno or 0, f"系统错误 {error.errno}")


class PingzhaoError(Exception):
    """An error with a code from the catalogue; `str()` is the Chinese message that says what to do."""

    catalogue: ClassVar[Mapping[str, str]] = ERRORS
    """Code to message; the service's errors bring their own."""

    def __init__(self, code: str, **values: object) -> None:
        self.code = code
        self.message = self.catalogue[code].format(**values)
        super().__init__(f"[{code}] {self.message}")
