import { createHash, type Hash } from "node:crypto";
import { createReadStream } from "node:fs";
import { AuditError } from "../../errors.ts";
import { evidenceDigest } from "./evidence.ts";

/** What there is to say about evidence. */
export interface EvidenceCheck {
  /** True where every digest and count is right, and nothing is missing. */
  readonly valid: boolean;
  /** What is wrong, one line each. */
  readonly problems: readonly string[];
  /** Digest of the readings as they are, to be compared with the one a verdict had; null where there are none. */
  readonly digest: string | null;
  readonly readings: readonly CheckedEvidence[];
}

/** A reading as the evidence has it. */
export interface CheckedEvidence {
  readonly query: string;
  readonly subject: string;
  /** Number of records there are. */
  readonly count: number;
  /** Digest of the records there are; null where the service was not read. */
  readonly digest: string | null;
}

/** A reading under check. */
interface Open {
  readonly head: Json;
  readonly hash: Hash;
  count: number;
}

interface Json {
  readonly [name: string]: unknown;
}

/**
 * Checks evidence that `evaluateGate` has written, without asking anyone. Whoever can change the file can change
 * its digests too: give the digest that is kept elsewhere, such as a Terraform output.
 *
 * @param fileOrText - Path of the file, or its text, which begins with `{`.
 * @param expected - Digest that the evidence should have.
 * @throws {AuditError} `ERR_ARGUMENT` where the file cannot be read.
 */
export async function verifyEvidence(fileOrText: string, expected?: string): Promise<EvidenceCheck> {
  const problems: string[] = [];
  const readings: CheckedEvidence[] = [];
  let open: Open | undefined;
  let verdict: Json | undefined;
  let number = 0;
  for await (const line of linesOf(fileOrText)) {
    number++;
    const head = line.startsWith('{"evidence":') ? tryParseObject(line) : undefined;
    if (head && open) readings.push(closed(open, problems));
    if (verdict) problems.push(`line ${number}: something follows the verdict`);
    else if (head?.["evidence"] === "reading") open = { head, hash: createHash("sha256"), count: 0 };
    else if (head?.["evidence"] === "verdict" && head["version"] === 1) [verdict, open] = [head, undefined];
    else if (head || !open) problems.push(`line ${number}: neither a record nor the head of a reading`);
    else {
      open.hash.update(line).update("\n");
      open.count++;
    }
  }
  if (open) readings.push(closed(open, problems));
  const digest = readings.length === 0 ? null : evidenceDigest(readings);
  if (!verdict) problems.push("the verdict is missing at the end");
  else if (verdict["readings"] !== readings.length)
    problems.push(`${readings.length} readings instead of ${String(verdict["readings"])}`);
  else if (verdict["digest"] !== digest) problems.push("the verdict states another digest of all readings");
  if (expected !== undefined && expected !== digest) {
    problems.push(`the digest of all readings is ${digest}, not ${expected}`);
  }
  return { valid: problems.length === 0, problems, digest, readings };
}

function closed({ head, hash, count }: Open, problems: string[]): CheckedEvidence {
  const query = String(head["query"]);
  const subject = String(head["subject"]);
  const digest = head["digest"] === null && count === 0 ? null : hash.digest("hex");
  const what = `${query} of ${subject}`;
  if (count !== head["count"]) problems.push(`${what}: ${count} records instead of ${String(head["count"])}`);
  else if (digest !== head["digest"])
    problems.push(`${what}: the records have another digest than is stated`);
  return { query, subject, count, digest };
}

// Not by node:readline, which also ends lines at characters that JSON texts may hold.
async function* linesOf(fileOrText: string): AsyncGenerator<string> {
  const isText = fileOrText.trimStart().startsWith("{");
  let rest = "";
  for await (const piece of isText ? [fileOrText] : piecesOf(fileOrText)) {
    const lines = (rest + piece).split("\n");
    rest = lines.pop() ?? "";
    yield* lines;
  }
  if (rest !== "") yield rest;
}

async function* piecesOf(file: string): AsyncGenerator<string> {
  try {
    for await (const piece of createReadStream(file, "utf8")) yield String(piece);
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new AuditError("ERR_ARGUMENT", `The evidence file ${file} cannot be read: ${reason}.`, { cause });
  }
}

function tryParseObject(text: string): Json | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null ? { ...value } : undefined;
  } catch {
    return undefined;
  }
}
