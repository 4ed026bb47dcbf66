import { placeFaults } from "../../trail/dump-place.ts";
import type { DumpScene } from "../../trail/dump-scene.ts";
import { name } from "../policy-values.ts";
import type { Rule } from "../rule.ts";

/** Every dump went to the one bucket. */
export const bucketName: Rule<string, DumpScene> = {
  id: "dws.dump.bucket-name",
  name: "bucketName",
  order: 5,
  field: name.optional().describe("OBS bucket that every dump must have been written to."),
  demands: "every dump went to this bucket; null is `unknown`",
  timed: false,
  next: "Set the bucket of the cluster's audit-log dump, or change bucketName.",
  acknowledgedBy: ["executorTime"],
  controls: [
    { id: "NIST SP 800-53 AU-4(1)", why: "audit logs are transferred to the place that is meant for them" },
    { id: "ISO/IEC 27001:2022 A.8.15", why: "logs are stored where they are protected" },
  ],
  judge: (wanted, scene, accepts) => placeFaults("bucketName", wanted, scene, accepts),
};
