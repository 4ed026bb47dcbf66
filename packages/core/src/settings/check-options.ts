import { AuditError } from "../errors.ts";
import { type Field, fieldsOf } from "../field.ts";
import type { ClientOptions, Scope } from "./options.ts";
import { settings } from "./settings.ts";

/** What one option may hold: a type of value, or an object whose members are known. */
type Shape = "text" | "number" | "yes or no" | "anything" | { readonly [member: string]: Shape };

const ROLE = { agencyName: "text", domainName: "text", domainId: "text", duration: "number" } as const;

const SCOPE: { readonly [name in keyof Required<Scope>]: Shape } = { region: "text", projectId: "text" };

/** Every option; a function in place of an object is taken as it is. */
const OPTIONS: { readonly [name in keyof Required<ClientOptions>]: Shape } = {
  ...SCOPE,
  cloud: "text",
  projectName: "text",
  profile: "text",
  sharedConfigFile: "text",
  credentials: {
    accessKey: "text",
    secretKey: "text",
    securityToken: "text",
    token: "text",
    userName: "text",
    userId: "text",
    password: "text",
    domainName: "text",
    domainId: "text",
    passcode: "text",
    idpId: "text",
    idTokenFile: "text",
    assumeRole: ROLE,
  },
  endpoints: { dws: "text", dds: "text", iam: "text" },
  retry: { attempts: "number" },
  timeoutMs: "number",
  concurrency: "number",
  caCert: "text",
  insecure: "yes or no",
  metadata: "yes or no",
  logger: "anything",
  onWait: "anything",
  settings: shapeOf(fieldsOf(settings)),
  settingOrigin: "anything",
  env: "anything",
};

/**
 * Refuses what nothing would read: a misspelled option must not leave a client to what the environment says.
 *
 * @throws {AuditError} `ERR_CONFIG` naming the option, never its value.
 */
export function checkOptions(options: ClientOptions): void {
  check(options, OPTIONS, (path) =>
    path[0] === "settings" && path.length > 1
      ? (options.settingOrigin ?? settingName)(path.slice(1).join("."))
      : `option ${path.join(".")}`,
  );
}

/** The same for what `Client.with` is given. */
export function checkScope(scope: Scope): void {
  check(scope, SCOPE, (path) => `option ${path.join(".")}`);
}

/** How a message names one of `settings`, where the door has no words of its own. */
export function settingName(name: string): string {
  return `setting ${name}`;
}

type Name = (path: readonly string[]) => string;

function check(value: unknown, shape: Shape, name: Name, path: readonly string[] = []): void {
  if (value === undefined || (value === null && path.length > 0) || shape === "anything") return;
  const what = path.length === 0 ? "The options of a client" : name(path);
  if (typeof shape === "object") {
    if (typeof value === "function" && path.length > 0) return;
    if (typeof value !== "object" || value === null || Array.isArray(value)) {
      throw refused(`${what} must be an object.`, path);
    }
    for (const [key, member] of Object.entries(value)) {
      const known = Object.hasOwn(shape, key) ? shape[key] : undefined;
      if (known !== undefined) check(member, known, name, [...path, key]);
      else if (member !== undefined) {
        const names = Object.keys(shape).join(", ");
        throw refused(`There is no ${name([...path, key])}; there are: ${names}.`, [...path, key]);
      }
    }
    return;
  }
  const problem = scalarProblem(value, shape);
  if (problem) throw refused(`${what} ${problem}.`, path);
}

function scalarProblem(value: unknown, shape: "text" | "number" | "yes or no"): string | undefined {
  if (shape === "text") {
    if (typeof value !== "string") return "must be a text";
    return value.trim() === "" ? "must not be empty: leave it out instead" : undefined;
  }
  // Texts are read strictly by whoever uses them: doors that know only texts hand numbers on as such.
  if (typeof value === "string") return undefined;
  if (shape === "number") return typeof value === "number" ? undefined : "must be a number";
  return typeof value === "boolean" ? undefined : "must be true or false";
}

function refused(message: string, path: readonly string[]): AuditError {
  return new AuditError("ERR_CONFIG", message, { argument: path.join(".") });
}

function shapeOf(fields: readonly Field[]): { readonly [name: string]: Shape } {
  return Object.fromEntries(
    fields.map(({ name, kind }) => {
      if (kind.type === "object") return [name, shapeOf(kind.fields)];
      return [name, kind.type === "boolean" ? "yes or no" : kind.type === "string" ? "text" : "number"];
    }),
  );
}
