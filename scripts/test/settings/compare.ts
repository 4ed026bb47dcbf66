import { type CloudCase, VARIABLES } from "./cloud-cases.ts";
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

/** One of the facts of a case, and what the reference makes of it: null where it has none. */
interface Fact {
  readonly name?: string;
  readonly wanted?: unknown;
}

/**
 * Deliberate differences, each with its reason; the table of `docs/credentials.md` is made of these. Those with a
 * function are met by generated cases, and all have a test that names them by their setting.
 */
export const DIFFERENCES: readonly {
  readonly what: string;
  readonly why: string;
  /** Whether one fact that differs is meant to; without a name it is the outcome as a whole. */
  readonly explains?: (fact: Fact, each: Recorded, ours: Outcome) => boolean;
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
    explains: ({ name }, _, ours) => name === "auth_url" && String(factsOf(ours)["auth_url"]).includes("{"),
  },
  {
    what: "A region that a source above the cloud names need not be in the cloud's list.",
    why: "The list is the file's, the region the program's.",
    explains: ({ name }, each, ours) =>
      name === undefined && isCloud(each.case) && each.case.region !== "" && !isError(ours),
  },
  {
    what: "`domain_id` and `domain_name` are the user's account where no project is named, too; `user_domain_*` stands in for `project_domain_*`, and the other way round.",
    why: "The tools of the clouds read them so.",
    explains: ({ name = "", wanted }, { reference }) =>
      name.endsWith("_domain") && (wanted === null || factsOf(reference)["scoped"] === false),
  },
  {
    what: "What a named cloud does not hold may come from variables below it, and what these do not hold from the only cloud of a file.",
    why: "A password or passcode in a variable beside a cloud in a file is common.",
    explains: ({ name, wanted }, each) =>
      hasSourceBelow(each.case) && (wanted === null || (name === "verify" && wanted === true)),
  },
  {
    what: "`OS_REGION_NAME` counts above the only cloud of a file that nobody named; openstacksdk does not look at it beside a file.",
    why: "Whoever sets it means the region.",
    explains: (_, { case: each }) =>
      isCloud(each) && each.env["OS_CLOUD"] === undefined && each.env["OS_REGION_NAME"] !== undefined,
  },
  {
    what: "A project is forgotten where a source above names another region than the project's own source, or than its name begins with.",
    why: "A project belongs to one region.",
    explains: ({ name = "" }, _, ours) => name.startsWith("project") && factsOf(ours)["forgotten"] === true,
  },
  {
    what: "A cloud that nobody named, put together of files of the working folder and of elsewhere, says neither where IAM is nor whom to trust.",
    why: "A change under review must not decide where a password is sent.",
    explains: ({ name = "" }, { case: each }, ours) =>
      ["auth_url", "verify"].includes(name) && factsOf(ours)["unnamed"] === true && isMixed(each),
  },
  {
    what: "A list in `region_name` of a vendor's profile means its first region, as one of a cloud does; openstacksdk takes the list for a name.",
    why: "No region is called `eu-de,eu-nl`.",
    explains: ({ name, wanted }) => name === "region_name" && String(wanted).includes(","),
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
  if (!isCloud(each.case) && text(ours) === text(reference)) return undefined;
  const isMeant = (fact: Fact) => DIFFERENCES.some(({ explains }) => explains?.(fact, each, ours));
  const whole = () => (isMeant({}) ? "deliberate" : "unknown");
  if (!isCloud(each.case) || isError(reference)) return whole();
  const wanted = signInOf(factsOf(reference));
  // The reference does not say that something is missing; ours does, or finds it in a source below.
  if (wanted === undefined) return isError(ours) ? undefined : "deliberate";
  if (isError(ours)) return "unknown";
  const found = factsOf(ours);
  const different = Object.entries(wanted).filter(([name, value]) => text(value) !== text(found[name]));
  if (different.length === 0) return undefined;
  return different.every(([name, value]) => isMeant({ name, wanted: value })) ? "deliberate" : "unknown";
}

/** What the reference uses of what it has found, under our words; undefined where that does not sign in. */
function signInOf(reference: Facts): Facts | undefined {
  const first = (...names: readonly string[]) => names.map((name) => reference[name]).find(Boolean);
  const user = first("user_id", "username");
  const domain = first("user_domain_id", "user_domain_name");
  if (!reference["token"] && !(user && reference["password"])) return undefined;
  if (!reference["token"] && !reference["user_id"] && !domain) return undefined;
  const project = first("project_id", "project_name");
  return {
    ...(reference["token"]
      ? { token: reference["token"] }
      : {
          user,
          password: reference["password"],
          passcode: reference["passcode"],
          user_domain: domain ?? null,
        }),
    project: project ?? null,
    // An id needs no account beside it.
    ...(project && !reference["project_id"] && !reference["token"]
      ? { project_domain: first("project_domain_id", "project_domain_name") ?? null }
      : {}),
    auth_url: reference["auth_url"],
    region_name: reference["region_name"],
    verify: reference["verify"],
  };
}

function isCloud(each: Recorded["case"]): each is CloudCase {
  return "kind" in each && each.kind === "clouds";
}

/** Whether variables stand below a cloud that is named, or files below variables. */
function hasSourceBelow(each: Recorded["case"]): boolean {
  return (
    isCloud(each) && Object.keys(each.env).some((name) => (VARIABLES as readonly string[]).includes(name))
  );
}

function isMixed(each: Recorded["case"]): boolean {
  const folders = isCloud(each) ? Object.keys(each.files).map((path) => path.split("/")[0]) : [];
  return new Set(folders).size > 1;
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
