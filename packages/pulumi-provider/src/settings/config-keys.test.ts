import * as pulumi from "@pulumi/pulumi";
import { problemOf, refuseMistypedKeys } from "./config-keys.ts";

afterEach(() => pulumi.runtime.setAllConfig({}));

test.each(["auditgate:region", "auditgate:endpoints", "aws:regoin", "project:acessKey"])(
  "%s is a key of auditgate's, or not its business",
  (key) => expect(problemOf(key)).toBeUndefined(),
);

test.each([
  ["acessKey", "accessKey"],
  ["access_key", "accessKey"],
  ["accesskey", "accessKey"],
  ["SecretKey", "secretKey"],
  ["secretkye", "secretKey"],
  ["regoin", "region"],
  ["project_id", "projectId"],
  ["projectname", "projectName"],
  ["endpoint", "endpoints"],
  ["username", "userName"],
  ["max-retry", "maxRetries"],
])("for auditgate:%s it asks whether auditgate:%s was meant", (mistyped, meant) => {
  expect(problemOf(`auditgate:${mistyped}`)).toBe(
    `auditgate:${mistyped} in the stack's configuration is no setting; did you mean auditgate:${meant}?`,
  );
});

test("for a name that is near none it lists those there are", () => {
  expect(problemOf("auditgate:clusterId")).toMatch(
    /^auditgate:clusterId in .* is no setting; there are: auditgate:cloud, auditgate:region, .*\.$/,
  );
});

test("for a member of an object it says how to set it", () => {
  expect(problemOf("auditgate:endpoints.dws")).toBe(
    "auditgate:endpoints.dws is one key with a dot in it: set it with `pulumi config set --path 'auditgate:endpoints.dws' …`.",
  );
});

test("a program is failed by one line without the value, unless the project has the name of the namespace", async () => {
  const mocks: pulumi.runtime.Mocks = {
    newResource: ({ name }) => ({ id: name, state: {} }),
    call: ({ inputs }) => inputs,
  };
  await pulumi.runtime.setMocks(mocks, "shop");
  pulumi.runtime.setAllConfig({ "auditgate:secretKye": "canary", "aws:regoin": "x" });
  expect(refuseMistypedKeys).toThrow(pulumi.RunError);
  expect(refuseMistypedKeys).toThrow(/^auditgate:secretKye in the stack's configuration .*secretKey\?$/);
  await pulumi.runtime.setMocks(mocks, "auditgate");
  expect(refuseMistypedKeys).not.toThrow();
});
