import type { Client, Settings } from "@auditgate/core";
import { snakeCase } from "../schema/attribute.ts";
import { type Core, readQuery, type ReadRequest, type ReadResult } from "./data-source.ts";
import { errorDiagnostic, readErrorDiagnostic } from "./diagnostics.ts";
import { GATE, readGate } from "./gate.ts";
import type { Diagnostic } from "../protocol/gen/tfplugin6.ts";
import type { Log } from "./log.ts";

/** One configuration of the provider, and its one client, which all readings share. */
export interface Session {
  read(request: ReadRequest): Promise<ReadResult>;
}

/** @param loadCore - Called by the first reading, not earlier. */
export function createSession(settings: Settings, loadCore: () => Promise<Core>, log: Log): Session {
  let client: Client | undefined;
  let hasRefused = false;
  return {
    async read(request) {
      const began = performance.now();
      const core = await loadCore();
      try {
        client ??= core.createClient({ settings, settingOrigin, logger: loggerOf(log) });
        const readIt = request.typeName === GATE ? readGate : readQuery;
        return await readIt(core, client, request, (ids, outcome) => {
          const ms = Math.round(performance.now() - began);
          log("info", `read ${request.typeName}`, { ms, request_ids: ids.join(" "), outcome });
        });
      } catch (error) {
        if (!core.AuditError.is(error)) throw error;
        log("info", `cannot read ${request.typeName}`, { code: error.code, request_id: error.requestId });
        const isShared = error.code === "ERR_UNAUTHENTICATED" || error.code === "ERR_CONFIG";
        if (isShared && hasRefused) return { diagnostics: [repeatedDiagnostic(request.typeName)] };
        hasRefused ||= isShared;
        return { diagnostics: [readErrorDiagnostic(error, request.attributes)] };
      }
    },
  };
}

/** What to show where the configuration depends on things that are not there yet: nothing can be read with it. */
export function unknownDiagnostic(names: readonly string[]): Diagnostic {
  return errorDiagnostic({
    summary: "The provider's configuration is not known yet",
    detail: `Set to values that are known only after apply: ${names.join(", ")}. Apply what they depend on first (-target), or give known values.`,
  });
}

// Several readings under one bad credential fail at once; one explanation is enough.
function repeatedDiagnostic(typeName: string): Diagnostic {
  return errorDiagnostic({
    summary: `${typeName} was not read`,
    detail:
      "For the same reason as another one: see the error about the provider's configuration or credentials.",
  });
}

function settingOrigin(name: string): string {
  return `argument ${snakeCase(name)}`;
}

function loggerOf(log: Log) {
  return {
    debug: (message: string, fields: Parameters<Log>[2]) => log("debug", message, fields),
    warn: (message: string, fields: Parameters<Log>[2]) => log("warn", message, fields),
  };
}
