// Talks to /v1. A refusal becomes an ApiProblem whose message says in Chinese what to do.
import { one } from "./dom.js";

export class ApiProblem extends Error {
  constructor(status, { code = "", message = "", detail = [] } = {}) {
    super(message || "服务没有正常回应。请稍后重试。");
    Object.assign(this, { status, code, detail });
  }

  /** What to show a user: message, the single points, code. */
  get text() {
    const points = this.detail.filter((item) => item.problem).map((item) => `${item.where}：${item.problem}`);
    return [this.message, ...points].join("\n") + (this.code ? `（${this.code}）` : "");
  }
}

const csrf = () => one("meta[name=csrf-token]")?.content ?? "";

/** The answer itself, for downloads and streams; refusals raise ApiProblem. `body`: plain data or FormData. */
export async function request(method, path, body, { signal } = {}) {
  const headers = { Accept: "application/json" };
  if (method !== "GET") headers["X-CSRF-Token"] = csrf();
  const form = body instanceof FormData;
  if (body !== undefined && !form) headers["Content-Type"] = "application/json";
  const sent = body === undefined || form ? body : JSON.stringify(body);
  const answer = await answered(() => fetch(path, { method, headers, body: sent, signal }));
  if (!answer.ok) throw await problemOf(answer);
  return answer;
}

async function answered(ask) {
  try {
    return await ask();
  } catch (error) {
    if (error.name === "AbortError") throw error;
    throw new ApiProblem(0, { message: "连不上服务。请检查网络，或确认平招仍在运行。" });
  }
}

async function problemOf(answer) {
  if (answer.status === 401) toLogin();
  return new ApiProblem(answer.status, await answer.json().catch(() => ({})));
}

function toLogin() {
  const back = encodeURIComponent(location.pathname + location.search);
  location.assign(`/login?next=${back}`);
}

async function data(method, path, body, options) {
  const answer = await request(method, path, body, options);
  return answer.status === 204 ? null : answer.json();
}

export const api = {
  get: (path, options) => data("GET", path, undefined, options),
  post: (path, body, options) => data("POST", path, body, options),
  put: (path, body, options) => data("PUT", path, body, options),
  patch: (path, body, options) => data("PATCH", path, body, options),
  delete: (path, options) => data("DELETE", path, undefined, options),
};
