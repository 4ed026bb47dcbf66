import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";

import { Extractor, ExtractorConfig, ExtractorLogLevel, type IConfigFile } from "@microsoft/api-extractor";

import type { Package } from "../../build/packages.ts";
import { manifestOf } from "../packages/pack.ts";

/** All that users of one entry point of a package can see, as API Extractor writes it. */
export interface ApiReport {
  /** File name, such as `core.api.md`. */
  readonly name: string;
  readonly text: string;
  /** What is wrong with the declarations, with the place in the built types. */
  readonly problems: readonly string[];
}

/** The reports of a built package, one for each entry point that programs import. */
export function reportsOf(each: Package): readonly ApiReport[] {
  const { exports = {} } = manifestOf(each);
  const imported = Object.keys(exports).filter((path) => !path.endsWith(".json"));
  return imported.map((path) => reportOf(each.folder, path === "." ? "index" : path.slice(2)));
}

function reportOf(folder: string, entry: string): ApiReport {
  const name = [basename(folder), ...(entry === "index" ? [] : [entry]), "api.md"].join(".");
  const scratch = mkdtempSync(join(tmpdir(), "auditgate-api-"));
  try {
    const config = ExtractorConfig.prepare({
      configObject: configOf(folder, entry, { name, scratch }),
      configObjectFullPath: undefined,
      packageJsonFullPath: join(folder, "package.json"),
    });
    const problems: string[] = [];
    Extractor.invoke(config, {
      localBuild: true,
      messageCallback: (message) => {
        if (message.category === "Compiler") problems.push(message.text);
        message.handled = true;
      },
    });
    const text = readFileSync(join(scratch, name), "utf8");
    return { name, text, problems: [...problems, ...undocumented(text)].map((each) => `${name}: ${each}`) };
  } finally {
    rmSync(scratch, { recursive: true });
  }
}

function configOf(
  folder: string,
  entry: string,
  { name, scratch }: { readonly name: string; readonly scratch: string },
): IConfigFile {
  const types = join(folder, "dist", `${entry}.d.ts`);
  return {
    projectFolder: folder,
    mainEntryPointFilePath: types,
    compiler: {
      overrideTsconfig: {
        compilerOptions: {
          module: "nodenext",
          target: "es2023",
          lib: ["es2024"],
          types: ["node"],
          strict: true,
          skipLibCheck: true,
        },
        include: [types],
      },
    },
    apiReport: {
      enabled: true,
      // A type that exports mention is part of them, exported or not.
      includeForgottenExports: true,
      reportFileName: name,
      reportFolder: scratch,
      reportTempFolder: join(scratch, "new"),
    },
    docModel: { enabled: false },
    dtsRollup: { enabled: false },
    tsdocMetadata: { enabled: false },
    newlineKind: "lf",
    messages: {
      extractorMessageReporting: { default: { logLevel: ExtractorLogLevel.None } },
      tsdocMessageReporting: { default: { logLevel: ExtractorLogLevel.None } },
    },
  };
}

/** Exports and their members without a word about them. Overloads, and an interface that merges with a class, have words of their own. */
function undocumented(report: string): readonly string[] {
  let owner = "";
  let isBare = false;
  const bare: string[] = [];
  for (const line of report.split("\n")) {
    const name = /^(?:export )?(?:abstract )?(?:class|const|function|interface|type) (\w+)/.exec(line)?.[1];
    if (name !== undefined) owner = name;
    if (isBare) bare.push(name ?? `${owner}: ${line.trim()}`);
    isBare = line.endsWith("(undocumented)");
  }
  return bare.map((each) => `${each} has no documentation`);
}
