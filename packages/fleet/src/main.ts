#!/usr/bin/env node
import { explain } from "@auditgate/cli/parts";
import { createProgram } from "./program.ts";

createProgram()
  .parseAsync()
  .catch((error: unknown) => {
    const { text, code } = explain(error, "auditgate-fleet");
    if (text !== "") process.stderr.write(`${text}\n`);
    process.exitCode = code;
  });
