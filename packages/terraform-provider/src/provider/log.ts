import { writeSync } from "node:fs";

const LEVELS = ["trace", "debug", "info", "warn", "error"] as const;
export type Level = (typeof LEVELS)[number];

/** What a log line says beside its message; never a secret. */
export type Fields = { readonly [name: string]: string | number | boolean | null | undefined };

export interface Log {
  (level: Level, message: string, fields?: Fields): void;
}

/**
 * A log whose lines Terraform shows at their level, with their fields: one JSON object a line, in the form of
 * its logger (hclog). Nothing is written, or even formatted, below the level that `TF_LOG` asks for.
 *
 * @param env - `TF_LOG_PROVIDER_AUDITGATE`, `TF_LOG_PROVIDER`, `TF_LOG` count, in this order.
 */
export function createLog(env: NodeJS.ProcessEnv, write: (line: string) => void): Log {
  const wanted = env["TF_LOG_PROVIDER_AUDITGATE"] || env["TF_LOG_PROVIDER"] || env["TF_LOG"] || "off";
  const lowest =
    wanted.toLowerCase() === "json" ? 0 : LEVELS.findIndex((level) => level === wanted.toLowerCase());
  return (level, message, fields) => {
    if (lowest < 0 || LEVELS.indexOf(level) < lowest) return;
    const line = {
      "@level": level,
      "@message": message,
      "@module": "auditgate",
      // Exactly six digits of fraction, else the line is taken for plain text.
      "@timestamp": new Date().toISOString().replace("Z", "000Z"),
      ...fields,
    };
    write(`${JSON.stringify(line)}\n`);
  };
}

/** Ends the process with a report that Terraform recognises as a crash of the provider, and shows. */
export function crash(error: unknown, redact: (text: string) => string): never {
  const { message, stack } = error instanceof Error ? error : new Error(String(error));
  try {
    writeSync(2, redact(`panic: ${message}\n\n${stack}\n`));
  } catch {
    // The engine is gone and stderr with it; there is nobody left to tell.
  }
  process.exit(2);
}
