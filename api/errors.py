"""The service's part of the error catalogue: why it does not start, and what it answers when it refuses."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar, NamedTuple

from scanner.errors import PingzhaoError

SERVICE_ERRORS: dict[str, str] = {
    "E501": '该命令需要服务组件（缺少 {module}）。请先安装：pip install "pingzhao[service]"。',
    "E502": "设置有误：{detail}。请修改环境变量或设置文件后重试。",
    "E503": "数据库版本较旧（{current}，程序需要 {head}）。请先 pingzhao db backup 备份，再 pingzhao db upgrade 升级。",
    "E504": "无法打开数据库：{detail}。请检查 database_url、数据库是否已启动、文件夹权限和磁盘空间。",
    "E505": "目标数据库不是空的，已停止恢复，原有数据未改动。请改用新的 data_dir 或 database_url 再恢复。",
    "E506": "备份文件 {path} 不能用：{detail}。请换一份备份文件，或重新备份。",
    "E507": "端口 {port} 已被占用或不能使用。请关闭占用它的程序，或用 --port 换一个端口。",
    "E508": "数据库版本 {current} 比程序新。请升级平招后重试。",
    "E509": "举报人身份的密钥不能用：{detail}。请把原来的密钥放回设置 identity_key 或数据文件夹中的 identity.key，再启动。",
}
"""What stops a command of the service (exit code 2)."""


class Answer(NamedTuple):
    """How a refusal goes out: its HTTP status and its Chinese text."""

    status: int
    text: str


API_ERRORS: dict[str, Answer] = {
    # E60x, E61x any request
    "E600": Answer(500, "服务内部错误。请稍后重试；仍出现时，请将编号 {request_id} 反馈给维护人员。"),
    "E601": Answer(422, "请求内容不符合要求。请按所列各项（detail）修改后重试。"),
    "E602": Answer(413, "请求过大（上限 {limit} 字节）。请拆分后再提交。"),
    "E603": Answer(415, "不支持的内容类型。请用 UTF-8 的 application/json，上传文件用 multipart/form-data。"),
    "E604": Answer(400, "请求正文不是 UTF-8 编码。请转换为 UTF-8 后再提交。"),
    "E605": Answer(400, "请求正文不是有效的 JSON。请检查引号、逗号和数值（不能用 NaN、Infinity）。"),
    "E606": Answer(400, "请求正文嵌套过深（上限 {limit} 层）。请简化结构。"),
    "E607": Answer(400, "请求中含有空字符（NUL）。请删除后再提交。"),
    "E608": Answer(404, "没有这个地址。请检查网址；接口的路径见 /v1/openapi.json。"),
    "E609": Answer(405, "该地址不支持这种请求方法。请对照 /v1/openapi.json 检查。"),
    "E610": Answer(404, "没有编号为 {id} 的{kind}，或您无权查看。请检查编号。"),
    "E611": Answer(409, "与已有数据冲突，没有保存。请刷新后重试。"),
    "E612": Answer(503, "服务暂时繁忙或尚未就绪（{what}）。请稍后重试。"),
    "E613": Answer(400, "请求不能处理。请检查请求的写法。"),
    # E62x, E63x accounts and access
    "E620": Answer(401, "请先登录，或在请求头 Authorization 中提供访问令牌。登录可能已过期。"),
    "E621": Answer(401, "用户名或密码不正确。请检查后重试；忘记密码请联系管理员重设。"),
    "E622": Answer(429, "登录失败次数过多。请 {minutes} 分钟后再试，或联系管理员。"),
    "E623": Answer(403, "没有“{permission}”的权限。请联系管理员，或改用有该权限的账号、令牌。"),
    "E624": Answer(403, "请求缺少有效的 X-CSRF-Token。请刷新页面后重试。"),
    "E625": Answer(403, "设置链接无效、已过期或已用过。请重新启动服务，使用新打印的链接。"),
    "E626": Answer(422, "密码不符合要求：{problem}。请换一个密码。"),
    "E627": Answer(409, "用户名 {name} 已被使用。请换一个用户名。"),
    "E628": Answer(409, "至少要保留一名启用的管理员。请先指定另一名管理员。"),
    "E629": Answer(
        422, "人力资源服务机构的用户必须指定已有的机构，其他角色不能指定。请修改 organisation_id。"
    ),
    "E630": Answer(422, "令牌不能含有这些权限：{scopes}。请只选本人拥有的权限，且不含“管理本人的访问令牌”。"),
    "E631": Answer(409, "将要清理的内容已有变化，没有清理。请重新查看后再确认。"),
    "E632": Answer(409, "机构名称 {name} 已被使用。请换一个名称。"),
    "E633": Answer(401, "访问令牌无效、已过期或已吊销。请联系其所有人重新创建。"),
    "E634": Answer(422, "当前密码不正确，没有修改。请检查后重试。"),
    # E64x, E65x scans and batches
    "E640": Answer(422, "没有收到文件。请用 multipart/form-data 上传，文件放在 file 一栏，只放一个。"),
    "E641": Answer(409, "批次当前为“{status}”，不能{action}。请刷新后查看最新状态。"),
    "E642": Answer(
        500, "扫描中断：内部错误（{detail}）。已完成的行已保存；请重试该批次，仍出现时请反馈给维护人员。"
    ),
    "E643": Answer(422, "一次最多 {limit} 条广告。请分几次提交，或上传文件建立批次。"),
    "E644": Answer(422, "没有可检查的文字。请填写 text、title 或 fields。"),
    "E645": Answer(422, "广告过长（{size} 字符，上限 {limit}）。请检查是否混入了其他内容。"),
    "E646": Answer(422, "options 不符合要求：{problem}。请改正，写法如 {example}。"),
    "E647": Answer(409, "上传的原件已清理，不能继续扫描：{name}。请重新上传这个文件。"),
    # E66x to E68x cases, evidence, exports
    "E660": Answer(409, "“{source}”的案件不能直接转为“{target}”。下一步可以是：{next}。"),
    "E661": Answer(409, "还不能转为“{target}”：须{need}。机器判断不算复核，请先复核线索。"),
    "E662": Answer(422, "转为“{target}”须写明期限。请填写 deadline。"),
    "E663": Answer(422, "期限 {deadline} 已经过去。请填写今天或以后的日期。"),
    "E664": Answer(409, "案件 {number} 已结案，不能再改。同一行为再次发生的，请另立新案。"),
    "E665": Answer(422, "{name} 不能承办案件（已停用，或不是监察员、审核负责人、管理员）。请另选一人。"),
    "E666": Answer(422, "不接受这种附件（{name}）。可用：{known}；内容须与扩展名相符。"),
    "E667": Answer(422, "这些线索不属于同一条广告或其近似副本。请分别立案。"),
    "E668": Answer(409, "该用人单位不能并入自身或已并入它的单位。请另选一个。"),
    "E669": Answer(422, "广告 {id} 不在本案中。请改用本案所列的广告。"),
    "E670": Answer(409, "您之后又复核过其中的线索，不能再撤销这一次。请直接重新复核。"),
    "E671": Answer(409, "案件 {number} 已据此办理，不能撤销复核。请直接重新复核并写明理由。"),
    # E68x the lexicon
    "E680": Answer(409, "该草稿当前为“{status}”，不能{action}。请刷新后查看最新状态。"),
    "E681": Answer(409, "草稿还没有检验，或检验之后草稿、词库有了变化。请重新检验后再启用。"),
    "E682": Answer(409, "有 {count} 处例句不符，词库没有变动。请按 detail 逐条改正后再试。"),
    "E683": Answer(403, "只有提出人和审核负责人可以{action}这份草稿。请联系他们，或另提一份草稿。"),
    # E684 to E699 the complaint desk
    "E684": Answer(409, "“{source}”的投诉举报不能直接转为“{target}”。下一步可以是：{next}。"),
    "E685": Answer(
        409, "这份材料没有可看的遮盖图（不是图片，或没有识别出文字）。请查看文字，或凭权限调阅原件。"
    ),
    "E686": Answer(422, "文件中没有“内容”一栏。请把反映的内容放在名为“内容”或“反映事项”的列中，再导入。"),
    "E687": Answer(422, "没有“{route}”这个受理渠道。可用：{known}。"),
    "E688": Answer(422, "一次最多导入 {limit} 条。请把文件拆开后分次导入。"),
    "E690": Answer(
        503, "举报人身份不能解密：现在的密钥打不开。请联系管理员放回原来的 identity_key 或 identity.key。"
    ),
    "E691": Answer(410, "举报人身份和原件已按保存期限清除，不能再查看。请依据留存的遮盖文本办理。"),
    "E692": Answer(422, "不接受这种材料。请提交 {known}；内容须与文件类型相符。"),
    "E693": Answer(422, "一件投诉举报最多 {limit} 份材料。请挑选最能说明问题的提交。"),
    "E694": Answer(429, "短时间内提交次数过多。请 {minutes} 分钟后再试，或拨打 12333。"),
    "E695": Answer(403, "本单位没有开通网上提交。请拨打 12333，或到窗口反映。"),
    "E696": Answer(404, "受理编号或查询口令不正确。请对照回执检查；口令不分大小写，横线可以不写。"),
    "E697": Answer(429, "输错次数过多。请 {minutes} 分钟后再试。"),
    "E698": Answer(409, "编号 {number} 已办结，不能再补充。有新情况请另行提交。"),
    "E699": Answer(422, "没有可提交的内容。请填写文字，或添加图片、文件。"),
}
"""What the API answers instead of doing what was asked."""


class ServiceError(PingzhaoError):
    """An error of E5xx: the command cannot do its work."""

    catalogue = SERVICE_ERRORS


class ApiError(PingzhaoError):
    """A refusal of E6xx; `status` is its HTTP status, `detail` goes out with it, `headers` too."""

    catalogue: ClassVar[Mapping[str, str]] = {code: answer.text for code, answer in API_ERRORS.items()}

    def __init__(
        self,
        code: str,
        *,
        detail: list[dict[str, Any]] | None = None,
        headers: dict[str, str] | None = None,
        **values: object,
    ) -> None:
        super().__init__(code, **values)
        self.status = API_ERRORS[code].status
        self.detail = detail or []
        self.headers = headers or {}
