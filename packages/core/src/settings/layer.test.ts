import { booleanOf, environmentLayers, environmentName, integerOf, pick, settingsLayer } from "./layer.ts";

test("every setting has a variable of ours, named after the Terraform argument", () => {
  expect(environmentName("accessKey")).toBe("AUDITGATE_ACCESS_KEY");
  expect(environmentName("assumeRole.agencyName")).toBe("AUDITGATE_ASSUME_ROLE_AGENCY_NAME");
  expect(environmentName("cacertFile")).toBe("AUDITGATE_CACERT_FILE");
});

test("what a program says comes before our variables, then Huawei's, the SDKs', OpenStack's", () => {
  const env = {
    AUDITGATE_ACCESS_KEY: "1",
    HW_ACCESS_KEY: "2",
    HUAWEICLOUD_SDK_AK: "3",
    OS_ACCESS_KEY: "4",
  };
  const names = Object.keys(env) as (keyof typeof env)[];
  const layers = () => [settingsLayer({}, (name) => `option ${name}`), ...environmentLayers(env)];
  for (const name of names) {
    expect(pick(layers(), ["accessKey"])).toMatchObject({ value: env[name], origin: name });
    delete (env as { [name: string]: string })[name];
  }
  expect(pick(layers(), ["accessKey"])).toBeUndefined();
  expect(pick([settingsLayer({ accessKey: "0" }, (name) => `option ${name}`)], ["accessKey"])).toMatchObject({
    value: "0",
    origin: "option accessKey",
  });
});

test("an empty variable is none", () => {
  expect(pick(environmentLayers({ AUDITGATE_REGION: "", OS_REGION: "eu-de" }), ["region"])?.origin).toBe(
    "OS_REGION",
  );
});

test("the endpoint of a service has its own variable", () => {
  const layers = environmentLayers({ AUDITGATE_DWS_ENDPOINT: "https://x" });
  expect(pick(layers, ["endpoints.dws"])?.value).toBe("https://x");
});

test("numbers and switches are read strictly, naming where they came from", () => {
  expect(integerOf({ value: "5", origin: "HW_MAX_RETRIES" }, 0, 100)).toBe(5);
  expect(booleanOf({ value: "Yes", origin: "OS_INSECURE" })).toBe(true);
  expect(booleanOf({ value: "0", origin: "OS_INSECURE" })).toBe(false);
  for (const value of ["", "x", "-1", "101", "1.5"]) {
    expect(() => integerOf({ value, origin: "HW_MAX_RETRIES" }, 0, 100)).toThrow(
      /^HW_MAX_RETRIES must be a whole number/,
    );
  }
  expect(() => booleanOf({ value: "maybe", origin: "OS_INSECURE" })).toThrow(
    /^OS_INSECURE must be true or false/,
  );
});
