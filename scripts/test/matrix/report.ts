import type { Case } from "./case.ts";
import { ACTIONS, KINDS, PLACES, WAYS, type Kind, type Place, type Way } from "./configuration.ts";
import type { Outcome } from "./trial.ts";

const HEAD = `# What a closed gate holds back, measured

Written by \`npx pnpm@12 test matrix\`, which tries each case with both engines: a first release is deployed behind an open gate,
the gate closes, and a second release creates a guarded resource, updates one, replaces one, replaces another one whose
\`lifecycle\` has \`create_before_destroy\`, and drops one from the configuration. A cell says what was done nevertheless;
"all held" means that no guarded resource was touched, and the command failed with the reasons.
[Gate a deployment](gate-terraform.md) says what follows from it.
`;

/** The outcomes as a page. */
export function matrixReport(tried: readonly (readonly [Case, Outcome])[]): string {
  const cell = (engine: Case["engine"], place: Place, kind: Kind, way: Way) => {
    const outcome = tried.find(
      ([one]) => one.engine === engine && one.place === place && one.kind === kind && one.way === way,
    )?.[1];
    return outcome && words(outcome);
  };
  const sections = Object.entries(WAYS).map(([way, what]) => {
    const rows = Object.entries(PLACES).flatMap(([place, where]) =>
      KINDS.flatMap((kind) => {
        const cells = (["terraform", "tofu"] as const).map((engine) =>
          cell(engine, place as Place, kind, way as Way),
        );
        return cells.every((one) => one === undefined)
          ? []
          : [`| ${where} | ${kind === "both" ? "data and ephemeral" : kind} | ${cells.join(" | ")} |`];
      }),
    );
    return [
      `## ${what.charAt(0).toUpperCase()}${what.slice(1)}\n`,
      "| the gate is | as | Terraform | OpenTofu |",
      "| --- | --- | --- | --- |",
      ...rows,
    ].join("\n");
  });
  return `${[HEAD, ...sections].join("\n\n")}\n`;
}

function words({ done, failed }: Outcome): string {
  if (done.length === ACTIONS.length && !failed) return "**all is applied**";
  return done.length === 0 && failed ? "all held" : `${done.join(", ")}${failed ? "" : ", **no error**"}`;
}
