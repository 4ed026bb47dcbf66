import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { join } from "node:path";
import { unzipSync } from "fflate";
import { archive, archiveName } from "./archive.ts";

const text = (content: string) => new TextEncoder().encode(content);
const files = new Map([
  ["terraform-provider-auditgate.cjs", text("#!/bin/sh\n".repeat(1000))],
  ["auditgate-core.cjs", text("core")],
]);

test("a zip gives back the files, in the order of their names", () => {
  const unpacked = unzipSync(archive(files));
  expect(Object.keys(unpacked)).toEqual(["auditgate-core.cjs", "terraform-provider-auditgate.cjs"]);
  for (const [name, content] of files)
    expect(Buffer.from(unpacked[name] ?? [])).toEqual(Buffer.from(content));
});

test("its bytes depend on the files alone: not on their order, the time or the time zone", () => {
  const expected = "dce0ad0f2dff6b537768711c000c593cdd0393940c0bed7fc1b27fbee37d9096";
  const digest = (bytes: Uint8Array) => createHash("sha256").update(bytes).digest("hex");
  expect(digest(archive(new Map([...files].toReversed())))).toBe(expected);
  const program = `
    const { archive } = await import(${JSON.stringify(join(__dirname, "archive.ts"))});
    const files = new Map(${JSON.stringify([...files].map(([name, content]) => [name, [...content]]))}
      .map(([name, content]) => [name, Uint8Array.from(content)]));
    console.log((await import("node:crypto")).createHash("sha256").update(archive(files)).digest("hex"));`;
  for (const TZ of ["Pacific/Kiritimati", "Pacific/Pago_Pago"]) {
    const args = ["--input-type=module", "--eval", program];
    const printed = execFileSync(process.execPath, args, { env: { ...process.env, TZ }, encoding: "utf8" });
    expect([TZ, printed.trim()]).toEqual([TZ, expected]);
  }
});

test("names follow the registries", () => {
  expect(archiveName("1.2.3", "linux_arm64")).toBe("terraform-provider-auditgate_1.2.3_linux_arm64.zip");
});
