import { execFileSync } from "node:child_process";
import { mkdirSync } from "node:fs";
import { join } from "node:path";

import { cacheFolder } from "../engines/locate.ts";
import { findOnPath } from "../engines/on-path.ts";

/** A Chromium, and what it has to be started with. */
export interface Browser {
  readonly executablePath: string;
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string | undefined>>;
}

const NAMES = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];

/** The Chromium of PATH; where there is none, the one that a package of the lockfile holds, with the libraries it needs. */
export function locateBrowser(): Browser {
  const found = NAMES.map(findOnPath).find((path) => path !== undefined);
  if (found !== undefined) return { executablePath: found, args: ["--no-sandbox"], env: process.env };
  const folder = join(cacheFolder(), "chromium");
  mkdirSync(folder, { recursive: true });
  // It unpacks into the folder for temporary files, and its libraries only where it takes this for the machine that it is
  // made for.
  const env = { ...process.env, TMPDIR: folder, AWS_EXECUTION_ENV: "AWS_Lambda_nodejs24.x" };
  const [executablePath = "", libraries] = execFileSync(process.execPath, ["--input-type=module"], {
    input: `import chromium from "@sparticuz/chromium";
console.log([await chromium.executablePath(), process.env.LD_LIBRARY_PATH].join("\\n"));`,
    encoding: "utf8",
    env,
  }).split("\n");
  const args = ["--no-sandbox", "--no-zygote", "--disable-gpu"];
  return { executablePath, args, env: { ...process.env, LD_LIBRARY_PATH: libraries } };
}
