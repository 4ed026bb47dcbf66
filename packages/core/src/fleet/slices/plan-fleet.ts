import { AuditError } from "../../errors.ts";
import { warningsOf } from "../../gate/acknowledged/report.ts";
import type { SubjectName } from "../../gate/evaluate.ts";
import { inOrder } from "../../gate/in-order.ts";
import { everyOf, type Lists, nodesOf } from "../../gate/listing/every.ts";
import type { GatePolicy } from "../../gate/policy/policy.types.ts";
import { validatePolicy } from "../../gate/policy/validate-policy.ts";
import { EVERY, meansEvery } from "../../gate/rules/policy-values.ts";
import { utcInstant } from "../../instant.ts";
import type { FleetPolicy } from "../../policy-file/policy-file.ts";
import type { Target } from "../../policy-file/target.ts";
import type { FleetOptions } from "../fleet-options.ts";
import type { FleetPlan, FleetSlice, SliceSubject, TargetPlan } from "./fleet-plan.ts";
import { judgedAt } from "../judged-at.ts";
import { policyDigestOf } from "../policy-digest.ts";
import { selectTargets } from "../select-targets.ts";
import { targetClient, TARGETS_AT_ONCE } from "../target-client.ts";
import { judgePart, targetSubjects } from "../target-part.ts";

const LOGS = "dds_audit_logs";

/** Options of {@link planFleet}. */
export interface PlanOptions extends Pick<FleetOptions, "targets" | "signal" | "logger" | "env" | "onWait"> {
  /** Instant that windows and ages are judged at, RFC 3339. */
  readonly at: string;
  /** Most readings of a slice; more where one cluster has them. */
  readonly sliceSize: number;
  /** Told of each target that is listed, and how many readings it has. */
  readonly onListed?: ((target: string | null, subjects: number) => void) | undefined;
}

/**
 * What a policy judges, as `evaluateFleet` would, to be judged elsewhere by `judgeSlice` and put together by
 * `joinSlices`. Services are asked only what `"*"` means; what they do not list is a violation of the plan's own part.
 *
 * @throws {AuditError} `ERR_ARGUMENT` for a policy or options that are malformed, `ERR_ABORTED`.
 */
export async function planFleet(policy: FleetPolicy, options: PlanOptions): Promise<FleetPlan> {
  const { targets: all, ...rest } = policy;
  const valid = validatePolicy(rest);
  const chosen = selectTargets(all, options.targets);
  const { sliceSize } = options;
  if (!(Number.isSafeInteger(sliceSize) && sliceSize > 0)) {
    const text = `sliceSize must be a whole number above 0, not ${sliceSize}.`;
    throw new AuditError("ERR_ARGUMENT", text, { argument: "sliceSize" });
  }
  const at = judgedAt(options.at);
  const targets: TargetPlan[] = [];
  const planned = inOrder(chosen, TARGETS_AT_ONCE, (target) => planTarget(valid, target, at, options));
  for await (const target of planned) targets.push(target);
  return {
    at: utcInstant(at),
    enforcement: valid.enforcement ?? "mandatory",
    policyDigest: policyDigestOf(valid),
    targets,
  };
}

async function planTarget(
  policy: GatePolicy,
  target: Target | undefined,
  at: number,
  options: PlanOptions,
): Promise<TargetPlan> {
  const name = target?.name ?? null;
  const client = targetClient(target, options);
  const lists: { [query: string]: readonly object[] } = {};
  let found: readonly SubjectName[] = [];
  const served: (string | null)[] = [];
  try {
    const unacknowledged = { ...policy, acknowledged: undefined };
    const listed = await judgePart(client, name, unacknowledged, targetSubjects, {
      signal: options.signal,
      at,
      select(all) {
        found = all;
        return all.filter(isList);
      },
      onJudged({ reading, records }) {
        lists[reading.query] = records;
        served.push(reading.servedAt);
      },
    });
    options.onListed?.(name, found.length);
    const policyDigest = policyDigestOf(policy);
    const slices = sliced(policy, found, lists, options.sliceSize).map((subjects, index): FleetSlice => {
      return {
        target: name,
        at: options.at,
        policyDigest,
        subjects,
        count: listed.subjects,
        subjectsDigest: listed.subjectsDigest,
        strays: index === 0 ? straysOf(policy, found) : [],
      };
    });
    if (slices.length > 0) return { listed, slices };
    const times = served.flatMap((servedAt) => (servedAt === null ? [] : [Date.parse(servedAt)]));
    const fates = { met: new Set<never>(), late: new Set<never>(), at: Math.max(...times) };
    const warnings = [...listed.warnings, ...warningsOf(policy.acknowledged ?? [], fates)];
    return { listed: { ...listed, warnings }, slices };
  } finally {
    await client.close();
  }
}

function isList({ subject }: SubjectName): boolean {
  return subject === EVERY;
}

function straysOf({ acknowledged = [] }: GatePolicy, found: readonly SubjectName[]): readonly number[] {
  const subjects = new Set(found.map(({ subject }) => subject));
  return acknowledged.flatMap(({ subject }, index) => (subjects.has(subject) ? [] : [index]));
}

/** What is found beside the lists, in parts of at most `size`, where all queries of a subject stay together. */
function sliced(
  policy: GatePolicy,
  found: readonly SubjectName[],
  lists: Lists,
  size: number,
): readonly (readonly SliceSubject[])[] {
  const { positionOf } = targetSubjects(found);
  const clusters = new Set(everyOf("dws_clusters", lists.dws_clusters ?? []));
  const instances = new Set(everyOf("dds_instances", lists.dds_instances ?? []));
  const wantsNodes = policy.ddsAuditLogs?.some(({ nodeIds }) => meansEvery(nodeIds)) ?? false;
  const bySubject = Map.groupBy(
    found.filter((each) => !isList(each)),
    ({ subject }) => subject,
  );
  const slices: SliceSubject[][] = [];
  for (const [id, names] of bySubject) {
    const subjects = names.map(({ query, subject }) => ({
      query,
      subject,
      position: positionOf({ query, subject }),
      listed: (query === LOGS ? instances : clusters).has(id),
      ...(wantsNodes && query === LOGS && { nodes: nodesOf(id, lists) }),
    }));
    const last = slices.at(-1);
    if (last && last.length + subjects.length <= size) last.push(...subjects);
    else slices.push(subjects);
  }
  return slices;
}
