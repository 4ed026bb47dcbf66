#!/usr/bin/env node
import { explain } from "./explain.ts";
import { createProgram } from "./program.ts";

// A reader such as `head` may close the pipe early.
process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  if (error.code === "EPIPE") process.exit();
});

createProgram()
  .parseAsync()
  .catch((error: unknown) => {
    const { text, code } = explain(error);
    if (text !== "") process.stderr.write(`${text}\n`);
    process.exitCode = code;
  });
