import type { dynamic } from "@pulumi/pulumi";
import { argumentsIn, type QueryName, SECRET_MARK, type Values } from "./arguments.ts";
import { clientOf } from "./clients.ts";
import { NAMESPACE, settingsFrom } from "./config.ts";
import { messageOf, resourceError } from "./errors.ts";
import { withoutPrint } from "./quiet.ts";
import { readValues } from "./reading.ts";

export { readGate } from "./gate-runtime.ts";

// Goes to stderr, which Pulumi shows among the diagnostics; stdout is the protocol.
const logger = { debug() {}, warn: (message: string) => console.error(`warning: ${message}`) };

/**
 * Reads one resource, in Pulumi's provider process. Called by the providers in every stack's state, so neither its
 * name nor its parameters change.
 *
 * @param props - Arguments of the resource; in a refresh, what the state has.
 */
export async function read(
  query: QueryName,
  config: dynamic.Config | undefined,
  id: string,
  props: Values,
): Promise<{ id: string; props: Values }> {
  const args = argumentsIn(query, props);
  const secret = props[SECRET_MARK] === true;
  try {
    const settings = settingsFrom((name) => config?.get(`${NAMESPACE}:${name}`));
    const { id: _, ...values } = await readValues(clientOf(settings, logger), query, args);
    return { id, props: { ...args, ...values, ...(secret && { [SECRET_MARK]: true }) } };
  } catch (error) {
    throw withoutPrint(resourceError(query, messageOf(error, secret ? args : {})));
  }
}
