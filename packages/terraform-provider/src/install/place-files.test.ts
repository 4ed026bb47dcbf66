import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { EXECUTABLE_FILE, NOTICES_FILE } from "./package-files.ts";
import { placeFiles } from "./place-files.ts";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "place-files-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

const files = new Map([
  [EXECUTABLE_FILE, Buffer.from("program")],
  [NOTICES_FILE, Buffer.from("notices")],
]);

test("every folder has the files with their modes, and the disk has them once", () => {
  const folders = ["a/1", "a/2", "b"].map((name) => join(folder, name));
  placeFiles(folders, files);
  const inodes = new Set<number>();
  for (const place of folders) {
    for (const [name, content] of files) expect(readFileSync(join(place, name))).toEqual(content);
    const { ino, mode } = statSync(join(place, EXECUTABLE_FILE));
    expect(mode & 0o777).toBe(0o755);
    inodes.add(ino);
  }
  expect(inodes.size).toBe(1);
});

test("files of another folder are used where they are the same, and written where they are not", () => {
  const [like, same, other] = ["like", "same", "other"].map((name) => join(folder, name));
  placeFiles([like!], files);
  placeFiles([same!], files, like);
  expect(statSync(join(same!, EXECUTABLE_FILE)).ino).toBe(statSync(join(like!, EXECUTABLE_FILE)).ino);
  writeFileSync(join(like!, EXECUTABLE_FILE), "damaged");
  placeFiles([other!], files, like);
  expect(readFileSync(join(other!, EXECUTABLE_FILE), "utf8")).toBe("program");
  placeFiles([join(folder, "alone")], files, join(folder, "nowhere"));
  expect(readFileSync(join(folder, "alone", NOTICES_FILE), "utf8")).toBe("notices");
});

test("what is placed elsewhere is another file", () => {
  const [one, two] = ["one", "two"].map((name) => join(folder, name));
  for (const place of [one!, two!]) placeFiles([place], files);
  expect(statSync(join(one!, NOTICES_FILE)).ino).not.toBe(statSync(join(two!, NOTICES_FILE)).ino);
});
