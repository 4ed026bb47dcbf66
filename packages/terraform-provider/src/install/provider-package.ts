import manifest from "../../package.json" with { type: "json" };
import { ENGINE_HOSTS } from "./engine.ts";
import { CORE_FILE, EXECUTABLE_FILE, NOTICES_FILE, ON_DEMAND_FILES } from "./package-files.ts";

/** What makes up the provider as engines see it. */
export interface ProviderPackage {
  /** Version, the same as the package's. */
  readonly version: string;
  /** Source address in configurations. */
  readonly source: string;
  /** What the engines complete the source with. */
  readonly hosts: readonly string[];
  /** Platforms that engines know it for, such as `linux_amd64`. */
  readonly platforms: readonly string[];
  /** Names of its files, the same on every platform. */
  readonly files: readonly string[];
}

/** The provider of this version. */
export const providerPackage: ProviderPackage = {
  version: manifest.version,
  source: "auditgate/auditgate",
  hosts: Object.values(ENGINE_HOSTS),
  platforms: ["darwin_amd64", "darwin_arm64", "linux_amd64", "linux_arm64"],
  files: [EXECUTABLE_FILE, CORE_FILE, ...Object.values(ON_DEMAND_FILES), NOTICES_FILE],
};
