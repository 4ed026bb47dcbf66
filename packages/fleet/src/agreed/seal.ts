import { createHmac, timingSafeEqual } from "node:crypto";
import { UsageError } from "@auditgate/cli/parts";

/**
 * Makes texts that nobody can write who does not have the key. What a text is for is part of its seal: a result of one
 * job is none of another.
 */
export interface Seal {
  /** The text as it lies in Redis. */
  close(purpose: string, text: string): string;
  /** The text, or undefined where it was not sealed with this key for this purpose. */
  open(purpose: string, sealed: unknown): string | undefined;
  /** A name that those give to the same text who have this key [hex]. */
  nameOf(text: string): string;
}

const SHORTEST_KEY = 32;

/**
 * A seal of the key that coordinator and workers share.
 *
 * @throws {UsageError} For a key that is not set, or so short that it could be guessed.
 */
export function createSeal(key: string | undefined): Seal {
  if (key === undefined || key === "") {
    throw new UsageError(
      "set AUDITGATE_FLEET_KEY to a secret that coordinator and workers share: openssl rand -hex 32",
    );
  }
  if (key.length < SHORTEST_KEY) {
    throw new UsageError(
      `AUDITGATE_FLEET_KEY has ${key.length} characters, and must have ${SHORTEST_KEY} at least`,
    );
  }
  const macOf = (purpose: string, text: string) =>
    createHmac("sha256", key).update(`${purpose.length} ${purpose}\n${text}`).digest("hex");
  return {
    close: (purpose, text) => `${macOf(purpose, text)} ${text}`,
    nameOf: (text) => macOf("name", text).slice(0, 16),
    open(purpose, sealed) {
      if (typeof sealed !== "string" || sealed[64] !== " ") return undefined;
      const text = sealed.slice(65);
      const [given, right] = [sealed.slice(0, 64), macOf(purpose, text)].map((mac) => Buffer.from(mac));
      const same = given && right && given.length === right.length && timingSafeEqual(given, right);
      return same ? text : undefined;
    },
  };
}
