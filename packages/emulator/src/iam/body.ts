import { iamProblem } from "../http/problem.ts";
import type { ApiRequest } from "../http/request.ts";

/** The JSON body of a request to IAM. */
export function parseBody(request: ApiRequest): unknown {
  try {
    return JSON.parse(request.body.toString("utf8"));
  } catch {
    throw iamProblem(400, "Bad Request", "The request body is not valid JSON.");
  }
}

/** The value under a key, undefined if there is none. */
export function at(value: unknown, key: string): unknown {
  return typeof value === "object" && value !== null && Object.hasOwn(value, key)
    ? (value as Record<string, unknown>)[key]
    : undefined;
}

/** The text under a key, undefined if there is none or something else. */
export function text(value: unknown, key: string): string | undefined {
  const found = at(value, key);
  return typeof found === "string" && found !== "" ? found : undefined;
}
