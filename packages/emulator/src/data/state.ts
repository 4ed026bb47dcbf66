import { randomBytes } from "node:crypto";
import type { EmulatorData, Permission, Project } from "./data.ts";

/** Everything that changes while the emulator runs. */
export interface State {
  data: EmulatorData;
  /** Counts changes of the data; whatever is derived from the data is kept under this number. */
  version: number;
  /** Tokens of IAM by their text. */
  tokens: Map<string, IssuedToken>;
  /** Temporary keys by their AK. */
  temporaryKeys: Map<string, TemporaryKey>;
  /** Session tokens of the metadata service, with their end [ms since 1970-01-01 UTC]. */
  metadataTokens: Map<string, number>;
  /** What the tokens of identity providers are signed with. */
  idTokenKey: Buffer;
  /** The emulator's clock [ms since 1970-01-01 UTC]. */
  now(): number;
  /** Lifetime of new tokens [s]. */
  tokenSeconds: number;
}

/** On whose behalf a request is made. */
export interface Identity {
  /** ID of the account that the request counts for. */
  accountId: string;
  /** User or agency. */
  name: string;
  /** ID of the user, or of the agency. */
  userId: string;
  /** What may be done on their behalf. */
  permissions: readonly Permission[];
}

/** A token; without project it is scoped to the account. */
export interface IssuedToken extends Identity {
  projectId?: string;
  /** [ms since 1970-01-01 UTC]. */
  expires: number;
  methods: string[];
}

/** AK and SK that only count together with their security token. */
export interface TemporaryKey extends Identity {
  secret: string;
  securityToken: string;
  /** [ms since 1970-01-01 UTC]. */
  expires: number;
}

/** A state without any session. */
export function newState(data: EmulatorData, now: () => number, tokenSeconds: number): State {
  return {
    data,
    version: 0,
    tokens: new Map(),
    temporaryKeys: new Map(),
    metadataTokens: new Map(),
    idTokenKey: randomBytes(32),
    now,
    tokenSeconds,
  };
}

/** The project with this id, whoever owns it. */
export function findProject(state: State, id: string): Project | undefined {
  return state.data.projects.find((project) => project.id === id);
}
