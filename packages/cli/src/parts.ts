// What `@auditgate/fleet` is made of, too: the same exit codes, forms, progress and messages. No door for others.
export { EXIT, type ExitCode } from "./exit-code.ts";
export { explain, type Ending } from "./explain.ts";
export { VERDICT_FORMATS, type VerdictFormat } from "./formats/names.ts";
export { render } from "./formats/render.ts";
export { jsonText } from "./formats/json-text.ts";
export { interrupted } from "./interrupted.ts";
export { exitCodeOf } from "./judged.ts";
export type { JudgedTrail, JudgedTrails } from "./judged-trails.ts";
export { writeOutput } from "./output.ts";
export { readPolicy } from "./policy/policy-argument.ts";
export { createProgress } from "./progress/progress.ts";
export type { Progress } from "./progress/progress-text.ts";
export type { Report } from "./report.ts";
export { UsageError } from "./usage-error.ts";
