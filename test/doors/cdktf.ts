import { copyFileSync, symlinkSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";

import { camelCased, type Door } from "./door.ts";
import { terraformProject } from "./terraform.ts";

/** A CDKTF program, synthesized and then run through Terraform. */
export const cdktfDoor: Door = {
  name: "CDKTF",
  open: async (bench, literals = {}) => {
    copyFileSync(resolve("test/doors/programs/cdktf.mjs"), join(bench.folder, "cdktf.mjs"));
    writeFileSync(join(bench.folder, "literals.json"), JSON.stringify(camelCased(literals)));
    symlinkSync(resolve("examples/cdktf-outputs/node_modules"), join(bench.folder, "node_modules"));
    await bench.succeed(process.execPath, ["cdktf.mjs"], { env: { TERRAFORM_BINARY_NAME: "terraform" } });
    return terraformProject(bench, "terraform", "cdktf.out/stacks/doors");
  },
};
