import { resolve } from "node:path";

import { executable } from "./executable.ts";

/** Which form of the provider a suite is about: its files on Node.js, or the one executable. */
export type Form = "npm" | "standalone";

/** The form that this run of the suites is about; undefined where they are about the sources. */
export function form(): Form | undefined {
  const { AUDITGATE_FORM = process.env["AUDITGATE_FORM"] } = globalThis as { AUDITGATE_FORM?: string };
  if (AUDITGATE_FORM === undefined || AUDITGATE_FORM === "npm" || AUDITGATE_FORM === "standalone")
    return AUDITGATE_FORM;
  throw new Error(`AUDITGATE_FORM is npm or standalone, not ${AUDITGATE_FORM}`);
}

/** The part of the provider that reads, as it is built. */
export const builtCore = resolve("packages/terraform-provider/dist/provider/auditgate-core.cjs");

/** How to run a program in what the form runs on: the executable is its own runtime where this variable is set. */
export function runtime(): { command: string; env: Readonly<Record<string, string>> } {
  return form() === "standalone"
    ? { command: executable(), env: { BUN_BE_BUN: "1" } }
    : { command: process.execPath, env: {} };
}
