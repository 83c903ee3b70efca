// Numbers and times in words.
const UNITS = [["GB", 2 ** 30], ["MB", 2 ** 20], ["KB", 2 ** 10]];

/** 12,345. */
export const number = (value) => value.toLocaleString("en");

/** 3.4 MB. */
export function size(bytes) {
  const [unit, of] = UNITS.find(([, least]) => bytes >= least) ?? ["字节", 1];
  return `${Number((bytes / of).toFixed(1))} ${unit}`;
}

/** 3 分 20 秒; whole minutes only above ten. */
export function duration(seconds) {
  const whole = Math.max(1, Math.round(seconds));
  const [hours, minutes, rest] = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60, whole % 60];
  if (hours) return `${hours} 小时 ${minutes} 分`;
  if (minutes >= 10) return `${minutes} 分`;
  return minutes ? `${minutes} 分 ${rest} 秒` : `${rest} 秒`;
}
