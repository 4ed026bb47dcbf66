import { settings } from "@auditgate/core";
import { settingFields, settingsFrom } from "./config.ts";

const from = (values: { readonly [name: string]: string }) => settingsFrom((name) => values[name]);

test("texts become what the setting is: text, number, boolean, object", () => {
  expect(
    from({
      region: "eu-de",
      maxRetries: "5",
      insecure: "true",
      endpoints: '{"dws":"https://dws.example.com"}',
      assumeRole: '{"agencyName":"readers","duration":900}',
    }),
  ).toEqual({
    region: "eu-de",
    maxRetries: 5,
    insecure: true,
    endpoints: { dws: "https://dws.example.com" },
    assumeRole: { agencyName: "readers", duration: 900 },
  });
});

test("a text that looks like a number stays a text where a text is needed", () => {
  expect(from({ passcode: "012345", accessKey: "true" })).toEqual({ passcode: "012345", accessKey: "true" });
});

test("absent and empty values are no settings", () => {
  expect(from({ region: "" })).toEqual({});
  expect(settingsFrom(() => undefined)).toEqual({});
});

test("every setting of the core is a configuration key, and passes its own check", () => {
  const texts = { string: "x", integer: "1000", boolean: "false", list: "[]", object: "{}" };
  for (const { name, kind } of settingFields) {
    expect(Object.keys(from({ [name]: texts[kind.type] }))).toEqual([name]);
  }
  expect(settings.safeParse(from({ region: "eu-de", maxRetries: "1", insecure: "false" })).success).toBe(
    true,
  );
});

test.each([
  [{ maxRetries: "often" }, 'auditgate:maxRetries must be a whole number, not "often".'],
  [{ insecure: "maybe" }, 'auditgate:insecure must be true or false, not "maybe".'],
  [
    { endpoints: "https://dws" },
    "auditgate:endpoints must be an object, as `pulumi config set --path 'auditgate:endpoints.dws' …` makes it, not a text.",
  ],
])("%j is refused with the key and what it must be", (values, message) => {
  expect(() => from(values)).toThrow(message);
});
