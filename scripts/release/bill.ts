import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** A bill of materials in CycloneDX, as far as we look at it. */
export interface Bill {
  readonly metadata: { readonly component: Component };
  readonly components: readonly Component[];
  readonly dependencies: readonly Edges[];
}

export interface Component {
  readonly type: "library";
  /** Scope of the name, such as `@auditgate`. */
  readonly group?: string;
  readonly name: string;
  readonly version: string;
  readonly purl: string;
  readonly "bom-ref": string;
  readonly licenses?: readonly Licence[];
}

export type Licence =
  | { readonly license: { readonly id?: string; readonly name?: string }; readonly expression?: never }
  | { readonly expression: string; readonly license?: never };

interface Edges {
  readonly ref: string;
  readonly dependsOn: readonly string[];
}

/** The bill with what the package's build carries inside, as its notices tell. */
export function withBundled(bill: Bill, folder: string): Bill {
  const bundled = globSync(join(folder, "dist/**/THIRD-PARTY-NOTICES.txt"))
    .flatMap((file) => [...readFileSync(file, "utf8").matchAll(/^(\S+) (\d\S*) \((.+)\)$/gm)])
    .map(([, name = "", version = "", licence = ""]) => componentOf(name, version, licence))
    .filter((component) => bill.components.every(({ purl }) => purl !== component.purl));
  const own = bill.metadata.component["bom-ref"];
  return {
    ...bill,
    components: [...bill.components, ...bundled],
    dependencies: [
      ...bill.dependencies.map((each) =>
        each.ref === own
          ? { ref: own, dependsOn: [...each.dependsOn, ...bundled.map(({ purl }) => purl)] }
          : each,
      ),
      ...bundled.map(({ purl }) => ({ ref: purl, dependsOn: [] })),
    ],
  };
}

/** The bill of what a package is together with runtimes: each of them is in one of its executables. */
export function withRuntimes(bill: Bill, runtimes: readonly RuntimePart[]): Bill {
  const parts = runtimes.map(({ name, version, licence }) => componentOf(name, version, licence));
  return {
    ...bill,
    components: [...bill.components, ...parts],
    dependencies: [
      ...bill.dependencies.map((each) =>
        each.ref === bill.metadata.component["bom-ref"]
          ? { ...each, dependsOn: [...each.dependsOn, ...parts.map(({ purl }) => purl)] }
          : each,
      ),
      ...parts.map(({ purl }) => ({ ref: purl, dependsOn: [] })),
    ],
  };
}

/** A package of a runtime. */
interface RuntimePart {
  readonly name: string;
  readonly version: string;
  readonly licence: string;
}

export function fullName({ group, name }: Component): string {
  return group === undefined ? name : `${group}/${name}`;
}

function componentOf(fullNameOf: string, version: string, licence: string): Component {
  const [name = "", group] = fullNameOf.split("/").toReversed();
  const purl = `pkg:npm/${fullNameOf.replace("@", "%40")}@${version}`;
  return {
    type: "library",
    ...(group !== undefined && { group }),
    name,
    version,
    purl,
    "bom-ref": purl,
    licenses: [/ (?:AND|OR) /.test(licence) ? { expression: licence } : { license: { id: licence } }],
  };
}
