import type { CloudCase } from "./cloud-cases.ts";
import type { IniCase } from "./ini-cases.ts";
import type { ProxyCase } from "./proxy-cases.ts";

/** What a reference or we make of a case. */
export type Outcome = unknown;

/** One case, and what the reference makes of it. */
export interface Recorded {
  readonly case: CloudCase | IniCase | ProxyCase;
  readonly reference: Outcome;
}

interface Facts {
  readonly [name: string]: unknown;
}

/**
 * Deliberate differences, each with its reason; the table of `docs/credentials.md` is made of these. Those with a
 * function are met by generated cases; the others are left out of them, and have tests of their own.
 */
export const DIFFERENCES: readonly {
  readonly what: string;
  readonly why: string;
  readonly meets?: (each: Recorded, ours: Outcome) => boolean;
}[] = [
  {
    what: "Scalars of YAML and numbers of JSON are texts as written; openstacksdk makes 83 of `0123`.",
    why: "Ids and passwords are no numbers.",
  },
  {
    what: "A file, profile or cloud that is named and not there is an error, and so is a file that cannot be understood; openstacksdk goes on to the next.",
    why: "Whoever names one does not mean another.",
  },
  {
    what: "`verify` is true or false; openstacksdk takes any other value for the path of a certificate file.",
    why: 'A quoted `"False"` would be a file that is not there.',
  },
  {
    what: "`%(region_name)s` is filled in like `{region_name}`, also beside `auth`; a template that nothing fills in is an error where it is needed.",
    why: "The older form is still in people's files, and an address with a hole in it helps nobody.",
    meets: (_, ours) => String(factsOf(ours)["auth_url"]).includes("{"),
  },
  {
    what: "A region that a source above the cloud names need not be in the cloud's list.",
    why: "The list is the file's, the region the program's.",
    meets: (each, ours) =>
      "region" in each.case && each.case.region !== "" && isError(each.reference) && !isError(ours),
  },
  {
    what: "`domain_id` and `domain_name` are the user's account where no project is named, too; `user_domain_*` stands in for `project_domain_*`, and the other way round.",
    why: "The tools of the clouds read them so.",
    meets: ({ reference }) => factsOf(reference)["scoped"] === false,
  },
  {
    what: "Parts of a sign-in that a named cloud does not hold may come from variables below it.",
    why: "A password or passcode in a variable beside a cloud in a file is common.",
  },
  {
    what: "A profile that is an address is not asked for.",
    why: "Reading settings sends nothing.",
  },
  {
    what: "A byte order mark is no part of an INI file; the parser of Python refuses it.",
    why: "Editors write it.",
  },
  {
    what: "A `%` in an INI file is a character, as in RawConfigParser; ConfigParser fills in.",
    why: "Secret keys have it.",
  },
  {
    what: "`ALL_PROXY` is not read, SOCKS proxies and nonsense are errors, and the metadata service is never asked through a proxy.",
    why: "Go's package does the first; the others cannot work.",
  },
];

/** Whether ours differs from the reference otherwise than by intention; undefined where it is the same. */
export function differenceOf(each: Recorded, ours: Outcome): "deliberate" | "unknown" | undefined {
  const { reference } = each;
  if (isError(ours) && isError(reference)) return undefined;
  if (text(ours) === text(reference)) return undefined;
  const isMeant = DIFFERENCES.filter(({ meets }) => meets?.(each, ours));
  if (isMeant.length === 0) return "unknown";
  if (isError(ours) !== isError(reference)) return "deliberate";
  const meant = /domain/;
  const rest = (facts: Facts) =>
    Object.entries(facts).filter(
      ([name]) =>
        !(factsOf(reference)["scoped"] === false && meant.test(name)) &&
        !(String(factsOf(ours)["auth_url"]).includes("{") && name === "auth_url"),
    );
  return text(rest(factsOf(ours))) === text(rest(factsOf(reference))) ? "deliberate" : "unknown";
}

function isError(outcome: Outcome): boolean {
  return (
    outcome === "error" ||
    (typeof outcome === "object" && outcome !== null && Object.keys(outcome).join() === "error")
  );
}

function factsOf(outcome: Outcome): Facts {
  return typeof outcome === "object" && outcome !== null ? (outcome as Facts) : {};
}

// Keys in order, whatever order they were found in; a proxy's default port is none.
function text(outcome: Outcome): string {
  const plain = typeof outcome === "string" && outcome.includes("://") ? new URL(outcome).origin : outcome;
  return JSON.stringify(plain, (_, value: unknown) =>
    typeof value === "object" && value !== null && !Array.isArray(value)
      ? Object.fromEntries(Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1)))
      : value,
  );
}
