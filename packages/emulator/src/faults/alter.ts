import { bodyText, textAnswer, type Answer, type Page } from "../http/answer.ts";
import { errorBody } from "../http/problem.ts";
import type { ApiRequest } from "../http/request.ts";
import type { Effects } from "./board.ts";

/** The answer that a fault gives instead of the API; undefined if the API is to be asked. */
export function replacement(effects: Effects): Answer | undefined {
  if (effects.status === undefined && effects.body === undefined && !effects.limited) return undefined;
  const status = effects.status ?? (effects.limited ? 429 : 200);
  const code = effects.code ?? codeOf(status);
  const message = effects.message ?? `Injected fault: HTTP ${status}.`;
  const body = effects.body ?? "error_code";
  if (typeof body === "object") return textAnswer(status, body.text, body.type ?? "application/json");
  switch (body) {
    case "html":
      return textAnswer(
        status,
        `<html>\n<head><title>${status}</title></head>\n<body><h1>${status}</h1><hr>nginx</body>\n</html>\n`,
        "text/html",
      );
    case "null":
      return textAnswer(status, "null", "application/json");
    case "list":
      return textAnswer(status, "[]", "application/json");
    case "empty":
      return textAnswer(status, "", "application/json");
    case "base64":
      return textAnswer(
        status,
        Buffer.from(JSON.stringify(errorBody("error_code", code, message))).toString("base64"),
        "application/json",
      );
    case "nested":
      return { status, headers: {}, body: { error_info: errorBody("error_code", code, message) } };
    default:
      return { status, headers: {}, body: errorBody(body, code, message) };
  }
}

/** The request as a server sees it that caps pages or answers the page before once more. */
export function alteredRequest(request: ApiRequest, effects: Effects, paging: "page" | "record"): ApiRequest {
  if (effects.pageCap === undefined && effects.pages !== "repeat") return request;
  const query = new Map(request.query);
  const limit = Number(query.get("limit") ?? (paging === "page" ? 10 : 100));
  const offset = Number(query.get("offset") ?? 0);
  if (effects.pageCap !== undefined && limit > effects.pageCap) query.set("limit", String(effects.pageCap));
  if (effects.pages === "repeat")
    query.set("offset", String(Math.max(0, offset - (paging === "page" ? 1 : limit))));
  return { ...request, query };
}

/** The answer with altered rows, totals and headers. */
export function alteredAnswer(
  answer: Answer,
  effects: Effects,
  url: string,
  target: string,
  nowMs: number,
): Answer {
  const headers = { ...answer.headers };
  for (const [name, value] of Object.entries(effects.headers ?? {}))
    headers[name] = value.replaceAll("{url}", url).replaceAll("{target}", target);
  const { retryAfter } = effects;
  if (retryAfter !== undefined)
    headers["Retry-After"] =
      typeof retryAfter === "string"
        ? retryAfter
        : new Date(nowMs + retryAfter.dateInSeconds * 1000).toUTCString();
  if (answer.page === undefined) return { ...answer, headers };
  const page = alteredPage(answer.page, effects);
  if (effects.rows !== "big-integers") return { ...answer, headers, page };
  return {
    ...textAnswer(answer.status, bigIntegers(bodyText({ ...answer, page })), "application/json"),
    headers,
  };
}

function alteredPage(page: Page, effects: Effects): Page {
  const rows = effects.pages === "empty" ? [] : page.rows;
  return { ...page, rows: alteredRows(rows, effects.rows), reported: alteredTotal(page.reported, effects) };
}

function alteredTotal(reported: unknown, { total, round }: Effects): unknown {
  if (total === undefined) return reported;
  if (total === "absent") return undefined;
  if ("value" in total) return total.value;
  return Number(reported) + ("add" in total ? total.add : total.addEach * round);
}

function alteredRows(rows: readonly unknown[], how: Effects["rows"]): readonly unknown[] {
  if (how === undefined || how === "big-integers") return rows;
  return rows.map((row, index) => {
    const fields = Object.entries(row as object) as [string, unknown][];
    switch (how) {
      case "integer-ids":
        return Object.fromEntries(fields.map(([name, value]) => [name, name === "id" ? index + 1 : value]));
      case "no-ids":
        return Object.fromEntries(fields.filter(([name]) => name !== "id"));
      case "extra-fields":
        return Object.fromEntries([...fields, ["total_size", 1], ["new_field", { nested: [null, "new"] }]]);
      case "null-fields":
        return Object.fromEntries(fields.map(([name, value]) => [name, name === "id" ? value : null]));
    }
  });
}

/** JSON numbers that no JavaScript number can hold have to be written into the text. */
function bigIntegers(text: string): string {
  let next = 9_007_199_254_740_993n;
  return text
    .replace(/"size":\d+/g, () => `"size":${(next += 2n)}`)
    .replace(/"id":(?:\d+|"\d+")/g, () => `"id":${(next += 2n)}`);
}

function codeOf(status: number): string {
  switch (status) {
    case 401:
      return "APIGW.0301";
    case 403:
      return "APIGW.0302";
    case 404:
      return "APIGW.0101";
    case 429:
      return "APIGW.0308";
    default:
      return `EMULATOR.${status}`;
  }
}
