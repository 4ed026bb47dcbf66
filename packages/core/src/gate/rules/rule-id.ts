import { catalogues } from "./catalogues.ts";

/** Id of what stands for the rules of a query where a reading of it cannot be judged: `dws.dump.complete`. */
export function ruleIdOf(query: string, rule: "readable" | "complete" | "within"): string {
  const own = Object.values(catalogues).find((catalogue) => catalogue.query === query);
  return `${own?.family ?? query}.${rule}`;
}
