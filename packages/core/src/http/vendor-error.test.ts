import fc from "fast-check";
import { createRedaction } from "../texts/redaction.ts";
import { responseError } from "./vendor-error.ts";

const response = (status: number, body: string, headers: { readonly [name: string]: string } = {}) => ({
  status,
  body,
  headers,
});

const nothing = createRedaction();

test.each<[number, string, string]>([
  [400, "DWS.0001", "ERR_ARGUMENT"],
  [401, "DWS.0047", "ERR_NOT_FOUND"],
  [403, "DWS.0015", "ERR_NOT_FOUND"],
  [404, "DWS.3027", "ERR_NOT_FOUND"],
  [404, "DBS.200002", "ERR_NOT_FOUND"],
  [404, "DBS.200013", "ERR_NOT_FOUND"],
  [403, "DBS.201028", "ERR_NOT_FOUND"],
  [400, "DBS.280015", "ERR_FORBIDDEN"],
  [401, "DBS.280056", "ERR_UNAUTHENTICATED"],
  [404, "APIGW.0101", "ERR_UNSUPPORTED"],
  [401, "APIGW.0301", "ERR_UNAUTHENTICATED"],
  [403, "APIGW.0302", "ERR_FORBIDDEN"],
  [429, "DBS.280443", "ERR_THROTTLED"],
  [400, "DBS.200998", "ERR_SERVER"],
  [418, "", "ERR_RESPONSE"],
  [501, "", "ERR_SERVER"],
])("HTTP %i with %j is %s", (status, code, expected) => {
  const error = responseError(
    response(status, JSON.stringify({ error_code: code, error_msg: "m" })),
    "/p",
    nothing,
  );
  expect(error).toMatchObject({ code: expected, status, path: "/p" });
});

test("status, code, message and request id are kept", () => {
  const error = responseError(
    response(404, '{"error_code":"DWS.3027","error_msg":"No cluster."}', { "x-request-id": "r1" }),
    "/p",
    nothing,
  );
  expect(error).toMatchObject({ status: 404, vendorCode: "DWS.3027", requestId: "r1" });
  expect(error.message).toBe("HTTP 404: DWS.3027 No cluster. (request r1)");
});

test("an echoed canonical request, and what it holds, is not shown", () => {
  const secret = "gQpjbi1ub3J0aC0xiCANARYb64token";
  const echo = `verify aksk signature fail, canonicalRequest:GET|/v1/|host:x|x-security-token:${secret}|host|e3b0`;
  for (const text of [
    echo,
    `X-Auth-Token: ${secret}`,
    `"password": "${secret}"`,
    `SDK-HMAC-SHA256 Access=${secret}`,
  ]) {
    const { message } = responseError(
      response(401, JSON.stringify({ error_code: "APIGW.0301", error_msg: text })),
      "/p",
      nothing,
    );
    expect(message).not.toContain(secret);
    expect(message).toContain("APIGW.0301");
  }
});

test("control characters of a message are escaped, so that it stays one line", () => {
  const { message } = responseError(
    response(400, JSON.stringify({ message: "a\r\n::error::b\u001b[31m\u202e" })),
    "/p",
    nothing,
  );
  expect(message).toBe("HTTP 400: a\\r\\n\\u003a:error\\u003a:b\\u001b[31m\\u202e");
});

test("no body makes it throw", () => {
  fc.assert(
    fc.property(fc.oneof(fc.string(), fc.json()), fc.integer({ min: 300, max: 599 }), (body, status) => {
      expect(responseError(response(status, body), "/p", nothing).name).toBe("AuditError");
    }),
  );
});
