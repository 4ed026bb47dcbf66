/** What an executable runs on: Bun of this version, out of the packages that its makers publish for each platform. */
export const RUNTIME_VERSION = "1.4.5";

/** A runtime for one platform. */
export interface Runtime {
  /** Name in the npm registry. */
  readonly package: string;
  /** Of the package's archive, as the registry states it for this version. */
  readonly integrity: string;
  /** Path in the package. */
  readonly program: string;
  /** What Bun's compiler calls the platform. */
  readonly target: string;
}

const runtime = (name: string, target: string, integrity: string, program = "bin/bun"): Runtime => ({
  package: `@oven/bun-${name}`,
  target: `bun-${target}`,
  integrity: `sha512-${integrity}`,
  program,
});

/** By platform as engines name it. The ones for x86 are those that need no AVX2. */
export const RUNTIMES: { readonly [platform: string]: Runtime } = {
  darwin_amd64: runtime(
    "darwin-x64-baseline",
    "darwin-x64-baseline",
    "zqfLA5A4B+hYMh5WYzYSot3uZ06FzhdP0OEwQisEzdirYtXGj5cQFlfy31BGfNsAsk1Gd/w/OxJ/jqqJ3cMclw==",
  ),
  darwin_arm64: runtime(
    "darwin-aarch64",
    "darwin-arm64",
    "4MIFXHmctH2EhAxLXm2/qxNtv17dFtLJylvaOCsrgq6KSqHTs6eW5YSrJjRbJxYUJaR901fsN8JfZOa+CsWpWQ==",
  ),
  linux_amd64: runtime(
    "linux-x64-baseline",
    "linux-x64-baseline",
    "s8yMwYcFnnrA178gji0gZbkE2WVDej/Ti1x770oPfihxyRxSMNhGhiAQNXV53aDeraZxksdvKV/RAdQBCd0qPA==",
  ),
  linux_arm64: runtime(
    "linux-aarch64",
    "linux-arm64",
    "4BXmsSKnjOrlGWqZV4x/oWa7AVoR+B6lCXddMzOAXBIm3t50eslg9wb66gmtW1AamEQ1l1CDvmmruysEhqOWMg==",
  ),
  windows_amd64: runtime(
    "windows-x64-baseline",
    "windows-x64-baseline",
    "/U3Dc74uGqE6EUqef7mPtg9KwJs7iJH4JHRMfIZIn18MrJh6Xz4gVvWDXRvzCL2j8wPlTnJVyrO4n7Qq4uM7TQ==",
    "bin/bun.exe",
  ),
};

/** For Linux with musl instead of glibc, such as Alpine, which engines call the same. They need libstdc++. */
export const MUSL_RUNTIMES: { readonly [platform: string]: Runtime } = {
  linux_amd64: runtime(
    "linux-x64-musl-baseline",
    "linux-x64-musl-baseline",
    "cWJhU8h0+MiUgpSt99sQhjxLIIosKEcKYdtKddohokUvAuN6jKOy7g7+QDTZTXtwHxz93wL3BX+L6wXVPDUH3A==",
  ),
  linux_arm64: runtime(
    "linux-aarch64-musl",
    "linux-arm64-musl",
    "XCNc+WvvMAdNNb+OWTogpy+N9wm62fkVeEVLb6how0RZhW5LPi6c7BlkeVCuWps7XjEl2saFpHFa20/1E+PAHg==",
  ),
};
