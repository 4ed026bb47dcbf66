#!/usr/bin/env node
import { explain } from "@auditgate/cli/parts";
import { createProgram } from "./program.ts";

createProgram()
  .parseAsync()
  .catch((error: unknown) => {
    const { text, code } = explain(error, "auditgate-fleet");
    if (text !== "") process.stderr.write(`${text}\n`);
    // Work that waits for a Redis that is away would wait for ever.
    process.exit(code);
  });
