import type { Client } from "../../client.ts";
import { AuditError } from "../../errors.ts";
import { utcInstant } from "../../instant.ts";
import { queries } from "../../queries/index.ts";
import type { Query } from "../../queries/query.ts";
import { readDated } from "../../reading/read.ts";
import { type EvidenceReading, latestServed } from "../evidence/evidence.ts";
import type { Acknowledgement } from "../policy/policy.types.ts";
import { checkRuleId, type ProgramCheck } from "./program-check.ts";

const HOUR_MS = 3_600_000;

/**
 * The service's time as the policy's readings say it, RFC 3339: null where they do not, or where one of them cannot be
 * believed; undefined where there are none.
 */
export function timeOfReadings(
  readings: readonly Pick<EvidenceReading, "servedAt" | "clock">[],
): string | null | undefined {
  if (readings.length === 0) return undefined;
  if (readings.some(({ clock }) => clock !== undefined)) return null;
  return latestServed(readings);
}

/**
 * The service's time for what is acknowledged of checks that stand alone: their readings were made elsewhere, and
 * outputs hold no time. It is asked for one record of what a check has judged; null where that fails or cannot be
 * believed, and where nothing is acknowledged.
 *
 * @throws {AuditError} `ERR_ABORTED`.
 */
export async function askTime(
  client: Client,
  acknowledged: readonly Acknowledgement[],
  checks: readonly ProgramCheck[],
  signal: AbortSignal,
): Promise<string | null> {
  if (acknowledged.length === 0) return null;
  const isNamed = (check: ProgramCheck) =>
    acknowledged.some(({ rule, subject }) => rule === checkRuleId(check) && subject === check.subject);
  const asked = checks.find(isNamed) ?? checks[0];
  const query = asked && Object.values(queries).find(({ name }) => name === asked.query);
  if (!asked || !query) return null;
  const { region, projectId, subject } = asked;
  const there = client.with({
    ...(region !== null && { region }),
    ...(projectId !== null && { projectId }),
  });
  // The catalogue's members differ in their arguments, which their declarations check.
  const declaration = query as object as Query<object, object, object>;
  const now = there.connection.now();
  const args = query.windowed
    ? { instanceId: subject, startTime: utcInstant(now - HOUR_MS), endTime: utcInstant(now) }
    : { clusterId: subject };
  try {
    const { servedAt, dates } = await readDated(there, declaration, args, { maxRecords: 1, signal });
    return servedAt === undefined || dates.problem ? null : utcInstant(servedAt);
  } catch (error) {
    if (!AuditError.is(error) || error.code === "ERR_ABORTED") throw error;
    return null;
  }
}
