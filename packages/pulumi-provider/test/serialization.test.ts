import { execFile } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { type Emulator, sample, startEmulator } from "@auditgate/emulator";
import { projectFolder, type Scratch, scratch } from "./stack.ts";

const run = promisify(execFile);
const clusterId = sample.clusters.healthy;

let emulator: Emulator;
let at: Scratch;
let folder: string;

beforeAll(async () => {
  emulator = await startEmulator();
  at = scratch();
  folder = projectFolder(at);
});

afterAll(async () => {
  await emulator.close();
  at.remove();
});

// Prints what Pulumi would write into the state for each of the three resources.
const program = `
pulumi.runtime.setMocks({
  newResource: ({ inputs, id }) => (console.log(JSON.stringify(inputs.__provider)), { id, state: inputs }),
  call: () => ({}),
}).then(() => {
  new auditgate.DwsAuditDumpRecords("d", { clusterId: "c" });
  new auditgate.DwsParameterModificationRecords("p", { clusterId: "c" });
  new auditgate.DdsAuditLogs("l", { instanceId: "i" });
});`;

const programs = {
  "serialize.cjs": `const pulumi = require("@pulumi/pulumi"); const auditgate = require("@auditgate/pulumi-provider"); ${program}`,
  "serialize.mjs": `import * as pulumi from "@pulumi/pulumi"; import * as auditgate from "@auditgate/pulumi-provider"; ${program}`,
};

// Does with a serialized provider what Pulumi's provider process does, for two resources at once.
const reviver = `
const [text, config, clusterId] = JSON.parse(process.argv[2]);
const revived = new module.constructor();
revived.paths = module.constructor._nodeModulePaths(process.cwd());
revived._compile(text, "");
const provider = revived.exports.handler();
provider.configure({ config: { get: (key) => config[key] } });
Promise.all([1, 2].map(() => provider.read("the-id", { clusterId, records: null, __provider: text }))).then(
  (results) => console.log(JSON.stringify(results.map(({ id, props }) => [id, props.total, Object.keys(props)]))),
  (error) => console.log(JSON.stringify(error.message)),
);`;

async function serialize(file: keyof typeof programs): Promise<string[]> {
  writeFileSync(join(folder, file), programs[file]);
  const env = { ...process.env, AUDITGATE_SECRET_KEY: "canary-of-the-environment" };
  const { stdout } = await run(process.execPath, [file], { cwd: folder, env });
  return stdout
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line) as string);
}

test.each(["serialize.cjs", "serialize.mjs"] as const)(
  "%s: what stands in the state is small, captures the query alone and works when it is brought back",
  async (file) => {
    const texts = await serialize(file);
    expect(texts).toHaveLength(3);
    for (const text of texts) {
      expect(text.length).toBeLessThan(2500);
      // No folder of the machine that wrote it.
      expect(text).not.toContain(process.cwd());
      expect(text).not.toContain("canary");
      // A module of its own: nothing that Pulumi's serializer would add, whose text differs with its version.
      expect(text).toMatch(/^exports\.handler = \(\) => \(\(query\) => \(\{\n[^]*\}\)\)\("\w+"\);\n$/);
    }
    writeFileSync(join(folder, "revive.cjs"), reviver);
    const config = {
      "auditgate:region": sample.region,
      "auditgate:projectId": sample.project.id,
      "auditgate:token": sample.auditor.token,
      "auditgate:endpoints": JSON.stringify({ dws: emulator.url }),
    };
    const dumps = texts.find((text) => text.includes('"dwsAuditDumpRecords"'));
    const { stdout } = await run(
      process.execPath,
      ["revive.cjs", JSON.stringify([dumps, config, clusterId])],
      { cwd: folder },
    );
    const names = ["clusterId", "records", "total", "complete", "summary", "digest"];
    expect(JSON.parse(stdout)).toEqual(Array(2).fill(["the-id", 336, expect.arrayContaining(names)]));
  },
  60_000,
);

test("a state of either module system is the same", async () => {
  expect((await serialize("serialize.mjs")).toSorted()).toEqual(
    (await serialize("serialize.cjs")).toSorted(),
  );
}, 60_000);
