#!/usr/bin/env node
import { explain } from "./explain.ts";

// A reader such as `head` may close the pipe early.
process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  if (error.code === "EPIPE") process.exit();
});

// Apart, for `read` shares the parser that is bundled with it, and this file runs when it is loaded.
import("./program.ts")
  .then(({ createProgram }) => createProgram().parseAsync())
  .catch((error: unknown) => {
    const { text, code } = explain(error);
    if (text !== "") process.stderr.write(`${text}\n`);
    process.exitCode = code;
  });
