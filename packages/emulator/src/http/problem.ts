import { json, Refusal } from "./answer.ts";

/** The dialects in which vendors, their gateways and IAM describe an error. */
export type Dialect = "error_code" | "errCode" | "errorCode" | "code" | "error";

/** An error body in one dialect. */
export function errorBody(dialect: Dialect, code: string, message: string): Record<string, unknown> {
  switch (dialect) {
    case "error_code":
      return { error_code: code, error_msg: message };
    case "errCode":
      return { errCode: code, externalMessage: message };
    case "errorCode":
      return { errorCode: code, errorMsg: message };
    case "code":
      return { code, message };
    case "error":
      return { error: { code, message } };
  }
}

/** A refusal by the API gateway, which adds the request id to the body. */
export function gatewayProblem(status: number, code: string, message: string, requestId: string): Refusal {
  return new Refusal(json(status, { error_msg: message, error_code: code, request_id: requestId }));
}

/**
 * A refusal by DWS. Its older API (`/v1.0`) answers `errCode`, the newer one (`/v1`) `error_code`; both dialects are
 * seen with DWS codes, which of them belongs to which path is an assumption.
 */
export function dwsProblem(path: string, status: number, code: string, message: string): Refusal {
  return new Refusal(
    json(status, errorBody(path.startsWith("/v1.0/") ? "errCode" : "error_code", code, message)),
  );
}

/** A refusal by DDS. */
export function ddsProblem(status: number, code: string, message: string): Refusal {
  return new Refusal(json(status, errorBody("error_code", code, message)));
}

/** A refusal by IAM, whose body nests one level and repeats the status as a number. */
export function iamProblem(status: number, title: string, message: string): Refusal {
  return new Refusal(json(status, { error: { code: status, message, title } }));
}
