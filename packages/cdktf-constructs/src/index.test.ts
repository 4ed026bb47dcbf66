import { readdirSync } from "node:fs";
import { join } from "node:path";
import * as index from "./index.ts";

test("every generated class is exported, for signatures of a user's own", async () => {
  const folder = join(__dirname, "gen");
  const modules = await Promise.all(
    readdirSync(folder).map((name) => import(join(folder, name)) as Promise<object>),
  );
  const names = modules.flatMap((module) => Object.keys(module)).filter((name) => name !== "default");
  expect(Object.keys(index)).toEqual(expect.arrayContaining(names));
  expect(names.length).toBeGreaterThan(15);
});
