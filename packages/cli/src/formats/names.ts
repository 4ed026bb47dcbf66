/** Forms in which a verdict can be written. */
export const VERDICT_FORMATS = ["text", "json", "junit", "sarif", "markdown", "html"] as const;

/** One of {@link VERDICT_FORMATS}. */
export type VerdictFormat = (typeof VERDICT_FORMATS)[number];
