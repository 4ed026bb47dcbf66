import { harmless, nearestTo } from "@auditgate/core";
import * as pulumi from "@pulumi/pulumi";
import { NAMESPACE, settingFields } from "./config.ts";

/**
 * Fails the program if the stack's configuration has a key `auditgate:…` that is no setting: nothing would read it.
 * The keys of a project of that very name are the program's own.
 */
export function refuseMistypedKeys(): void {
  if (pulumi.getProject() === NAMESPACE) return;
  for (const key of Object.keys(pulumi.runtime.allConfig())) {
    const problem = problemOf(key);
    if (problem) throw new pulumi.RunError(problem);
  }
}

/** What is wrong with a configuration key, undefined if nothing is or it is another package's. Never shows a value. */
export function problemOf(key: string): string | undefined {
  const [namespace, ...rest] = key.split(":");
  const name = rest.join(":");
  if (namespace !== NAMESPACE || settingFields.some((field) => field.name === name)) return undefined;
  const [outer, member] = name.split(".");
  const object = settingFields.find((field) => field.name === outer);
  if (member && object?.kind.type === "object") {
    return `${harmless(key)} is one key with a dot in it: set it with \`pulumi config set --path '${NAMESPACE}:${outer}.${harmless(member)}' …\`.`;
  }
  const names = settingFields.map((field) => field.name);
  const nearest = nearestTo(name, names);
  const advice = nearest
    ? `did you mean ${NAMESPACE}:${nearest}?`
    : `there are: ${names.map((each) => `${NAMESPACE}:${each}`).join(", ")}.`;
  return `${harmless(key)} in the stack's configuration is no setting; ${advice}`;
}
