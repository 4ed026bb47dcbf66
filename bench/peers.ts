import { createHash } from "node:crypto";
import { copyFileSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";

import { cacheFolder } from "../scripts/engines/locate.ts";
import { goBuild } from "../scripts/engines/go-build.ts";
import { run } from "./program.ts";

const sources = join(import.meta.dirname, "peers");

// Its package.json forgets uuid, which it needs.
const OFFICIAL_NODE = ["@huaweicloud/huaweicloud-sdk-core@3.1.211", "uuid@9.0.1"];
const GO_PROVIDER = "github.com/terraform-providers/terraform-provider-http";
export const GO_PROVIDER_VERSION = "1.2.0";

/** What a peer is run with; each is fetched from its registry and kept in the cache beside the engines. */
export interface Peers {
  /** Interpreter that has the official Python SDK. */
  readonly python: string;
  /** Reader built on the official Go SDK. */
  readonly goReader: string;
  /** Folder with the official Node core in its node_modules. */
  readonly officialNode: string;
  /** A Terraform provider in Go, hashicorp/http. */
  readonly goProvider: string;
}

type Peer = keyof Peers;
type Report = (text: string) => void;

/** Puts one peer in place, unless it is there in this version. */
async function peer(name: Peer, report: Report): Promise<string> {
  const cache = join(dirname(cacheFolder()), "bench");
  const { path, wants, install } = PEERS[name](cache);
  const record = join(cache, `${name}.sha256`);
  const version = createHash("sha256").update(wants).digest("hex");
  const known = existsSync(record) ? readFileSync(record, "utf8") : "";
  if (known === version && existsSync(path)) return path;
  mkdirSync(cache, { recursive: true });
  await install(report);
  writeFileSync(record, version);
  return path;
}

/** As {@link peer}; where one cannot be had, says so in `notes` and gives undefined. */
export async function tryPeer(
  name: Peer,
  { report }: { readonly report: Report },
  notes: string[],
): Promise<string | undefined> {
  try {
    return await peer(name, report);
  } catch (error) {
    const [reason] = (error as Error).message.split("\n").filter((line) => line !== "");
    notes.push(`Left out, for it could not be had: ${TITLES[name]} (${reason}).`);
    return undefined;
  }
}

const TITLES: Readonly<Record<Peer, string>> = {
  python: "the official Python SDK",
  goReader: "the official Go SDK",
  officialNode: "the official Node core",
  goProvider: "the Go provider",
};

interface Recipe {
  readonly path: string;
  /** Whatever, when changed, makes what is installed stale. */
  readonly wants: string;
  install(report: Report): Promise<void>;
}

const PEERS: Readonly<Record<Peer, (cache: string) => Recipe>> = {
  python: (cache) => {
    const folder = join(cache, "python");
    const python = join(folder, "bin", "python");
    const requirements = join(sources, "python", "requirements.txt");
    return {
      path: python,
      wants: readFileSync(requirements, "utf8"),
      async install(report) {
        report("installing the official Python SDK");
        rmSync(folder, { recursive: true, force: true });
        await run("python3", ["-m", "venv", folder]);
        await run(python, ["-m", "pip", "install", "--quiet", "--requirement", requirements]);
      },
    };
  },
  officialNode: (cache) => {
    const folder = join(cache, "node");
    return {
      path: folder,
      wants: OFFICIAL_NODE.join(" "),
      async install(report) {
        report("installing the official Node core");
        rmSync(folder, { recursive: true, force: true });
        mkdirSync(folder);
        writeFileSync(join(folder, "package.json"), '{ "private": true }\n');
        await run("npm", ["install", "--no-audit", "--no-fund", "--silent", ...OFFICIAL_NODE], {
          cwd: folder,
        });
      },
    };
  },
  goReader: (cache) => {
    const program = join(cache, "go-reader");
    const folder = join(sources, "go");
    return {
      path: program,
      wants: ["go.sum", "reader.go"].map((file) => readFileSync(join(folder, file), "utf8")).join("\n"),
      install: (report) => goBuild({ folder: "go", package: "." }, sources, program, report),
    };
  },
  goProvider: (cache) => {
    const program = join(cache, `terraform-provider-http_v${GO_PROVIDER_VERSION}`);
    return {
      path: program,
      wants: readFileSync(join(sources, "go-provider", "go.sum"), "utf8"),
      install: (report) => goBuild({ folder: "go-provider", package: GO_PROVIDER }, sources, program, report),
    };
  },
};

/** Places the Go provider where Terraform finds it without any configuration. */
export function placeGoProvider(program: string, folder: string): void {
  const arch = process.arch === "x64" ? "amd64" : process.arch;
  const host = join(folder, "terraform.d", "plugins", "registry.terraform.io");
  const home = join(host, "hashicorp", "http", GO_PROVIDER_VERSION, `${process.platform}_${arch}`);
  mkdirSync(home, { recursive: true });
  copyFileSync(program, join(home, `terraform-provider-http_v${GO_PROVIDER_VERSION}`));
}
