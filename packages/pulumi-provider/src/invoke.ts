import { harmless, type Settings } from "@auditgate/core";
import * as pulumi from "@pulumi/pulumi";
import { argumentNames, argumentsIn, type QueryName, type Values } from "./arguments.ts";
import { afterAll } from "./dependencies.ts";
import { programError, refuseUnknown } from "./errors.ts";
import { knownValue } from "./known.ts";
import { isMocked } from "./mocks.ts";
import { INVOKE_OPTIONS, type ReadInvokeOptions, type ReadInvokeOutputOptions } from "./options.ts";
import { readValues } from "./reading.ts";
import { NAMESPACE } from "./settings/config.ts";
import { refuseMistypedKeys } from "./settings/config-keys.ts";
import { programClient, providerSettings, READING_TYPE } from "./program-settings.ts";
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
  refuse(query, args, opts);
  const settings = await knownSettings(functionName(query), opts);
  return call(query, { ...args }, opts, settings, false);
}

/** As {@link invoke}; unknown where an argument, the provider or a dependency is, secret where an argument is. */
export function invokeOutput<Name extends QueryName>(
  query: Name,
  args: object,
  opts: ReadInvokeOutputOptions,
): pulumi.Output<Results[Name]> {
  refuse(query, args, opts);
  const given = pulumi.output({ ...args }).apply((known): Values => known);
  const result = pulumi
    .all([given, settingsFor(opts), afterAll(opts.dependsOn)])
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
    const values = await readValues(programClient(settings), query, args);
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

function refuse(query: QueryName, args: object, opts: object): void {
  refuseUnknown(functionName(query), argumentNames(query), args);
  refuseUnknown(`${functionName(query)}'s options`, INVOKE_OPTIONS, opts);
}

function functionName(query: QueryName): string {
  return `get${query.charAt(0).toUpperCase()}${query.slice(1)}`;
}

// The settings of the provider that a resource with these options would have.
function settingsFor({ provider, parent }: ReadInvokeOptions): pulumi.Output<Settings | undefined> {
  return providerSettings(provider ?? parent?.getProvider(READING_TYPE));
}

async function knownSettings(subject: string, opts: ReadInvokeOptions): Promise<Settings | undefined> {
  const known = await knownValue(settingsFor(opts));
  if (known) return known.value;
  throw new pulumi.RunError(
    `${subject}: the settings of the provider are not known in this preview; use ${subject}Output.`,
  );
}
