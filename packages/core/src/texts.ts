/** Texts of strangers and secrets, for what must not load a client to print a line. */
export { harmless } from "./texts/harmless.ts";
export { createRedaction, type Redaction } from "./texts/redaction.ts";
