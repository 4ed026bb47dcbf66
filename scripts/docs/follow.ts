import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { homedir } from "node:os";
import { delimiter, dirname, join } from "node:path";
import { stripVTControlCharacters } from "node:util";

import { root } from "../build/packages.ts";
import { cacheFolder, engines } from "../engines/locate.ts";
import type { Report } from "../progress.ts";
import { type Block, parsePage } from "./markdown.ts";
import { writePackageAdd } from "./package-add.ts";
import { type Outcome, openShell } from "./shell.ts";

/** A reader of one page, on a machine of its own as far as folders go. */
export interface Reader {
  readonly page: string;
  /** Types `tofu` for `terraform`, as the page says. */
  readonly tofu?: boolean;
  /** Where our own packages come from. */
  readonly registry: string;
  /** An empty folder. */
  readonly scratch: string;
}

/** Blocks that are commands, in the pages' words. */
const COMMANDS = "sh";
/** Commands of a clone. */
const IN_CLONE = /^npx pnpm@12 /m;

/**
 * Copies the blocks of a page in order: commands into a shell, files to where the shell is. Behind commands, a block
 * without a language is what they print, whatever the figures. Commands with `…` want an account, and are left out.
 *
 * @returns How many blocks it was.
 * @throws {Error} where a command fails that should not, or the other way round, or does not print what the page says.
 */
export async function follow(
  { page, tofu = false, registry, scratch }: Reader,
  report: Report,
): Promise<number> {
  const home = join(scratch, "home");
  mkdirSync(home);
  const env = environment(home, scratch, registry);
  const shell = openShell(scratch, home, env);
  // With a home of its own, pnpm would install this clone's packages anew, into that. It finds engines by itself, and would
  // remember this reader's.
  const clone = openShell(scratch, root, {
    ...env,
    HOME: homedir(),
    PATH: pathOf([dirname(process.execPath)]),
  });
  let latest: Outcome | undefined;
  let count = 0;
  try {
    for (const block of parsePage(readFileSync(join(root, page), "utf8")).blocks) {
      const place = `${page}:${block.line}`;
      const { language, note } = block;
      const code =
        tofu && language === COMMANDS ? block.code.replaceAll(/^terraform\b/gm, "tofu") : block.code;
      report(code.split("\n", 1)[0] ?? "");
      if (language === COMMANDS && !code.includes("…")) {
        latest = await (IN_CLONE.test(code) ? clone : shell).paste(withoutTests(code));
        const failed = latest.code !== 0;
        if (failed !== (note === "fails"))
          throw new Error(`${place}: the exit code is ${latest.code}\n${code}\n${latest.output}`);
      } else if (language === "" && latest) {
        expectPrinted(place, block, latest);
      } else if (language !== COMMANDS && /^[\w.-]+$/.test(note)) {
        writeFileSync(join(shell.folder, note), code);
      } else continue;
      count++;
    }
  } finally {
    await Promise.all([shell.close(), clone.close()]);
  }
  return count;
}

/** Without the command that runs all tests: this is one of them. */
function withoutTests(code: string): string {
  return code.replaceAll(/^npx pnpm@12 test\b.*\n/gm, "");
}

function expectPrinted(place: string, { code }: Block, { output }: Outcome): void {
  const printed = plain(output);
  const missing = code.split("\n").filter((line) => !printed.includes(plain(line)));
  if (missing.length > 0) {
    throw new Error(`${place}: the commands do not print\n${missing.join("\n")}\nbut\n${output}`);
  }
}

/** A text as readers compare it: without colours, frames and exact figures. */
function plain(text: string): string {
  return stripVTControlCharacters(text)
    .replaceAll(/[│╷╵]/g, " ")
    .replaceAll(/\d+/g, "0")
    .replaceAll(/\s+/g, " ")
    .trim();
}

/** Settings of engines, of clouds and of auditgate itself: a reader who begins has none. */
const SETTINGS =
  /^(?:TF|TOFU|PULUMI|CDKTF|TERRAFORM|AUDITGATE|HW|OS|HUAWEICLOUD_SDK|npm_package|npm_lifecycle)_|^NODE_(?:OPTIONS|PATH|ENV)$/;

function environment(home: string, scratch: string, registry: string): NodeJS.ProcessEnv {
  // Packages of others come from where this user's do.
  const own = process.env["NPM_CONFIG_USERCONFIG"] ?? join(homedir(), ".npmrc");
  const npmrc = join(scratch, "npmrc");
  const settings = existsSync(own) ? readFileSync(own, "utf8") : "";
  writeFileSync(npmrc, `${settings}\n@auditgate:registry=${registry}/\n`, { mode: 0o600 });
  const { terraform, tofu, pulumi, "redis-server": redis, languages } = engines();
  const packageAdd = writePackageAdd(scratch);
  const kept = Object.entries(process.env).filter(([name]) => !SETTINGS.test(name));
  const programs = [process.execPath, terraform, tofu, pulumi, redis].map((program) => dirname(program));
  const bins = [packageAdd.bin, ...programs, languages.bin];
  const temporary = join(scratch, "tmp");
  mkdirSync(temporary);
  return {
    ...Object.fromEntries(kept),
    HOME: home,
    TMPDIR: temporary,
    PATH: pathOf(bins),
    AUDITGATE_ENGINES: cacheFolder(),
    CHECKPOINT_DISABLE: "1",
    PULUMI_SKIP_UPDATE_CHECK: "true",
    PIP_CONSTRAINT: packageAdd.constraints,
    NPM_CONFIG_USERCONFIG: npmrc,
    // What a reader says when npx asks whether to install.
    NPM_CONFIG_YES: "true",
    NPM_CONFIG_CACHE: join(root, "node_modules/.cache/auditgate/npm"),
    NPM_CONFIG_PREFER_OFFLINE: "true",
    NPM_CONFIG_AUDIT: "false",
    NPM_CONFIG_FUND: "false",
    NPM_CONFIG_UPDATE_NOTIFIER: "false",
  };
}

function pathOf(first: readonly string[]): string {
  return [...first, process.env["PATH"]].join(delimiter);
}
