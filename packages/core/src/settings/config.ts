import { AuditError } from "../errors.ts";
import { certificates } from "./authorities.ts";
import { containerSignIn } from "./identity/container.ts";
import type { AssumeRole } from "./identity/credentials.ts";
import { chooseRole } from "./identity/role.ts";
import { chooseSignIn, type SignIn } from "./identity/sign-in.ts";
import { headerText } from "./header-text.ts";
import {
  cloudOf,
  endpointOf,
  hasEnterpriseProjects,
  parseEndpoint,
  parseMetadataEndpoint,
  type ServiceName,
} from "./endpoints.ts";
import { iamEndpoint, sdkEndpoint } from "./iam-endpoint.ts";
import {
  booleanOf,
  type Choice,
  type Environment,
  type Found,
  integerOf,
  type Layer,
  pick,
  type SettingName,
} from "./layer.ts";
import { choosePlace } from "./place.ts";
import { proxiesOf, type ProxyOf } from "./proxy.ts";
import type { Completeness, Sources } from "./sources.ts";

/** Everything a client works with, found once. */
export interface Config {
  readonly region: string | undefined;
  readonly projectId: string | undefined;
  /** Whether the region's services know enterprise projects. */
  readonly enterpriseProjects: boolean;
  /** Name to look the project up by where no id is known. */
  readonly projectName: string | undefined;
  /** Account of the project, where it is not the user's. */
  readonly projectDomain: { readonly id: string } | { readonly name: string } | undefined;
  readonly signIn: SignIn | undefined;
  /** Agency to act as, where the credentials name none of their own. */
  readonly assumeRole: AssumeRole | undefined;
  /**
   * Origin of a service.
   *
   * @throws {AuditError} `ERR_CONFIG` where neither an endpoint nor a region is known, or the endpoint is malformed:
   *   it is looked at only where it is needed.
   */
  endpoint(service: ServiceName): string;
  readonly attempts: number;
  readonly timeoutMs: number;
  /** Further certificate authorities (PEM); their file is read here. */
  ca(): readonly string[] | undefined;
  readonly insecure: boolean;
  /** The proxy for an origin; one that is malformed is an error only where it is needed. */
  readonly proxyOf: ProxyOf;
  /**
   * Origin of the metadata service of the machine; undefined where it must not be asked.
   *
   * @throws {AuditError} `ERR_CONFIG` for one that is malformed; looked at only where it is needed.
   */
  metadataEndpoint(): string | undefined;
  /** What was chosen, and the sources it was chosen from. */
  readonly used: readonly Choice[];
  readonly sources: Sources;
  /** Project that was named and does not count, for it is another region's. */
  readonly forgotten: Choice | undefined;
}

const METADATA = "http://169.254.169.254";
const DEFAULT_RETRIES = 2;
const DEFAULT_TIMEOUT_SECONDS = 300;

/**
 * Finds every setting in the first layer that has it.
 *
 * @param env - For what no setting names: proxies, and the SDKs' endpoint variables.
 * @param given - Credentials that the program hands over itself.
 * @throws {AuditError} `ERR_CONFIG` for a setting that is malformed, naming where it came from.
 */
