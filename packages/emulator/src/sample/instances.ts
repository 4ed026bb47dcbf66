import type { AuditLog, Instance } from "../data/data.ts";
import { offsetTime } from "../trails/instant.ts";
import { sample } from "./names.ts";
import { between } from "./random.ts";

const hourMs = 3_600_000;
/** Every log covers two hours, so that logs end and start on the boundaries of windows made of whole hours. */
const logMs = 2 * hourMs;

/** The instances of the generated data set. */
export function sampleInstances(anchorMs: number, random: () => number): Instance[] {
  const { instances, netherlands, nodes, project } = sample;
  const silent = nodes.silentNode[2];
  const netherlandsNode = netherlands.instance.replace(/in02$/, "no02");
  return [
    {
      id: instances.healthy,
      name: "healthy",
      projectId: project.id,
      note: "three nodes, 3,420 logs over 95 days",
      nodes: [...nodes.healthy],
      auditLogs: logs(instances.healthy, nodes.healthy, anchorMs, 95 * 12, random),
    },
    {
      id: instances.silentNode,
      name: "silent-node",
      projectId: project.id,
      note: `three nodes over 30 days, ${silent} stopped two days ago`,
      nodes: [...nodes.silentNode],
      auditLogs: logs(instances.silentNode, nodes.silentNode, anchorMs, 30 * 12, random).filter(
        (log, index) => log.node_id !== silent || index >= 2 * 12 * nodes.silentNode.length,
      ),
    },
    {
      id: instances.empty,
      name: "empty",
      projectId: project.id,
      note: "no log at all",
      nodes: [instances.empty.replace(/in02$/, "no02")],
      auditLogs: [],
    },
    {
      id: netherlands.instance,
      name: "netherlands",
      projectId: netherlands.project.id,
      note: `in region ${netherlands.region}: logs of two days`,
      nodes: [netherlandsNode],
      auditLogs: logs(netherlands.instance, [netherlandsNode], anchorMs, 24, random),
    },
  ];
}

/** Newest first, the nodes in turn; each node's logs follow each other without gap up to the anchor. */
function logs(
  instanceId: string,
  nodes: readonly string[],
  anchorMs: number,
  perNode: number,
  random: () => number,
): AuditLog[] {
  return Array.from({ length: perNode * nodes.length }, (_, index) => {
    const node = nodes[index % nodes.length] ?? "";
    const end = anchorMs - Math.floor(index / nodes.length) * logMs;
    // The vendor's example ends an id with the instant at which the file was stored, a little after the log's end.
    const id = `${node}_${end + between(random, 1_000, 90_000)}`;
    return {
      id,
      name: `${sample.domain.id}_audit_log_${instanceId}_${id}`,
      size: between(random, 200_000, 48_000_000),
      node_id: node,
      start_time: offsetTime(end - logMs),
      end_time: offsetTime(end),
    };
  });
}
