import { evaluateGate, type GateVerdict, harmless } from "@auditgate/core";
import type { dynamic } from "@pulumi/pulumi";
import { isGiven, scopeOf, SECRET_MARK, type Values } from "../arguments.ts";
import { messageOf, redact, resourceError } from "../errors.ts";
import { withoutPrint } from "../process/quiet.ts";
import { logger, runtimeClient } from "../process/runtime-client.ts";
import { policyIn, storedIn } from "./arguments.ts";
import { reportOf } from "./report.ts";
import { storedChecksIn, storedVerdict } from "./stored-checks.ts";

const NAME = "auditGate";

/**
 * Evaluates a gate, in Pulumi's provider process. Fails where it is closed; in a refresh, which deploys nothing, it
 * only says and records so. Gates are judged in the program since 0.2.0: this is called by the providers in states
 * that 0.1.0 wrote, so neither its name nor its parameters change.
 *
 * @param props - Arguments of the gate; in a refresh, what the state has, which includes an earlier verdict.
 */
export async function readGate(
  config: dynamic.Config | undefined,
  id: string,
  props: Values,
): Promise<{ id: string; props: Values }> {
  const refreshed = isGiven(props["evidenceDigest"]);
  const mark = props[SECRET_MARK];
  const secrets: readonly unknown[] = Array.isArray(mark) ? mark : [];
  let verdict: GateVerdict;
  try {
    const client = runtimeClient(config).with(scopeOf(props));
    const policy = policyIn(props);
    verdict = await storedVerdict(policy, storedChecksIn(props), () => evaluateGate(client, policy));
  } catch (error) {
    throw withoutPrint(resourceError(NAME, redact(messageOf(error), secrets)));
  }
  const report = redact(reportOf(verdict), secrets);
  if (verdict.blocking && !refreshed) throw withoutPrint(resourceError(NAME, report));
  if (!verdict.passed && refreshed) logger.warn(report);
  for (const warning of verdict.warnings) logger.warn(redact(harmless(warning), secrets));
  const { passed, blocking, violations, skipped, evidenceDigest } = verdict;
  const checks = storedChecksIn(props);
  const found = { passed, blocking, violations, skipped, evidenceDigest };
  return {
    id,
    props: { ...storedIn(props), checks, ...found, ...(isGiven(mark) && { [SECRET_MARK]: mark }) },
  };
}
