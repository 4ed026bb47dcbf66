import { AuditError } from "@auditgate/core";
import * as pulumi from "@pulumi/pulumi";
import { messageOf, programError, resourceError } from "./errors.ts";

test.each([
  ["accessKey", "No key. In Pulumi: `pulumi config set --secret auditgate:accessKey …`, or a Provider."],
  ["region", "No key. In Pulumi: `pulumi config set auditgate:region …`, or a Provider."],
  [
    "endpoints.dws",
    "No key. In Pulumi: `pulumi config set --path 'auditgate:endpoints.dws' …`, or a Provider.",
  ],
  [undefined, "No key. In Pulumi: `pulumi config set auditgate:<setting> …`, or a Provider."],
])("a configuration error about %s says how Pulumi is told", (argument, message) => {
  expect(messageOf(new AuditError("ERR_CONFIG", "No key.", { argument }))).toBe(message);
});

test("other errors say what the core says", () => {
  expect(messageOf(new AuditError("ERR_NOT_FOUND", "no cluster"))).toBe("no cluster");
});

test("an unexpected error is one line without control characters", () => {
  expect(messageOf(new Error("a\n::error::b"))).toBe("Error: a\\n\\u003a:error\\u003a:b");
});

test("secret values are hidden as they are, quoted and percent-encoded", () => {
  const error = new AuditError("ERR_ARGUMENT", 'a/"b" is not a/\\"b\\" nor a%2F%22b%22');
  expect(messageOf(error, { clusterId: 'a/"b"' })).toBe("[secret] is not [secret] nor [secret]");
});

test("a program's error is one that Pulumi prints without a stack", () => {
  const error = programError("getDdsAuditLogs", new AuditError("ERR_TIMEOUT", "too slow"));
  expect(pulumi.RunError.isInstance(error)).toBe(true);
  expect(error.message).toBe("getDdsAuditLogs: too slow");
});

test("a resource's error has no stack to print", () => {
  const error = resourceError("ddsAuditLogs", "too slow");
  expect(error.message).toBe("too slow");
  expect(`${String(error)}: ${error.stack}`).toBe("ddsAuditLogs: see the error of the resource");
});
