import { fieldsOf } from "../field.ts";
import type { Config } from "./config.ts";
import { parseEndpoint } from "./endpoints.ts";
import { type Choice, pick, type SettingName } from "./layer.ts";
import type { Logger } from "../logger.ts";
import { settings } from "./settings.ts";

/** One setting in use. */
export interface SettingDescription {
  /** As in TypeScript and Pulumi, members with a dot: `region`, `endpoints.iam`. */
  readonly name: string;
  /** The value; of a key "set, 40 characters", of a password or token "set". */
  readonly value: string;
  /** Where it was found: `HW_REGION_NAME`, `option region`, `region of profile "prod" in …`. */
  readonly origin: string;
  /** Where else it is said, in any spelling, and not used. */
  readonly shadows: readonly string[];
}

/** Spellings of one thing; what is in no list has one spelling only. */
const SPELLINGS: readonly (readonly SettingName[])[] = [
  ["projectId", "projectName"],
  ["userId", "userName"],
  ["domainId", "domainName"],
  ["projectDomainId", "projectDomainName"],
  ["assumeRole.domainId", "assumeRole.domainName"],
  ["endpoints.iam", "authUrl"],
];

const KEYS = new Set(["accessKey", "secretKey"]);

const ENDPOINTS: ReadonlySet<string> = new Set([
  "endpoints.dws",
  "endpoints.dds",
  "endpoints.iam",
  "authUrl",
]);

const SECRETS = new Set(
  fieldsOf(settings)
    .filter(({ secret }) => secret)
    .map(({ name }) => name),
);

/** Every setting that a configuration uses, as it can be shown to anybody. */
export function describeConfig(config: Config): readonly SettingDescription[] {
  const { used, sources, forgotten, signIn } = config;
  const distinct = new Map(used.map((choice) => [choice.name, choice]));
  const rows = [...distinct.values()].map((choice) => ({
    name: choice.name,
    value: shown(choice),
    origin: choice.origin,
    shadows: shadowsOf(choice, sources.layers),
  }));
  const place = rows.some(({ name }) => name === "projectId" || name === "projectName");
  return [
    ...rows,
    ...(place || config.projectName === undefined
      ? []
      : [
          {
            name: "projectName",
            value: config.projectName,
            origin: "the region's own project",
            shadows: forgotten ? [forgotten.origin] : [],
          },
        ]),
    ...(distinct.has("region") || config.region === undefined
      ? []
      : [{ name: "region", value: config.region, origin: "the project's name", shadows: [] }]),
    {
      name: "signIn",
      value: "set",
      origin: signIn?.origin ?? "the machine's own agency (ECS metadata)",
      shadows: [],
    },
  ];
}

/** Tells the log where each setting came from, and warns where a profile keeps credentials of the environment out. */
export function reportConfig(config: Config, logger: Logger): void {
  for (const { name, value, origin, shadows } of describeConfig(config)) {
    logger.debug("setting", { name, value, origin, shadows: shadows.join(", ") || undefined });
  }
  for (const note of config.sources.notes) logger.debug(note, {});
  const { signIn, sources, forgotten } = config;
  if (forgotten) logger.debug(`${forgotten.origin} does not count: it is of another region.`, {});
  const rank = signIn?.parts[0]?.rank;
  const profile = rank === undefined ? undefined : sources.layers[rank];
  if (rank === undefined || profile?.kind !== "named profile") return;
  const credentials = [
    "token",
    "idTokenFile",
    "accessKey",
    "secretKey",
    "userId",
    "userName",
    "password",
  ] as const;
  const kept = sources.layers
    .slice(rank + 1)
    .filter(({ kind }) => kind === "values")
    .map((layer) => pick([layer], credentials)?.origin)
    .filter((origin) => origin !== undefined && !signIn?.parts.some((part) => part.origin === origin));
  if (kept.length > 0) {
    logger.warn(
      `Signed in with ${profile.label}; the credentials in ${kept.join(" and ")} are not used.`,
      {},
    );
  }
}

function shown({ name, value }: Choice): string {
  if (KEYS.has(name)) return `set, ${value.length} characters`;
  if (SECRETS.has(name) || value.includes("-----BEGIN")) return "set";
  return ENDPOINTS.has(name) ? (tryOrigin(value) ?? "set") : value;
}

// A URL can hold a password, or be one that somebody put in the wrong place.
function tryOrigin(text: string): string | undefined {
  try {
    return parseEndpoint({ value: text, origin: "" });
  } catch {
    return undefined;
  }
}

function shadowsOf(choice: Choice, layers: Config["sources"]["layers"]): readonly string[] {
  const names = SPELLINGS.find((each) => each.includes(choice.name)) ?? [choice.name];
  return layers.flatMap((layer, rank) =>
    rank < choice.rank
      ? []
      : names
          .map((name) => pick([layer], [name]))
          .flatMap((found) => (found && found.origin !== choice.origin ? [found.origin] : [])),
  );
}
