import { join } from "node:path";
import type * as Auditgate from "../src/index.ts";

/** This package's folder. */
export const packageFolder = join(__dirname, "..");

/**
 * The built package, as programs load it: Pulumi serializes the functions it is handed, and those of a test's own
 * transpiler are not the ones that users get.
 */
export const auditgate = require("../dist/index.cjs") as typeof Auditgate;
