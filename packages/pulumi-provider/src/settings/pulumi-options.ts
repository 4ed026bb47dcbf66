/**
 * Pulumi's options of what is made, but `urn`: what is there already is not made, so a gate of that kind would judge
 * nothing. Named here so that a program without types is told what none is.
 */
export const PULUMI_OPTIONS: readonly string[] = [
  "aliases",
  "customTimeouts",
  "deletedWith",
  "dependsOn",
  "envVarMappings",
  "hideDiffs",
  "hooks",
  "ignoreChanges",
  "parent",
  "pluginDownloadURL",
  "protect",
  "provider",
  "providers",
  "replacementTrigger",
  "replaceOnChanges",
  "replaceWith",
  "retainOnDelete",
  "stateMigrations",
  "transformations",
  "transforms",
  "version",
];
