import type { AuditError } from "@auditgate/core";
import { harmless } from "@auditgate/core/texts";
import { type Diagnostic, Diagnostic_Severity } from "../protocol/gen/tfplugin6.ts";
import { type Attributes, isBlock, snakeCase } from "../schema/attribute.ts";
import type { Path } from "../schema/value.ts";
import { inSnakeCase } from "./words.ts";

/** What an engine shows: one line, a paragraph, and the place in the configuration. */
interface Finding {
  readonly summary: string;
  readonly detail: string;
  /** Attribute at fault; engines find it in blocks at any depth, and nothing inside of an attribute. */
  readonly attribute?: Path | undefined;
}

export function errorDiagnostic(finding: Finding): Diagnostic {
  return diagnostic(Diagnostic_Severity.ERROR, finding);
}

export function warningDiagnostic(finding: Finding): Diagnostic {
  return diagnostic(Diagnostic_Severity.WARNING, finding);
}

function diagnostic(severity: Diagnostic["severity"], { summary, detail, attribute }: Finding): Diagnostic {
  return {
    severity,
    summary: harmless(summary),
    // Of our own words a line each; what strangers say comes without line breaks.
    detail: detail
      .split("\n")
      .map((line) => harmless(line))
      .join("\n"),
    ...(attribute !== undefined && { attribute: { steps: attribute.map(step) } }),
  };
}

function step(key: string | number) {
  return typeof key === "number" ? { elementKeyInt: key } : { attributeName: key };
}

/** A diagnostic without the secrets that `redact` knows. */
export function redactDiagnostic(given: Diagnostic, redact: (text: string) => string): Diagnostic {
  return { ...given, summary: redact(given.summary ?? ""), detail: redact(given.detail ?? "") };
}

const SUMMARIES: { readonly [Code in AuditError["code"]]: string } = {
  ERR_CONFIG: "The provider's configuration cannot be used",
  ERR_ARGUMENT: "Invalid argument",
  ERR_UNAUTHENTICATED: "Signing in failed",
  ERR_FORBIDDEN: "Not allowed to read the audit data",
  ERR_NOT_FOUND: "Not found",
  ERR_THROTTLED: "The service refused to answer so many requests",
  ERR_SERVER: "The service failed",
  ERR_CONNECTION: "The service cannot be reached",
  ERR_TIMEOUT: "The service took too long",
  ERR_RESPONSE: "The service's answer cannot be used",
  ERR_INCOMPLETE: "The audit data is incomplete",
  ERR_ABORTED: "Reading was stopped",
  ERR_UNSUPPORTED: "The service does not offer these audit data",
};

/** What to show for an error of core's, read with the data source whose schema has `attributes`. */
export function readErrorDiagnostic(error: AuditError, attributes: Attributes): Diagnostic {
  const { code, message, argument, status, vendorCode, requestId } = error;
  const facts = [
    [code, code],
    [status, `HTTP status ${status}`],
    [vendorCode, `service code ${vendorCode}`],
    [requestId, `request id ${requestId}`],
  ] as const;
  // Messages have some of them already.
  const further = facts
    .filter(([fact]) => fact !== undefined && !message.includes(String(fact)))
    .map(([, words]) => words);
  return errorDiagnostic({
    summary: SUMMARIES[code],
    detail: `${inSnakeCase(message)}\n\n${further.join(", ")}`,
    attribute: pathOf(argument, attributes),
  });
}

// Arguments of core that are no attribute here, such as options, have nothing to point at.
function pathOf(argument: string | undefined, attributes: Attributes): Path | undefined {
  const path: (string | number)[] = [];
  let known: Attributes = attributes;
  for (const [, name = "", index] of argument?.matchAll(/(\w+)(?:\[(\d+)\])?/g) ?? []) {
    const attribute = Object.hasOwn(known, snakeCase(name)) ? known[snakeCase(name)] : undefined;
    if (!attribute) break;
    path.push(snakeCase(name));
    if (!isBlock(attribute) || !attribute.nested || index === undefined) return path;
    path.push(Number(index));
    known = attribute.nested.attributes;
  }
  if (path.length === 0) return undefined;
  // What is said of a block as a whole is shown at what it cannot be without: engines do not resolve the block itself.
  const [required] = Object.entries(known).filter(([, one]) => one.required);
  return required ? [...path, required[0]] : path;
}

/** What to show for an error that nobody foresaw. No stack: it helps no user. */
export function bugDiagnostic(error: unknown): Diagnostic {
  const message = error instanceof Error ? error.message : String(error);
  return errorDiagnostic({
    summary: "The auditgate provider failed",
    detail: `${message}\n\nThis is a bug in the provider. Please report it.`,
  });
}
