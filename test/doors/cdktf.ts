import { readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";

import { camelCased, type Door } from "./door.ts";
import { terraformProject } from "./terraform.ts";

/** A program of constructs, synthesized and then run through Terraform. */
function constructsDoor(name: string, library: "cdktf" | "cdktn", example: string): Door {
  return {
    name,
    open: async (bench, literals = {}) => {
      const program = readFileSync("test/doors/programs/cdktf.mjs", "utf8");
      // The same program: nothing but the imports differs.
      const imports = /(?<=from "(?:@auditgate\/)?)cdktf/g;
      writeFileSync(join(bench.folder, "constructs.mjs"), program.replaceAll(imports, library));
      writeFileSync(join(bench.folder, "literals.json"), JSON.stringify(camelCased(literals)));
      symlinkSync(resolve("examples", example, "node_modules"), join(bench.folder, "node_modules"));
      const env = { TERRAFORM_BINARY_NAME: "terraform" };
      await bench.succeed(process.execPath, ["constructs.mjs"], { env });
      return terraformProject(bench, "terraform", "cdktf.out/stacks/doors");
    },
  };
}

/** CDKTF. */
export const cdktfDoor = constructsDoor("CDKTF", "cdktf", "cdktf-outputs");

/** Its successor, CDK Terrain. */
export const cdktnDoor = constructsDoor("CDK Terrain", "cdktn", "cdktn-gate");
