/** What an engine starts. Engines look for this beginning of a name. */
export const EXECUTABLE_FILE = "terraform-provider-auditgate.cjs";
/** What reads audit data; its name must not begin like the program's. */
export const CORE_FILE = "auditgate-core.cjs";
/** Licences of what is bundled. */
export const NOTICES_FILE = "THIRD-PARTY-NOTICES.txt";

/** Permissions of one of them. */
export function modeOf(name: string): number {
  return name === EXECUTABLE_FILE ? 0o755 : 0o644;
}