export function resolveConfig(sources: Sources, env: Environment, given: SignIn | undefined): Config {
  const { layers } = sources;
  const used: Choice[] = [];
  const use = <T extends Choice | undefined>(choice: T): T => {
    if (choice) used.push(choice);
    return choice;
  };
  const find = (...names: readonly SettingName[]) => use(pick(layers, names));
  const signIn = given ?? chooseSignIn(layers) ?? containerSignIn(env);
  for (const part of signIn?.parts ?? []) use(part);
  // What a program hands over goes with what it says itself, not with an agency of the environment.
  const role = chooseRole(
    given ? layers.filter(({ owner, kind }) => owner === "program" && kind === "values") : layers,
    signIn,
  );
  for (const part of role?.parts ?? []) use(part);
  const place = choosePlace(layers, role);
  const { region, projectId, projectName, forgotten } = place;
  for (const part of place.parts) use(headerText(part));
  if (region !== undefined && !/^[\w.-]{1,64}$/.test(region)) {
    const origin = place.parts.find(({ name }) => name === "region")?.origin ?? "the project's name";
    throw new AuditError("ERR_CONFIG", `${origin} must be the name of a region, such as eu-de.`, {
      argument: "region",
    });
  }
  for (const part of signIn?.parts ?? []) headerText(part);
  const cloud = cloudName(find("cloud")) ?? (region === undefined ? undefined : cloudOf(region));
  const endpoints: { readonly [service in ServiceName]: Found | undefined } = {
    dws: find("endpoints.dws") ?? sdkEndpoint(env, "dws", region),
    dds: find("endpoints.dds") ?? sdkEndpoint(env, "dds", region),
    iam: use(iamEndpoint(layers, env, { secret: given ? "program" : signIn?.secret, region })),
  };
  // Nobody but auditgate's own settings names these, so a malformed one is an error wherever it is noticed.
  for (const own of [endpoints.dws, endpoints.dds]) if (own) parseEndpoint(own);
  const retries = find("maxRetries");
  find("timeoutSeconds");
  const trusting = layers.filter((layer, rank) => isTrusted(layer, rank, signIn));
  const insecure = use(pick(trusting, ["insecure"]));
  const authorities = use(pick(trusting, ["cacertFile"]));
  const metadata = find("metadata");
  const ofProject = pick(layers, ["projectDomainId", "projectDomainName"]);
  const project = place.parts.find(({ name }) => name !== "region");
  const isOfProject = ofProject && project && ofProject.rank <= project.rank;
  return {
    region,
    projectId,
    enterpriseProjects: hasEnterpriseProjects(cloud),
    projectName,
    projectDomain: isOfProject
      ? ofProject.name === "projectDomainId"
        ? { id: ofProject.value }
        : { name: ofProject.value }
      : undefined,
    signIn,
    assumeRole: role?.role,
    endpoint(service) {
      const own = endpoints[service];
      if (own) return parseEndpoint(own);
      if (region !== undefined && cloud !== undefined) return endpointOf(service, region, cloud);
      throw new AuditError(
        "ERR_CONFIG",
        `No region is known, so neither is the endpoint of ${service.toUpperCase()}: set region (AUDITGATE_REGION), or endpoints.${service} (AUDITGATE_${service.toUpperCase()}_ENDPOINT).`,
        { argument: "region" },
      );
    },
    attempts: (retries ? integerOf(retries, 0, 100) : DEFAULT_RETRIES) + 1,
    timeoutMs: timeoutOf(layers),
    ca: () => certificates(authorities),
    insecure: insecure ? booleanOf(insecure) : false,
    proxyOf: proxiesOf(env),
    metadataEndpoint() {
      if (metadata && !booleanOf(metadata)) return undefined;
      const value = env["AUDITGATE_METADATA_ENDPOINT"]?.trim();
      return value ? parseMetadataEndpoint({ value, origin: "AUDITGATE_METADATA_ENDPOINT" }) : METADATA;
    },
    used,
    sources,
    forgotten,
  };
}

/** Longest time of one reading [ms]. @throws {AuditError} `ERR_CONFIG` for one that is malformed. */
export function timeoutOf(layers: readonly Layer[]): number {
  const found = pick(layers, ["timeoutSeconds"]);
  return (found ? integerOf(found, 1, 3600) : DEFAULT_TIMEOUT_SECONDS) * 1000;
}

/** What is known of the sources that were found so far. */
export function completeness(given: SignIn | undefined): Completeness {
  const signsIn = (layers: readonly Layer[]) => {
    try {
      return given !== undefined || chooseSignIn(layers) !== undefined;
    } catch {
      // A part may be in a source further down, and an error is thrown when all are known.
      return false;
    }
  };
  const has = (layers: readonly Layer[], ...names: readonly SettingName[]) =>
    pick(layers, names) !== undefined;
  return {
    isWhole: (layers) =>
      signsIn(layers) &&
      has(layers, "projectId", "projectName") &&
      (choosePlace(layers, undefined).region !== undefined ||
        (has(layers, "endpoints.dws") && has(layers, "endpoints.dds"))),
    isEnough: (layers) => signsIn(layers) && has(layers, "projectId", "projectName", "region"),
  };
}

// Whom to trust is a profile's word for its own credentials only.
function isTrusted(layer: Layer, rank: number, signIn: SignIn | undefined): boolean {
  return layer.kind === "values" || layer.owner === "program" || rank <= (signIn?.secret?.rank ?? -1);
}

function cloudName(found: Found | undefined): string | undefined {
  if (!found) return undefined;
  if (/^[a-z0-9-]+(?:\.[a-z0-9-]+)*$/i.test(found.value)) return found.value;
  throw new AuditError("ERR_CONFIG", `${found.origin} must be a domain, such as otc.t-systems.com.`, {
    argument: "cloud",
  });
}
