import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parseData } from "./data/data-file.ts";
import { namedFaults } from "./faults/names.ts";
import { parseFaults, parseFaultText } from "./faults/parse.ts";

const readme = readFileSync(join(__dirname, "..", "README.md"), "utf8");

test("the data file in the README is a data file", () => {
  const [, text = ""] = /```json\n(.*?)```/s.exec(readme) ?? [];
  expect(parseData(JSON.parse(text)).clusters[0]?.name).toBe("mine");
});

test("the faults in the README are faults", () => {
  expect(parseFaults({ name: "html", times: 1 })).toEqual([{ body: "html", times: 1 }]);
  const [, text = ""] = /--fault '(.*?)'/.exec(readme) ?? [];
  expect(parseFaultText(text)).toEqual([{ on: "logs", nth: 3, status: 503 }]);
  expect(parseFaultText("throttled")).toEqual([namedFaults["throttled"]]);
});

test("the README explains every field of a fault", () => {
  const fields = new Set(Object.values(namedFaults).flatMap((fault) => Object.keys(fault)));
  for (const field of fields) expect(readme).toContain(`\`${field}\``);
});
