import { resourceError } from "../errors.ts";
import { withoutPrint } from "./quiet.ts";

test("an error that Pulumi reports is not printed beside, everything else is", () => {
  const printed = jest.spyOn(console, "error").mockImplementation(() => {});
  const [first, second] = ["first", "second"].map((name) => withoutPrint(resourceError(name, "failed")));
  const other = new Error("of another provider");
  for (const error of [second, other, first]) console.error(`${String(error)}: ${error?.stack}`);
  console.error("unrelated", 1);
  expect(printed.mock.calls.map(([text]) => String(text).split(":")[0])).toEqual(["Error", "unrelated"]);
});
