/** `pnpm run docs`: the documentation, as a site and as it is followed. */
import { spawnSync } from "node:child_process";

import { root } from "./build/packages.ts";
import { start } from "./command-line.ts";
import { FOLLOW_HELP, followPages } from "./docs/follow-pages.ts";
import { drawReport } from "./docs/report-pictures.ts";

/** Runs programs one after another, until one fails. */
const programs =
  (...lines: readonly string[]) =>
  () => {
    const { status } = spawnSync("sh", ["-c", lines.join(" && ")], { cwd: root, stdio: "inherit" });
    process.exitCode = status ?? 1;
  };

await start("docs", {
  parts: {
    dev: (command) => command.action(programs("vitepress dev docs")),
    build: (command) => command.action(programs("typedoc", "vitepress build docs")),
    reference: (command) => command.action(programs("typedoc")),
    screenshots: (command) => command.action(drawReport),
    follow: (command) =>
      command
        .argument("[page...]", "such as README.md")
        .addHelpText("after", FOLLOW_HELP)
        .action(followPages),
  },
});
