import { type Bill, fullName, type Licence } from "./bill.ts";

/** One package of others that comes with ours. */
export interface Licensed {
  readonly name: string;
  readonly version: string;
  readonly licence: string;
  /** Folders of our packages that bring it along. */
  readonly broughtBy: readonly string[];
}

/**
 * All packages of others in the bills, each once.
 *
 * @param bills - By the name of our package.
 * @throws {Error} where one states no licence.
 */
export function licensedIn(bills: ReadonlyMap<string, Bill>): readonly Licensed[] {
  const found = new Map<string, Licensed>();
  for (const [owner, { components }] of bills) {
    for (const component of components.filter(({ group }) => group !== "@auditgate")) {
      const { version, licenses = [], purl } = component;
      const name = fullName(component);
      const licence = licenses.map(textOf).join(", ");
      if (licence === "") throw new Error(`${name} ${version} states no licence`);
      const broughtBy = [...(found.get(purl)?.broughtBy ?? []), owner.replace("@auditgate/", "")];
      found.set(purl, { name, version, licence, broughtBy });
    }
  }
  return [...found.values()].toSorted((a, b) => (a.name < b.name ? -1 : 1));
}

export function licenceTable(licensed: readonly Licensed[]): string {
  const rows = licensed.map(
    ({ name, version, licence, broughtBy }) =>
      `| ${name} | ${version} | ${licence} | ${broughtBy.join(", ")} |`,
  );
  const head = "| package | version | licence | comes with |\n| --- | --- | --- | --- |";
  return `# Licences of what the packages bring along\n\n${head}\n${rows.join("\n")}\n`;
}

function textOf({ license, expression }: Licence): string {
  return expression ?? license.id ?? license.name ?? "";
}
