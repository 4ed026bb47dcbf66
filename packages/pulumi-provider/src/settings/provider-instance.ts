import type { Settings } from "@auditgate/core";
import * as pulumi from "@pulumi/pulumi";
import { NAMESPACE, settingFields, settingsFrom } from "./config.ts";
import { keepResponsesOutOfDebugLog } from "../process/debug-log.ts";
import { refuseUnknown } from "../errors.ts";
import { PULUMI_OPTIONS } from "./pulumi-options.ts";
import type { ProviderArgs } from "../types.ts";

// A symbol of the registry, for a program can hold two copies of this package (ES module and CommonJS).
const SETTINGS = Symbol.for("@auditgate/pulumi-provider/settings");

/**
 * A configuration of its own, for resources and functions that are given it as `{ provider }`: further accounts,
 * regions and clouds in one program. Stack configuration does not apply to it; what it leaves out comes from the
 * environment. Credentials become secrets.
 */
export class Provider extends pulumi.ProviderResource {
  constructor(name: string, args: ProviderArgs = {}, opts: pulumi.ResourceOptions = {}) {
    refuseUnknown(
      "Provider",
      settingFields.map((field) => field.name),
      args,
    );
    refuseUnknown("Provider's options", PULUMI_OPTIONS, opts);
    keepResponsesOutOfDebugLog();
    const texts = textsOf(args);
    super("pulumi-nodejs", name, { ...texts }, opts);
    const settings = pulumi
      .unsecret(pulumi.all(texts))
      .apply((known) => settingsFrom((setting) => known[`${NAMESPACE}:${setting}`]));
    Object.defineProperty(this, SETTINGS, { value: settings });
  }
}

/** Settings of a provider that {@link Provider} made, undefined for any other. */
export function settingsOf(provider: pulumi.ProviderResource): pulumi.Output<Settings> | undefined {
  return (provider as { [SETTINGS]?: pulumi.Output<Settings> })[SETTINGS];
}

// Configuration holds texts only, structured values as JSON.
function textsOf(args: ProviderArgs): { [key: string]: pulumi.Input<string> } {
  const values: { readonly [name: string]: unknown } = { ...args };
  const texts: { [key: string]: pulumi.Input<string> } = {};
  for (const { name, secret } of settingFields) {
    const value = values[name];
    if (value === undefined || value === null) continue;
    const text = pulumi
      .output(value)
      .apply((known) =>
        typeof known === "string" ? known : known === undefined ? "" : JSON.stringify(known),
      );
    texts[`${NAMESPACE}:${name}`] = secret ? pulumi.secret(text) : text;
  }
  return texts;
}
