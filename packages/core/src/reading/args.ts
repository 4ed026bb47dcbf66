import { AuditError } from "../errors.ts";
import type { Query } from "../queries/query.ts";
import type { WindowArgs } from "./window.ts";

/** Arguments checked against the declaration. @throws {AuditError} `ERR_ARGUMENT` naming the first bad one. */
export function validateArgs<Args extends object>(
  query: Pick<Query<Args, never, never>, "args" | "name">,
  args: Args,
): Args & WindowArgs {
  const parsed = query.args.safeParse(args);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  const argument = issue?.code === "unrecognized_keys" ? issue.keys[0] : issue?.path.map(String).join(".");
  const given = argument === undefined ? undefined : (args as { readonly [name: string]: unknown })[argument];
  const problem =
    given === undefined
      ? "is missing"
      : issue?.code === "unrecognized_keys"
        ? "is no argument"
        : `cannot be ${JSON.stringify(given)}`;
  throw new AuditError(
    "ERR_ARGUMENT",
    `${argument} of ${query.name} ${problem}: ${describeIssue(issue?.message ?? "")}.`,
    { argument },
  );
}

function describeIssue(message: string): string {
  return message.charAt(0).toLowerCase() + message.slice(1);
}
