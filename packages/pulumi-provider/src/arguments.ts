import { fieldsOf, queries, readingArguments, readingId } from "@auditgate/core";

/** The queries under their TypeScript names. Written out, so that core's types are no part of the public ones. */
export type QueryName =
  | "dwsAuditDumpRecords"
  | "dwsParameterModificationRecords"
  | "ddsAuditLogs"
  | "dwsClusters"
  | "ddsInstances";

/** Arguments that every reading takes beside the query's own. */
const READ_ARGUMENTS = ["region", "projectId", ...fieldsOf(readingArguments).map(({ name }) => name)];

/** Marks a resource with secret arguments; Pulumi's displays hide names that begin so. */
export const SECRET_MARK = "__secretArguments";

/** Values by name: arguments as a program or a state hands them over. */
export interface Values {
  /** Whatever a program or a state says under this name. */
  readonly [name: string]: unknown;
}

/** Names of all arguments of a reading. */
export function argumentNames(query: QueryName): readonly string[] {
  return [...fieldsOf(queries[query].args).map((field) => field.name), ...READ_ARGUMENTS];
}

/** The arguments among `values`. */
export function argumentsIn(query: QueryName, values: Values): Values {
  return Object.fromEntries(
    argumentNames(query)
      .map((name) => [name, values[name]] as const)
      .filter(([, value]) => isGiven(value)),
  );
}

/** Region and project that a program asks for; both can be left to the settings. */
export function scopeOf({ region, projectId }: Values): { region?: string; projectId?: string } {
  return {
    ...(isGiven(region) && { region: textOf(region) }),
    ...(isGiven(projectId) && { projectId: textOf(projectId) }),
  };
}

/**
 * Id of a reading: a hash of the query and its arguments as they are written, so that it is the same in every
 * preview and up, wherever the settings come from.
 */
export function idOf(query: QueryName, args: Values): string {
  const { region: _, projectId: __, ...others } = argumentsIn(query, args);
  return readingId(queries[query].name, others, scopeOf(args));
}

/** False for an absent value: a state has null for it. */
export function isGiven(value: unknown): boolean {
  return value !== undefined && value !== null;
}

function textOf(value: unknown): string {
  return typeof value === "string" ? value : JSON.stringify(value);
}
