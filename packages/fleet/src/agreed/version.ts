import manifest from "../../package.json" with { type: "json" };

/** The version of this program: coordinator and workers have the same, for what a slice means may change. */
export const VERSION: string = manifest.version;
