import { createHash, type Hash } from "node:crypto";
import { createReadStream } from "node:fs";
import { AuditError } from "../../errors.ts";
import { type Json, judgedAgain, type Recalled } from "./judge-again.ts";
import { type ProgramCheck, programCheck, type TimedCheck } from "../checks/program-check.ts";
import { evidenceDigestWith, verdictDigest } from "../evidence/evidence.ts";

/** What there is to say about evidence. */
export interface EvidenceCheck {
  /** True where every digest and count is right, nothing is missing, and the verdict follows from what was read. */
  readonly valid: boolean;
  /** What is wrong, one line each. */
  readonly problems: readonly string[];
  /** Digest of the readings as they are, to be compared with the one a verdict had; null where there are none. */
  readonly digest: string | null;
  /** In the order of the file. */
  readonly readings: readonly CheckedEvidence[];
  /**
   * Checks of the program's own, in the order of the file. What they have said is taken as it stands, for their functions
   * are not in the file: it is unchanged, and the verdict follows from it.
   */
  readonly checks: readonly StatedCheck[];
}

/** A check of a program's own, as the evidence has it. */
export type StatedCheck = Pick<ProgramCheck, "rule" | "query" | "subject">;

/** A reading as the evidence has it. */
export interface CheckedEvidence {
  /** Query, such as `dws_audit_dump_records`. */
  readonly query: string;
  /** ID of the cluster or instance. */
  readonly subject: string;
  /** Number of records there are. */
  readonly count: number;
  /** Digest of the records there are; null where the service was not read. */
  readonly digest: string | null;
}

/** Digests that were kept elsewhere. */
export interface ExpectedDigests {
  /** SHA-256 of the evidence [hex], as the verdict had it. */
  readonly evidenceDigest?: string | undefined;
  /** SHA-256 of the verdict [hex], as the verdict had it. */
  readonly verdictDigest?: string | undefined;
}

/** A reading under check. */
interface Open {
  readonly line: string;
  readonly head: Json;
  readonly hash: Hash;
  readonly records: unknown[];
}

/**
 * Checks evidence that `evaluateGate` has written, without asking anyone: that nothing is missing, and that the
 * verdict is the one that follows from its records, policy and time. Whoever can change the file can change its
 * digests too: give those that are kept elsewhere, such as Terraform outputs.
 *
 * @param fileOrText - Path of the file, or its text, which begins with `{`.
 * @param expected - A digest that the evidence should have, of either kind, or both.
 * @throws {AuditError} `ERR_ARGUMENT` where the file cannot be read.
 */
export async function verifyEvidence(
  fileOrText: string,
  expected: string | ExpectedDigests = {},
): Promise<EvidenceCheck> {
  const problems: string[] = [];
  const readings: CheckedEvidence[] = [];
  const recalled: Recalled[] = [];
  const heads: string[] = [];
  const checks: TimedCheck[] = [];
  let open: Open | undefined;
  let verdict: Json | undefined;
  let number = 0;
  const close = () => {
    if (!open) return;
    const checked = closed(open, problems);
    readings.push(checked);
    recalled.push({ head: open.head, records: open.records });
    heads.push(open.line);
    open = undefined;
  };
  for await (const line of linesOf(fileOrText)) {
    number++;
    const head = line.startsWith('{"evidence":') ? tryParseObject(line) : undefined;
    if (head && JSON.stringify(head) !== line) problems.push(`line ${number}: not as it was written`);
    if (head) close();
    if (verdict) problems.push(`line ${number}: something follows the verdict`);
    else if (head?.["evidence"] === "reading") open = { line, head, hash: createHash("sha256"), records: [] };
    else if (head?.["evidence"] === "check") {
      const check = checkIn(head);
      if (check) checks.push(check);
      else problems.push(`line ${number}: no check`);
      heads.push(line);
    } else if (head?.["evidence"] === "verdict" && head["version"] === 2) verdict = head;
    else if (head || !open) problems.push(`line ${number}: neither a record nor the head of a reading`);
    else {
      open.hash.update(line).update("\n");
      open.records.push(tryParseObject(line));
    }
  }
  close();
  const digest = readings.length + checks.length === 0 ? null : evidenceDigestWith(readings, checks);
  if (!verdict) problems.push("the verdict is missing at the end");
  else if (verdict["readings"] !== readings.length)
    problems.push(`${readings.length} readings instead of ${String(verdict["readings"])}`);
  else if ((verdict["checks"] ?? 0) !== checks.length)
    problems.push(`${checks.length} checks, where the verdict has another number`);
  else if (verdict["digest"] !== digest) problems.push("the verdict states another digest of all readings");
  const found = verdict ? digestOfVerdict(heads, verdict) : null;
  if (verdict && verdict["verdictDigest"] !== found)
    problems.push("the verdict states another digest of itself");
  if (verdict && problems.length === 0) problems.push(...judgedAgain(verdict, recalled, checks));
  problems.push(...otherDigests(expected, digest, found));
  const stated = checks.map(({ rule, query, subject }): StatedCheck => ({ rule, query, subject }));
  return { valid: problems.length === 0, problems, digest, readings, checks: stated };
}

function otherDigests(
  expected: string | ExpectedDigests,
  digest: string | null,
  verdictDigest: string | null,
): readonly string[] {
  if (typeof expected === "string") {
    if (expected === digest || expected === verdictDigest) return [];
    return [
      `the digest of all readings is ${digest}, and that of the verdict ${verdictDigest}, not ${expected}`,
    ];
  }
  const { evidenceDigest: evidence = digest, verdictDigest: verdict = verdictDigest } = expected;
  return [
    ...(evidence === digest ? [] : [`the digest of all readings is ${digest}, not ${evidence}`]),
    ...(verdict === verdictDigest ? [] : [`the digest of the verdict is ${verdictDigest}, not ${verdict}`]),
  ];
}

function closed({ head, hash, records }: Open, problems: string[]): CheckedEvidence {
  const query = String(head["query"]);
  const subject = String(head["subject"]);
  const count = records.length;
  const digest = head["digest"] === null && count === 0 ? null : hash.digest("hex");
  const what = `${query} of ${subject}`;
  if (count !== head["count"]) problems.push(`${what}: ${count} records instead of ${String(head["count"])}`);
  else if (digest !== head["digest"])
    problems.push(`${what}: the records have another digest than is stated`);
  return { query, subject, count, digest };
}

function checkIn(head: Json): TimedCheck | undefined {
  const { evidence: _, servedAt, ...said } = head;
  const { data: check } = programCheck.safeParse(said);
  return check && (servedAt === null || typeof servedAt === "string") ? { ...check, servedAt } : undefined;
}

function digestOfVerdict(heads: readonly string[], given: Json): string {
  const { verdictDigest: _, ...line } = given;
  return verdictDigest(heads, line);
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
