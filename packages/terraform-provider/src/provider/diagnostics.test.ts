import { AuditError } from "@auditgate/core";
import type { Attributes } from "../schema/attribute.ts";
import { bugDiagnostic, errorDiagnostic, readErrorDiagnostic, warningDiagnostic } from "./diagnostics.ts";

const attributes: Attributes = { cluster_id: { type: "string", required: true, description: "A." } };

test("an error of core's is shown with its code, the vendor's facts and the attribute at fault", () => {
  const error = new AuditError("ERR_NOT_FOUND", "There is no cluster x.", {
    argument: "clusterId",
    status: 404,
    vendorCode: "DWS.3027",
    requestId: "abc",
  });
  expect(readErrorDiagnostic(error, attributes)).toEqual({
    severity: 1,
    summary: "Not found",
    detail: "There is no cluster x.\n\nERR_NOT_FOUND, HTTP status 404, service code DWS.3027, request id abc",
    attribute: { steps: [{ attributeName: "cluster_id" }] },
  });
});

test("an argument that the data source does not have is pointed at nowhere", () => {
  const error = new AuditError("ERR_CONFIG", "No region is known.", { argument: "region" });
  expect(readErrorDiagnostic(error, attributes)).toEqual({
    severity: 1,
    summary: "The provider's configuration cannot be used",
    detail: "No region is known.\n\nERR_CONFIG",
  });
});

test("what the message says is not said again, and names are Terraform's", () => {
  const message =
    "HTTP 404: DWS.3027 No node (request abc); clusterId, startTime and userName, but not someOther.";
  const error = new AuditError("ERR_NOT_FOUND", message, {
    argument: "clusterId",
    status: 404,
    vendorCode: "DWS.3027",
    requestId: "abc",
  });
  expect(readErrorDiagnostic(error, attributes)).toMatchObject({
    detail:
      "HTTP 404: DWS.3027 No node (request abc); cluster_id, start_time and user_name, but not someOther.\n\nERR_NOT_FOUND",
    attribute: { steps: [{ attributeName: "cluster_id" }] },
  });
});

test.each([
  ["\u001b[2Jboo\u0007", "\\u001b[2Jboo\\u0007"],
  ["::error::boo", "\\u003a:error\\u003a:boo"],
  ["long text ::set-output x ##[group]", "long text \\u003a:set-output x \\u0023#[group]"],
  ["a::1", "a::1"],
  ["a\u202eb\u2028c\u200bd", "a\\u202eb\\u2028c\\u200bd"],
  ["one\ntwo", "one\ntwo"],
])("the text %j is shown as %j", (text, shown) => {
  expect(errorDiagnostic({ summary: "S", detail: text }).detail).toBe(shown);
  expect(warningDiagnostic({ summary: text.replace("\n", " "), detail: "" }).summary).toBe(
    shown.replace("\n", " "),
  );
});

test("an unforeseen error is shown without its stack, as a bug", () => {
  expect(bugDiagnostic(new TypeError("x is not a function"))).toEqual({
    severity: 1,
    summary: "The auditgate provider failed",
    detail: "x is not a function\n\nThis is a bug in the provider. Please report it.",
  });
});
