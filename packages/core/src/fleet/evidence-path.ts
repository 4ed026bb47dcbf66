import { parse, join } from "node:path";

/** Path of one target's evidence: the name goes before the extension. Without a target, the path as it is. */
export function evidencePath(path: string, target: string | undefined): string {
  if (target === undefined) return path;
  const { dir, name, ext } = parse(path);
  return join(dir, `${name}.${target}${ext}`);
}
