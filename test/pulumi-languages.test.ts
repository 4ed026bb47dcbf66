import { globSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { snakeCase } from "@auditgate/core";
import { type Emulator, sample, startEmulator } from "@auditgate/emulator";

import { type Bench, createBench, type Env } from "./doors/bench.ts";
import { addToPython, addToYaml, type Bridged, openBridge, openBridgeWithoutNode } from "./doors/bridge.ts";

jest.setTimeout(300_000);

const clusterIds = [sample.clusters.healthy];
const STACK = ["--stack", "dev"];
const RULE = { clusterIds, maxFailures: 0 };

let emulator: Emulator;
let bench: Bench;
let bridged: Bridged;
beforeAll(async () => {
  emulator = await startEmulator();
});
afterEach(() => emulator.reset());
afterAll(() => emulator.close());

const write = (name: string, text: string) => writeFileSync(join(bench.folder, name), text);
const run = (command: string, ...more: readonly string[]) =>
  bridged.pulumi.run([command, ...(command === "up" ? ["--yes", "--skip-preview"] : []), ...more, ...STACK]);

/** What the state has, by name: all that a program deploys here is a provider, which needs nothing. */
async function deployed(): Promise<readonly string[]> {
  const exported = JSON.parse(await bridged.pulumi.succeed(["stack", "export", ...STACK])) as {
    readonly deployment: { readonly resources?: readonly { readonly urn: string }[] };
  };
  return (exported.deployment.resources ?? [])
    .map(({ urn }) => urn.split("::").at(-1) ?? "")
    .filter((name) => /^(?:guarded|beside)/.test(name));
}

function failDump(): void {
  emulator.update((data) => {
    const dumps = data.clusters.find(({ id }) => id === sample.clusters.healthy)?.dumps;
    if (!Array.isArray(dumps)) throw new Error("the sample has changed");
    Object.assign(dumps[0] ?? {}, { result: "FAILED", failed_reason: "The bucket is full." });
  });
}

/** Settings that are not in the environment are the stack's configuration, as users would say them. */
function configured(env: Env): string[] {
  return [
    ["--plaintext", "auditgate:region", env["AUDITGATE_REGION"]],
    ["--plaintext", "auditgate:projectId", env["AUDITGATE_PROJECT_ID"]],
    ["--secret", "auditgate:accessKey", sample.auditor.accessKey],
    ["--secret", "auditgate:secretKey", sample.auditor.secretKey],
  ].flatMap(([kind = "", name = "", value = ""]) => [kind, `${name}=${value}`]);
}

/** They are no names of the schema's. */
const KEYS_OF_A_MAP = /^### Nested Schema for `acknowledged\.record`\n[^]*?(?=^<a id|(?![^]))/m;

const SECRETS = [sample.auditor.accessKey, sample.auditor.secretKey];
const filesWith = (secrets: readonly string[]) =>
  [...bench.files()].flatMap(([path, content]) =>
    secrets.some((secret) => content.includes(secret)) ? [path] : [],
  );

interface Program {
  readonly rules: object;
  readonly args?: object;
  /** Where the resources stand in the file: behind the gate, or before it. */
  readonly first?: "gate" | "resources";
}

/** A YAML program: one resource uses the gate's output, the other one does not. */
const yaml = ({ rules, args = {}, first = "gate" }: Program) => {
  const gate = { function: "auditgate:getGate", arguments: { dwsAuditDumpRecords: [rules], ...args } };
  const variables = { variables: { gate: { "fn::invoke": gate } } };
  const resources = {
    resources: {
      guarded: { type: "pulumi:providers:auditgate", properties: { region: "${gate.id}" } },
      beside: { type: "pulumi:providers:auditgate", properties: { region: "eu-de" } },
    },
  };
  write(
    "Pulumi.yaml",
    JSON.stringify({
      name: "gated",
      runtime: "yaml",
      ...(first === "gate" ? { ...variables, ...resources } : { ...resources, ...variables }),
      outputs: { passed: "${gate.passed}", violations: "${gate.violations}" },
    }),
  );
};

describe("YAML", () => {
  beforeAll(async () => {
    bench = createBench(emulator.env);
    yaml({ rules: RULE });
    bridged = await openBridge(bench);
    await addToYaml(bench, bridged);
    await bridged.pulumi.succeed(["stack", "init", ...STACK]);
  });
  afterAll(() => bench.remove());

  test.each(["gate", "resources"] as const)(
    "a closed gate fails preview and up with its reasons and deploys nothing, whichever stands first in the file: the %s",
    async (first) => {
      failDump();
      yaml({ rules: RULE, first });
      for (const command of ["preview", "up"]) {
        const { code, output } = await run(command);
        expect([command, code]).toEqual([command, expect.any(Number)]);
        expect(code).not.toBe(0);
        expect(output).toContain("The gate is closed: 1 violation");
        expect(output.replaceAll(/\s+/g, " ")).toContain("at most 0 failed dumps");
      }
      expect(await deployed()).toEqual([]);
    },
  );

  test("a gate that passes lets all be deployed, and the next preview is empty", async () => {
    yaml({ rules: RULE });
    expect(await run("up")).toMatchObject({ code: 0 });
    expect((await deployed()).toSorted()).toEqual(["beside", "guarded"]);
    expect(await run("preview", "--expect-no-changes")).toMatchObject({ code: 0 });
  });

  test("an advisory gate that is closed passes nothing off as passed, and fails nothing", async () => {
    failDump();
    yaml({ rules: RULE, args: { enforcement: "advisory" } });
    const { code, output } = await run("preview");
    expect([code, output]).toEqual([0, expect.stringContaining("1 failed dump")]);
    expect(output).toMatch(/passed +: (?:true => )?(?:~ )?false|passed +: \S+ => false/);
  });

  test("the page says which names the bridge changes", async () => {
    const known = new Set((await bridged.schema()).match(/(?<=")\w+(?=": ?\{)/g)?.map(snakeCase));
    const pages = globSync("docs/data-sources/*.md").map((file) =>
      readFileSync(file, "utf8").replace(KEYS_OF_A_MAP, ""),
    );
    const names = pages.flatMap((page) => [...page.matchAll(/^- `(\w+)` \(/gm)].map(([, name = ""]) => name));
    const told = readFileSync("docs/pulumi-languages.md", "utf8").matchAll(/^\| `(\w+)` +\| `(\w+)` +\|/gm);
    const table = [...told].map(([, ours = "", theirs = ""]) => [ours, snakeCase(theirs)]);
    const changed = new Set(names.filter((name) => !known.has(name)));
    expect(changed).toEqual(new Set(table.map(([ours]) => ours)));
    expect(table.filter(([, theirs = ""]) => !known.has(theirs))).toEqual([]);
  });

  test("an argument that there is not is dropped by the bridge in silence, in a rule and beside it; the page warns of it", async () => {
    failDump();
    yaml({ rules: { clusterIds, maxAge: "30d", maxFailure: 0 }, args: { enforcment: "mandatory" } });
    expect(await run("preview")).toMatchObject({ code: 0 });
  });

  test("a policy without rules, a malformed id and a wrong type are refused", async () => {
    for (const rules of [{ clusterIds }, { ...RULE, clusterIds: ["c1"] }, { ...RULE, maxFailures: "many" }]) {
      yaml({ rules });
      const { code } = await run("preview");
      expect([rules, code === 0]).toEqual([rules, false]);
    }
  });

  test("credentials of the configuration, encrypted there, are in no file, state or output", async () => {
    yaml({ rules: RULE });
    const none = { AUDITGATE_ACCESS_KEY: "", AUDITGATE_SECRET_KEY: "", AUDITGATE_METADATA: "false" };
    const without = await bridged.pulumi.run(["preview", ...STACK], none);
    expect(without.code).not.toBe(0);
    await bridged.pulumi.succeed(["config", "set-all", ...configured(emulator.env), ...STACK]);
    const outputs = [
      await bridged.pulumi.succeed(["up", "--yes", "--skip-preview", ...STACK], none),
      await bridged.pulumi.succeed(["preview", "--debug", "--diff", ...STACK], none),
      await bridged.pulumi.succeed(["stack", "export", ...STACK], none),
    ];
    for (const secret of SECRETS) expect(outputs.join("\n")).not.toContain(secret);
    expect(filesWith(SECRETS)).toEqual([]);
  });
});

test("the executable reads and gates a YAML program on a machine without Node.js", async () => {
  bench = createBench(emulator.env);
  try {
    yaml({ rules: RULE });
    bridged = await openBridgeWithoutNode(bench);
    const node = bench.run("node", ["--version"], { env: { PATH: join(bench.folder, "bare") } });
    await expect(node).rejects.toMatchObject({ code: "ENOENT" });
    await addToYaml(bench, bridged);
    await bridged.pulumi.succeed(["stack", "init", ...STACK]);
    expect(await run("up")).toMatchObject({ code: 0 });
    expect((await deployed()).toSorted()).toEqual(["beside", "guarded"]);
    failDump();
    for (const command of ["preview", "up"]) {
      const { code, output } = await run(command);
      expect([command, code === 0, output]).toEqual([
        command,
        false,
        expect.stringContaining("The gate is closed: 1 violation"),
      ]);
    }
  } finally {
    bench.remove();
  }
});

describe("Python", () => {
  const python = (gate: string) =>
    write(
      "__main__.py",
      `import pulumi
import pulumi_auditgate as auditgate

cluster_ids = ["${sample.clusters.healthy}"]
pulumi.Stash("beside-before", input="1.0.0")
gate = auditgate.${gate}
pulumi.Stash("guarded", input=gate.id)
pulumi.Stash("beside-after", input="1.0.0")
pulumi.export("passed", gate.passed)
`,
    );
  const rule = (args: string) => `dws_audit_dump_records=[auditgate.GetGateDwsAuditDumpRecordArgs(${args})]`;
  const RULES = rule("cluster_ids=cluster_ids, max_failures=0");

  beforeAll(async () => {
    bench = createBench(emulator.env);
    write("Pulumi.yaml", "name: gated\nruntime: python\n");
    bridged = await openBridge(bench, { PYTHONPATH: join(bench.folder, "site") });
    await addToPython(bench, bridged);
    await bridged.pulumi.succeed(["stack", "init", ...STACK]);
  });
  afterAll(() => bench.remove());

  test.each([
    ["get_gate, which holds back all that comes after it in the program", "get_gate", ["beside-before"]],
    [
      "get_gate_output, which holds back what uses its output alone",
      "get_gate_output",
      ["beside-after", "beside-before"],
    ],
  ])("a closed gate fails preview and up with its reasons, by %s", async (_, call, beside) => {
    failDump();
    python(`${call}(${RULES})`);
    for (const command of ["preview", "up"]) {
      const { code, output } = await run(command);
      expect(code).not.toBe(0);
      expect(output).toContain("The gate is closed: 1 violation");
    }
    expect((await deployed()).toSorted()).toEqual(beside);
  });

  test("a gate that passes lets all be deployed", async () => {
    python(`get_gate(${RULES})`);
    expect(await run("up")).toMatchObject({ code: 0 });
    expect((await deployed()).toSorted()).toEqual(["beside-after", "beside-before", "guarded"]);
  });

  test("an argument that there is not is refused by the SDK's classes, and a dictionary, whose names are not translated, by the gate", async () => {
    failDump();
    python(`get_gate(${RULES}, enforcment="mandatory")`);
    const unknown = await run("preview");
    expect([unknown.code === 0, unknown.output]).toEqual([false, expect.stringContaining("enforcment")]);
    python(`get_gate(${rule("cluster_ids=cluster_ids, max_failure=0")})`);
    const misspelled = await run("preview");
    expect([misspelled.code === 0, misspelled.output]).toEqual([
      false,
      expect.stringContaining("max_failure"),
    ]);
    python(
      'get_gate(dws_audit_dump_records=[{"cluster_ids": cluster_ids, "max_failures": 0, "max_age": "24h"}])',
    );
    const dictionary = await run("preview");
    expect([dictionary.code === 0, dictionary.output]).toEqual([
      false,
      expect.stringContaining("cluster_ids"),
    ]);
  });
});
