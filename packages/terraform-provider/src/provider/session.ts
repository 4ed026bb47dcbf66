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
  let refusal: string | undefined;
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
        if (isShared && refusal !== undefined)
          return { diagnostics: [repeatedDiagnostic(request.typeName, refusal)] };
        const diagnostic = readErrorDiagnostic(error, request.attributes);
        if (isShared) [refusal] = diagnostic.detail?.split("\n", 1) ?? [];
        return { diagnostics: [diagnostic] };
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

// Several readings under one bad credential fail at once; one whole explanation is enough. But a program in Python ends with
// whichever error it meets first, and shows that alone.
function repeatedDiagnostic(typeName: string, reason: string): Diagnostic {
  return errorDiagnostic({
    summary: `${typeName} was not read`,
    detail: `For the same reason as another one: ${reason}`,
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
