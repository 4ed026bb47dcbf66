import { runPart } from "./jest.ts";

/** Streams and reads so many records, and prints rates and memory. */
export async function testLoad({ records }: { readonly records: string }): Promise<void> {
  process.env["LOAD_RECORDS"] = records;
  await runPart(["--testPathPatterns", "load\\.test\\.ts$", "--runInBand"]);
}
