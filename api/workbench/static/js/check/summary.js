// What was found, in one sentence for the status line.
const NAMES = { violation: "涉嫌违法", review: "待核", exempt: "属例外" };

/** 发现 2 条线索：涉嫌违法 1，待核 1. */
export function summary(findings) {
  if (findings.length === 0) return "没有发现问题词句。";
  const counts = Object.entries(NAMES)
    .map(([key, name]) => [name, findings.filter(({ disposition }) => disposition === key).length])
    .filter(([, count]) => count > 0);
  return `发现 ${findings.length} 条线索：${counts.map((pair) => pair.join(" ")).join("，")}。`;
}
