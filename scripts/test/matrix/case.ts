import { mkdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { startEmulator } from "@auditgate/emulator";
import { createProject } from "../../../packages/terraform-provider/test/project.ts";
import { filesOf, type Kind, type Place, type Way } from "./configuration.ts";
import { type Outcome, tryRelease } from "./trial.ts";

export interface Case {
  readonly engine: "terraform" | "tofu";
  readonly place: Place;
  readonly kind: Kind;
  readonly way: Way;
}

/** Tries a case in a folder, and against an emulator, of its own. */
export async function tryCase({ engine, place, kind, way }: Case): Promise<Outcome> {
  const emulator = await startEmulator();
  const project = createProject({
    engine,
    main: "",
    env: { ...emulator.env, AUDITGATE_MAX_RETRIES: "0" },
  });
  try {
    return await tryRelease(
      {
        write(release) {
          for (const [file, text] of Object.entries(filesOf({ place, kind, way }, release))) {
            mkdirSync(dirname(join(project.folder, file)), { recursive: true });
            if (file === "main.tf") project.rewrite(text);
            else project.write(file, text);
          }
        },
        async run(...args) {
          const { code, stdout, stderr } = await project.run(...args);
          return { code, output: stdout + stderr };
        },
        state: () => readFileSync(join(project.folder, "terraform.tfstate"), "utf8"),
      },
      emulator,
      way,
    );
  } finally {
    project.remove();
    await emulator.close();
  }
}
