/** What an engine starts. Engines look for this beginning of a name. */
export const EXECUTABLE_FILE = "terraform-provider-auditgate.cjs";
/** Lines of it that are for sh, and for a Node.js that is too old. */
export const HEADER_LINES = 3;
/** What reads audit data; its name must not begin like the program's. */
export const CORE_FILE = "auditgate-core.cjs";
/** Modules that core imports where it needs them, and the files they are in. */
export const ON_DEMAND_FILES: { readonly [module: string]: string } = {
  "@smithy/util-retry": "auditgate-retry.cjs",
  yaml: "auditgate-yaml.cjs",
};
/** Licences of what is bundled. */
export const NOTICES_FILE = "THIRD-PARTY-NOTICES.txt";

/** Permissions of one of them. */
export function modeOf(name: string): number {
  return name.startsWith("terraform-provider-") ? 0o755 : 0o644;
}
