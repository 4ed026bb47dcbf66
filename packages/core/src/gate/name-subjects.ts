import type { Client } from "../client.ts";
import { AuditError } from "../errors.ts";
import { askOnce, createServiceClock } from "./ask.ts";
import type { SubjectName } from "./evaluate.ts";
import { withEvery } from "./listing/every.ts";
import { listSubjectsOf } from "./list-subjects.ts";
import type { GatePolicy } from "./policy/policy.types.ts";
import { subjectsOf } from "./subjects.ts";

/**
 * Every query and subject that a policy is about, which was validated; the service is asked what `"*"` means.
 *
 * @throws {AuditError} `ERR_INCOMPLETE` for a list that cannot be proved complete; as `read`.
 */
export async function nameSubjects(
  client: Client,
  policy: GatePolicy,
  signal: AbortSignal,
): Promise<readonly SubjectName[]> {
  const clock = createServiceClock(client);
  const lists: { [query: string]: readonly object[] } = {};
  for (const list of listSubjectsOf(policy)) {
    const { answered, error } = await askOnce(client, list, clock, signal);
    if (error) throw error;
    const { complete, incompleteReason = "no reason is given", records } = answered?.reading ?? {};
    if (!complete) throw new AuditError("ERR_INCOMPLETE", `${list.query}: ${incompleteReason}.`);
    lists[list.query] = records ?? [];
  }
  return Array.from(subjectsOf(withEvery(policy, lists)), ({ query, id }) => ({ query, subject: id }));
}
