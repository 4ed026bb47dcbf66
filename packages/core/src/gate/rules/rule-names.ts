import { catalogues } from "./catalogues.ts";

/** Names of the rules about a query, such as `dws_audit_dump_records`: the fields of a policy by which it demands something. */
export function ruleNamesOf(query: string): readonly string[] {
  const own = Object.values(catalogues).find((catalogue) => catalogue.query === query);
  return own?.rules.map(({ name }) => name) ?? [];
}
