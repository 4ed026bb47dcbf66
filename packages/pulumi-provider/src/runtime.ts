import type { dynamic } from "@pulumi/pulumi";
import { argumentsIn, type QueryName, SECRET_MARK, type Values } from "./arguments.ts";
import { messageOf, resourceError } from "./errors.ts";
import { withoutPrint } from "./process/quiet.ts";
import { readValues } from "./reading.ts";
import { runtimeClient } from "./process/runtime-client.ts";

export { readGate } from "./gate/runtime.ts";

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
    const { id: _, ...values } = await readValues(runtimeClient(config), query, args);
    return { id, props: { ...args, ...values, ...(secret && { [SECRET_MARK]: true }) } };
  } catch (error) {
    throw withoutPrint(resourceError(query, messageOf(error, secret ? args : {})));
  }
}
