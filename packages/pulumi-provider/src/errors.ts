import { AuditError, createRedaction, harmless } from "@auditgate/core";
import * as pulumi from "@pulumi/pulumi";
import type { Values } from "./arguments.ts";
import { NAMESPACE, settingFields } from "./settings/config.ts";

/**
 * What a person is told: core's message, and for a setting how Pulumi is given it.
 *
 * @param secrets - Arguments that must not be shown, if the program made them secret.
 */
export function messageOf(error: unknown, secrets: Values = {}): string {
  const message = AuditError.is(error) ? error.message + hint(error) : otherwise(error);
  return redact(message, Object.values(secrets));
}

/** Fails the program with one line and without its stack. */
export function programError(subject: string, error: unknown, secrets?: Values): pulumi.RunError {
  return new pulumi.RunError(`${subject}: ${messageOf(error, secrets)}`);
}

/** Fails the program if `args` has a name that is none of `names`: a typing mistake that types have not caught. */
export function refuseUnknown(type: string, names: readonly string[], args: unknown): void {
  if (typeof args !== "object" || args === null) {
    throw new pulumi.RunError(`${type} needs an object of arguments; there are: ${names.join(", ")}.`);
  }
  const unknown = Object.keys(args).find((name) => !names.includes(name));
  if (unknown === undefined) return;
  throw new pulumi.RunError(
    `${harmless(unknown)} is no argument of ${type}; there are: ${names.join(", ")}.`,
  );
}

/** Fails a resource with one line. Whatever prints the error itself finds no stack in it. */
export function resourceError(subject: string, message: string): Error {
  const error = new Error(message);
  error.stack = "see the error of the resource";
  error.toString = () => subject;
  return error;
}

function otherwise(error: unknown): string {
  return harmless(pulumi.RunError.isInstance(error) ? error.message : String(error));
}

function hint(error: AuditError): string {
  if (error.code !== "ERR_CONFIG") return "";
  const [name, member] = (error.argument ?? "").split(".");
  const field = settingFields.find((candidate) => candidate.name === name);
  if (!field) return ` In Pulumi: \`pulumi config set ${NAMESPACE}:<setting> …\`, or a Provider.`;
  const flags = (field.secret ? "--secret " : "") + (member ? "--path " : "");
  const key = member ? `'${NAMESPACE}:${name}.${member}'` : `${NAMESPACE}:${name}`;
  return ` In Pulumi: \`pulumi config set ${flags}${key} …\`, or a Provider.`;
}

/** Without `secrets`, however they are escaped in it. */
export function redact(message: string, secrets: readonly unknown[]): string {
  const redaction = createRedaction("[secret]");
  redaction.add(secrets.map(String));
  return redaction.redact(message);
}
