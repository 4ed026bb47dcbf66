import { ddsInstances } from "../queries/dds-instances.ts";
import { dwsClusters } from "../queries/dws-clusters.ts";
import { listFindings, type ListTerms } from "./listing/list-findings.ts";
import type { GatePolicy } from "./policy/policy.types.ts";
import { EVERY, meansEvery } from "./rules/policy-values.ts";
import { type Subject, subjectOf } from "./subjects.ts";

/** The lists that a policy needs, each once, however many rule sets say `"*"`. Empty where it names every subject. */
export function listSubjectsOf(policy: GatePolicy): readonly Subject[] {
  const {
    dwsAuditDumpRecords: dumps = [],
    dwsParameterModificationRecords: changes = [],
    ddsAuditLogs: logs = [],
  } = policy;
  const clusters = [...dumps, ...changes].filter(({ clusterIds }) => meansEvery(clusterIds));
  const instances = logs.filter(({ instanceIds }) => meansEvery(instanceIds));
  const nodes = logs.filter(({ nodeIds }) => meansEvery(nodeIds));
  const facts = { rules: [], windowed: false, argumentsAt: () => ({}) };
  const clusterTerms: ListTerms = {
    query: "dws_clusters",
    family: "dws.cluster",
    noun: "DWS cluster",
    exceptions: clusters.map(({ except = [] }) => except),
  };
  const instanceTerms: ListTerms = {
    query: "dds_instances",
    family: "dds.instance",
    noun: "DDS instance",
    exceptions: instances.map(({ except = [] }) => except),
  };
  return [
    ...(clusters.length > 0
      ? [
          subjectOf(dwsClusters, EVERY, {
            ...facts,
            catalogue: clusterTerms,
            find: (reading) => listFindings(reading, clusterTerms),
          }),
        ]
      : []),
    ...(instances.length + nodes.length > 0
      ? [
          subjectOf(ddsInstances, EVERY, {
            ...facts,
            catalogue: instanceTerms,
            find: (reading) => listFindings(reading, instanceTerms),
          }),
        ]
      : []),
  ];
}
