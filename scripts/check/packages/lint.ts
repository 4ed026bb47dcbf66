import { basename } from "node:path";

import { type Package, root } from "../../build/packages.ts";
import type { Step } from "../../progress.ts";
import { succeed } from "../../command.ts";
import { packOf } from "./pack.ts";

/** publint and attw on one pack; every remark of theirs fails. */
export function lintSteps(each: Package, scratch: string): Step[] {
  const pack = packOf(each, scratch);
  const tool = (name: string, ...args: string[]) =>
    succeed(`${root}/node_modules/.bin/${name}`, args, { cwd: root }).then(() => undefined);
  return [
    { title: `publint ${basename(each.folder)}`, run: () => tool("publint", "run", pack, "--strict") },
    { title: `attw ${basename(each.folder)}`, run: () => tool("attw", pack, "--no-color", "--no-emoji") },
  ];
}
