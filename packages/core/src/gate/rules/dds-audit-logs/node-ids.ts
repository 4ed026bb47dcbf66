import { unknown, violated } from "../../trail/finding.ts";
import { type LogScene, nameless } from "../../trail/log-scene.ts";
import { counted, listed } from "../../trail/wording.ts";
import { everyOr, name } from "../policy-values.ts";
import type { Rule } from "../rule.ts";

/** Every node that is named writes logs. */
export const nodeIds: Rule<readonly string[], LogScene> = {
  id: "dds.log.node-ids",
  name: "nodeIds",
  order: 1,
  field: everyOr(name)
    .optional()
    .describe(
      'Nodes that must each have logs in the window, of every instance in `instanceIds`: name those of one instance, and give others rules of their own; or `"*"` alone for every node of each instance that writes audit logs, as the service lists them. `maxGap` then judges these.',
    ),
  demands:
    "each of these nodes has a log in the window, in every one of `instanceIds`: one rule set for each instance",
  timed: true,
  next: "See whether auditing is on for the node, and whether it still belongs to the instance.",
  acknowledgedBy: [],
  controls: [
    { id: "NIST SP 800-53 AU-12", why: "every component that has to generate audit records does" },
    { id: "ISO/IEC 27001:2022 A.8.15", why: "logs are produced" },
  ],
  judge(wanted, scene) {
    const { terms, trail } = scene;
    // Of "*", where the service lists no node.
    if (wanted.length === 0)
      return [unknown("the nodes of the instance in the list of instances", "none of that id")];
    const expected = `logs of each of ${counted(wanted.length, "node")} in the last ${terms.within}`;
    const seen = new Set(trail.records.map(({ nodeId }) => nodeId));
    const silent = wanted.filter((nodeId) => !seen.has(nodeId));
    return [
      ...(silent.length > 0 ? [violated(expected, `none of ${listed(silent)}`)] : []),
      ...nameless(trail.records),
    ];
  },
};
