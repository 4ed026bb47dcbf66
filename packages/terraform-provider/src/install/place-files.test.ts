import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { placeFiles } from "./place-files.ts";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "place-files-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

const shared = Buffer.from("for two platforms");
const files = new Map([
  ["one.zip", shared],
  ["two.zip", shared],
  ["other.zip", Buffer.from("for another")],
]);

test("every folder has the files, and the disk has each content once", () => {
  const folders = ["a", "b", "c"].map((name) => join(folder, name));
  placeFiles(folders, files);
  const inodes = new Set<number>();
  for (const place of folders) {
    for (const [name, content] of files) {
      expect(readFileSync(join(place, name))).toEqual(content);
      inodes.add(statSync(join(place, name)).ino);
    }
  }
  expect(inodes.size).toBe(2);
});

test("files of another folder are used where they are the same, and written where they are not", () => {
  const [like, same, other] = ["like", "same", "other"].map((name) => join(folder, name));
  placeFiles([like!], files);
  placeFiles([same!], files, like);
  for (const name of files.keys())
    expect(statSync(join(same!, name)).ino).toBe(statSync(join(like!, name)).ino);
  writeFileSync(join(like!, "one.zip"), "damaged");
  placeFiles([other!], files, like);
  expect(readFileSync(join(other!, "one.zip"))).toEqual(shared);
  placeFiles([join(folder, "alone")], files, join(folder, "nowhere"));
  expect(readFileSync(join(folder, "alone", "two.zip"))).toEqual(shared);
});

test("what is placed elsewhere is another file", () => {
  const [one, two] = ["one", "two"].map((name) => join(folder, name));
  for (const place of [one!, two!]) placeFiles([place], files);
  expect(statSync(join(one!, "one.zip")).ino).not.toBe(statSync(join(two!, "one.zip")).ino);
});
