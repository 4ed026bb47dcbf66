import type { DdsAuditLogsRecord } from "../queries/dds-audit-logs.types.ts";
import type { DwsAuditDumpRecordsRecord } from "../queries/dws-audit-dump-records.types.ts";
import type { DwsParameterModificationRecordsRecord } from "../queries/dws-parameter-modification-records.types.ts";
import { type Acceptor, createAcceptor } from "./acknowledged/acceptor.ts";
import type {
  DdsAuditLogsRules,
  DwsAuditDumpRecordsRules,
  DwsParameterModificationRecordsRules,
} from "./policy/policy.types.ts";
import { catalogues } from "./rules/catalogues.ts";
import { type Catalogue, judgeBy, unjudged } from "./rules/rule.ts";
import { changeScene } from "./trail/change-scene.ts";
import { dumpScene } from "./trail/dump-scene.ts";
import type { Fault, Finding } from "./trail/finding.ts";
import { logScene } from "./trail/log-scene.ts";
import type { Trail } from "./trail/trail.ts";

/** Rules without the subjects that they are about. */
export type Unbound<Rules> = Omit<Rules, "clusterIds" | "except" | "instanceIds">;

/** Accepts nothing. */
const NOBODY = createAcceptor([], "");

/** What the dumps of one cluster break of the rules. */
export function judgeDumps(
  trail: Trail<DwsAuditDumpRecordsRecord>,
  rules: Unbound<DwsAuditDumpRecordsRules>,
  acceptor = NOBODY,
): readonly Finding[] {
  return judged(catalogues.dwsAuditDumpRecords, rules, dumpScene(trail, rules), acceptor);
}

/** What the parameter modifications of one cluster break of the rules. */
export function judgeChanges(
  trail: Trail<DwsParameterModificationRecordsRecord>,
  rules: Unbound<DwsParameterModificationRecordsRules>,
  acceptor = NOBODY,
): readonly Finding[] {
  return judged(catalogues.dwsParameterModificationRecords, rules, changeScene(trail, rules), acceptor);
}

/** What the audit logs of one instance break of the rules. */
export function judgeLogs(
  trail: Trail<DdsAuditLogsRecord>,
  rules: Unbound<DdsAuditLogsRules>,
  acceptor = NOBODY,
): readonly Finding[] {
  return judged(catalogues.ddsAuditLogs, rules, logScene(trail, rules), acceptor);
}

function judged<Scene>(
  catalogue: Catalogue<Scene>,
  rules: object,
  { scene, faults }: { readonly scene: Scene; readonly faults: readonly Fault[] },
  acceptor: Acceptor,
): readonly Finding[] {
  return [
    ...faults.map((fault) => unjudged(catalogue, "within", fault)),
    ...judgeBy(catalogue, rules, scene, acceptor),
  ];
}
