import { drawn } from "./draw.ts";
import { scene } from "./scene.ts";

const OUTPUT = `
  headline  0 of 48 dumps failed
In the emulator, the newest dump of cluster a0d1 was run again, with success.

✔ HCL configuration terraform-gate (examples/terraform-gate): terraform apply: deployed: 1.0.0 (1.0 s)


Error: The gate is closed: 1 violation
  with data.auditgate_gate.release,
  found     1 <failed> dump & no other
  record    clusterId="…" ${"x".repeat(200)}

✔ Pulumi: 3.250.0, from cache (0.1 s)
✔ Pulumi stack pulumi-gate: pulumi up: deployed: 1.0.0 (1.0 s)

Done in 9.9 s; nothing is left behind.
`;

test("the picture tells the demo's own lines, without what is too long or in between", () => {
  expect(scene(OUTPUT).map(({ text, tone }) => `${tone}: ${text}`)).toEqual([
    "command: $ npx pnpm@12 demo",
    "plain: headline  0 of 48 dumps failed",
    "plain: ",
    "faint: In the emulator, the newest dump was run again, with success.",
    "plain: ",
    "good: ✔ terraform apply: deployed: 1.0.0 (1.0 s)",
    "plain: ",
    "bad: Error: The gate is closed: 1 violation",
    "bad:   found     1 <failed> dump & no other",
    "plain: ",
    "faint: Done in 9.9 s; nothing is left behind.",
  ]);
});

test("what the demo no longer shows is an error, not an empty picture", () => {
  expect(() => scene("nothing")).toThrow("has not shown");
});

test("text of the demo stays text in the picture", () => {
  expect(drawn(scene(OUTPUT))).toContain("1 &lt;failed&gt; dump &amp; no other</text>");
});
