import { catalogues } from "./catalogues.ts";
import type { Unjudged } from "./rule.ts";

/** Id of what stands for the rules of a query where a reading of it cannot be judged: `dws.dump.complete`. */
export function ruleIdOf(query: string, rule: Unjudged): string {
  const own = Object.values(catalogues).find((catalogue) => catalogue.query === query);
  return `${own?.family ?? query}.${rule}`;
}
