import * as z from "zod";
import { placeFaults } from "../../trail/dump-place.ts";
import type { DumpScene } from "../../trail/dump-scene.ts";
import type { Rule } from "../rule.ts";

/** Every dump went to the one place inside of its bucket. */
export const locationPrefix: Rule<string, DumpScene> = {
  id: "dws.dump.location-prefix",
  name: "locationPrefix",
  order: 6,
  field: z.string().optional().describe("Prefix that every dump must have inside the bucket, in full."),
  demands: "every dump has this prefix, in full; null is `unknown`",
  timed: false,
  next: "Set the prefix of the cluster's audit-log dump, or change locationPrefix.",
  acknowledgedBy: ["executorTime"],
  controls: [
    { id: "NIST SP 800-53 AU-4(1)", why: "audit logs are transferred to the place that is meant for them" },
  ],
  judge: (wanted, scene, accepts) => placeFaults("locationPrefix", wanted, scene, accepts),
};
