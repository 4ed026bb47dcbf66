/** Code whose every line decides whether a reading can be trusted, with the suites that have to notice a change in it. */
export interface Group {
  readonly name: string;
  readonly mutate: readonly string[];
  /** For jest's `testMatch`. */
  readonly suites: readonly string[];
}

const SRC = "packages/core/src";
const TEST = "packages/core/test";

export const groups: readonly Group[] = [
  {
    name: "signing",
    mutate: [`${SRC}/http/signer.ts`],
    suites: [`${SRC}/http/signer.test.ts`, `${TEST}/properties.test.ts`],
  },
  {
    name: "windows",
    mutate: [`${SRC}/reading/window.ts`],
    suites: [`${SRC}/reading/window.test.ts`],
  },
  {
    name: "gate rules",
    mutate: [`${SRC}/gate/rules/*/*.ts`, `${SRC}/gate/trail/*.ts`, `!${SRC}/gate/**/*.test.ts`],
    suites: [`${SRC}/gate/rules/**/*.test.ts`, `${SRC}/gate/trail/*.test.ts`],
  },
  {
    name: "clock",
    mutate: [`${SRC}/reading/service-dates.ts`],
    suites: [`${SRC}/reading/service-dates.test.ts`],
  },
  {
    name: "lists",
    mutate: [`${SRC}/reading/listing.ts`, `${SRC}/reading/past.ts`, `${SRC}/reading/paging.ts`],
    suites: [`${SRC}/reading/listing.test.ts`, `${SRC}/reading/paging.test.ts`],
  },
  {
    name: "pages",
    mutate: [`${SRC}/reading/pages.ts`],
    suites: [`${TEST}/pages.test.ts`, `${TEST}/long-pages.test.ts`],
  },
];

/** Of the changes that are made in a group, so many are to be noticed [%]. */
export const LEAST_PERCENT = 85;

export const MUTATION_HELP = `
Changes the code of each group in small ways, one at a time, and runs the group's tests: a change that no test notices
survives. Only what has changed since the last run is tried again. Of all groups it writes docs/mutation.md. Fails where a
group notices less than ${LEAST_PERCENT} % of the changes.

Groups: ${groups.map(({ name }) => name).join(", ")}`;
