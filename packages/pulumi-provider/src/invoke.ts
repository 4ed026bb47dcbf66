import { harmless, type Settings } from "@auditgate/core";
import * as pulumi from "@pulumi/pulumi";
import { argumentsIn, type QueryName, type Values } from "./arguments.ts";
import { clientOf } from "./settings/clients.ts";
import { NAMESPACE, settingsFrom } from "./settings/config.ts";
import { refuseMistypedKeys } from "./settings/config-keys.ts";
import { afterAll } from "./dependencies.ts";
import { programError } from "./errors.ts";
import type { ReadInvokeOptions, ReadInvokeOutputOptions } from "./options.ts";
import { settingsOf } from "./settings/provider-instance.ts";
import { readValues } from "./reading.ts";
import type {
  GetDdsAuditLogsResult,
  GetDdsInstancesResult,
  GetDwsAuditDumpRecordsResult,
  GetDwsClustersResult,
  GetDwsParameterModificationRecordsResult,
} from "./types.ts";

interface Results {
  dwsAuditDumpRecords: GetDwsAuditDumpRecordsResult;
  dwsParameterModificationRecords: GetDwsParameterModificationRecordsResult;
  ddsAuditLogs: GetDdsAuditLogsResult;
  dwsClusters: GetDwsClustersResult;
  ddsInstances: GetDdsInstancesResult;
}

/** Reads in the program itself. The program's mocks, where there are any, answer instead. */
export async function invoke<Name extends QueryName>(
  query: Name,
  args: object,
  opts: ReadInvokeOptions,
): Promise<Results[Name]> {
  const settings = await knownSettings(functionName(query), opts);
  return call(query, { ...args }, opts, settings, false);
}

/** As {@link invoke}; unknown where an argument, the provider or a dependency is, secret where an argument is. */
export function invokeOutput<Name extends QueryName>(
  query: Name,
  args: object,
  opts: ReadInvokeOutputOptions,
): pulumi.Output<Results[Name]> {
  const given = pulumi.output({ ...args }).apply((known): Values => known);
  const result = pulumi
    .all([given, providerSettings(opts), afterAll(opts.dependsOn)])
    .apply(async ([known, settings]) => call(query, known, opts, settings, await pulumi.isSecret(given)));
  return result as pulumi.Output<Results[Name]>;
}

async function call<Name extends QueryName>(
  query: Name,
  args: Values,
  opts: ReadInvokeOptions,
  settings: Settings | undefined,
  secret: boolean,
): Promise<Results[Name]> {
  const subject = functionName(query);
  if (isMocked()) return pulumi.runtime.invoke(`${NAMESPACE}:index:${subject}`, { ...args });
  refuseMistypedKeys();
  try {
    const values = await readValues(clientOf(settings ?? stackSettings(), logger), query, args);
    if (values.incompleteReason !== undefined) {
      await pulumi.log.warn(
        `${subject}: The reading is not complete: ${harmless(values.incompleteReason)}`,
        opts.parent,
      );
    }
    return { ...argumentsIn(query, args), ...values } as object as Results[Name];
  } catch (error) {
    throw programError(subject, error, secret ? args : {});
  }
}

function functionName(query: QueryName): string {
  return `get${query.charAt(0).toUpperCase()}${query.slice(1)}`;
}

const logger = { debug() {}, warn: (message: string) => void pulumi.log.warn(message) };

function stackSettings(): Settings {
  const config = new pulumi.Config(NAMESPACE);
  return settingsFrom((name) => config.get(name));
}

// The provider that a resource with these options would have.
function providerSettings({ provider, parent }: ReadInvokeOptions): pulumi.Output<Settings | undefined> {
  const own = provider ?? parent?.getProvider("pulumi-nodejs:dynamic:Resource");
  if (own === undefined) return pulumi.output(undefined);
  const settings = settingsOf(own);
  if (settings) return settings;
  throw new pulumi.RunError(
    "provider must be a Provider of @auditgate/pulumi-provider, for functions read its settings.",
  );
}

async function knownSettings(subject: string, opts: ReadInvokeOptions): Promise<Settings | undefined> {
  const settings = providerSettings(opts);
  const unknown = Symbol("unknown");
  const known = new Promise<Settings | undefined | typeof unknown>((resolve, reject) => {
    settings.apply(resolve);
    // Settles for unknown outputs too, for which apply does nothing; the value's own turn comes first.
    pulumi.isSecret(settings).then(() => setImmediate(resolve, unknown), reject);
  });
  const found = await known;
  if (found !== unknown) return found as Settings | undefined;
  throw new pulumi.RunError(
    `${subject}: the settings of the provider are not known in this preview; use ${subject}Output.`,
  );
}

function isMocked(): boolean {
  const monitor: object | undefined = pulumi.runtime.getMonitor();
  return monitor !== undefined && "mocks" in monitor;
}
