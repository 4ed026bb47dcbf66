/** A room of a package: files and folders that belong together, and the rooms that their files may import from. */
export interface Room {
  /** Folders, and files that stand apart from their folder's; from the package's `src`. */
  readonly places: readonly string[];
  /** Rooms below, each by one of its places; `*` is all of them. */
  readonly uses: readonly string[];
}

/** Rooms of each package from top to bottom: what a room uses stands below it. */
export const ROOMS: Readonly<Record<string, readonly Room[]>> = {
  core: [
    { places: ["index.ts", "texts.ts"], uses: ["*"] },
    {
      places: ["timeline"],
      uses: ["fleet", "gate", "gate/policy", "gate/time", "gate/trail", "queries", "errors.ts"],
    },
    {
      places: ["fleet"],
      uses: [
        "policy-file",
        "gate",
        "gate/evidence",
        "gate/policy",
        "gate/trail",
        "gate/verdict.types.ts",
        "reading",
        "client.ts",
        "settings/layer.ts",
        "errors.ts",
      ],
    },
    { places: ["policy-file"], uses: ["gate/policy", "settings/layer.ts", "errors.ts"] },
    {
      places: ["gate/verify"],
      uses: [
        "gate",
        "gate/acknowledged",
        "gate/evidence",
        "gate/listing",
        "gate/policy",
        "gate/rules/policy-values.ts",
        "queries",
        "reading",
        "errors.ts",
      ],
    },
    {
      places: ["gate"],
      uses: [
        "gate/acknowledged",
        "gate/evidence",
        "gate/listing",
        "gate/policy",
        "gate/rules/policy-values.ts",
        "gate/rules",
        "gate/rules/rule.ts",
        "gate/trail",
        "gate/time",
        "gate/verdict.types.ts",
        "reading",
        "client.ts",
        "queries",
        "errors.ts",
      ],
    },
    {
      places: ["gate/listing"],
      uses: [
        "gate/policy",
        "gate/rules/policy-values.ts",
        "gate/rules/rule.ts",
        "gate/trail",
        "gate/verdict.types.ts",
        "reading",
        "queries",
        "errors.ts",
      ],
    },
    {
      places: ["gate/evidence"],
      uses: ["gate/policy", "gate/verdict.types.ts", "reading", "errors.ts"],
    },
    {
      places: ["gate/acknowledged"],
      uses: ["gate/policy", "gate/trail", "gate/verdict.types.ts", "errors.ts"],
    },
    {
      places: ["gate/policy"],
      uses: ["gate/rules", "gate/rules/policy-values.ts", "gate/trail", "gate/time", "errors.ts"],
    },
    { places: ["gate/rules"], uses: ["gate/rules/*", "gate/rules/rule.ts"] },
    {
      places: ["gate/rules/*"],
      uses: [
        "gate/rules/rule.ts",
        "gate/rules/policy-values.ts",
        "gate/trail",
        "gate/time",
        "queries",
        "errors.ts",
      ],
    },
    { places: ["gate/rules/rule.ts"], uses: ["gate/trail"] },
    { places: ["gate/rules/policy-values.ts"], uses: ["gate/time", "errors.ts"] },
    {
      places: ["gate/trail"],
      uses: ["gate/time", "gate/verdict.types.ts", "reading", "queries", "errors.ts"],
    },
    { places: ["gate/time"], uses: ["errors.ts"] },
    { places: ["gate/verdict.types.ts"], uses: [] },
    { places: ["reading"], uses: ["reading/wire.ts", "client.ts", "http", "queries", "errors.ts"] },
    {
      places: ["client.ts"],
      uses: [
        "credentials",
        "http",
        "settings",
        "settings/layer.ts",
        "reading/wire.ts",
        "queries",
        "errors.ts",
      ],
    },
    { places: ["credentials"], uses: ["http", "settings", "errors.ts"] },
    { places: ["http"], uses: ["settings", "errors.ts"] },
    { places: ["settings"], uses: ["settings/files", "settings/layer.ts", "errors.ts"] },
    { places: ["settings/files"], uses: ["settings/layer.ts", "errors.ts"] },
    {
      places: [
        "settings/layer.ts",
        "settings/environment.ts",
        "settings/settings.ts",
        "settings/settings.types.ts",
      ],
      uses: ["errors.ts"],
    },
    { places: ["reading/wire.ts"], uses: ["errors.ts"] },
    { places: ["queries"], uses: ["errors.ts"] },
    // What a declaration and an error are made of.
    { places: ["errors.ts", "field.ts", "instant.ts", "logger.ts", "texts"], uses: [] },
  ],
  emulator: [
    { places: ["index.ts", "main.ts"], uses: ["*"] },
    {
      places: [
        "emulator.ts",
        "admin.ts",
        "command.ts",
        "child.ts",
        "parent.ts",
        "start-text.ts",
        "environment.ts",
        "admin-owners.ts",
        "test-caller.ts",
      ],
      uses: ["*"],
    },
    { places: ["serving"], uses: ["*"] },
    { places: ["iam"], uses: ["access", "http", "data"] },
    { places: ["listings"], uses: ["access", "http", "data"] },
    { places: ["trails"], uses: ["access", "http", "data", "trails/instant.ts"] },
    { places: ["access"], uses: ["http", "data", "trails/instant.ts"] },
    { places: ["contract.ts"], uses: ["faults", "http", "data"] },
    { places: ["faults"], uses: ["http", "data"] },
    { places: ["http"], uses: ["data"] },
    { places: ["data/data-file.ts"], uses: ["sample", "data"] },
    { places: ["sample"], uses: ["data", "trails/instant.ts"] },
    { places: ["data"], uses: [] },
    { places: ["trails/instant.ts"], uses: [] },
  ],
  "terraform-provider": [
    { places: ["main.ts", "command.ts"], uses: ["*"] },
    { places: ["install/mirror.ts"], uses: ["package.ts", "install"] },
    { places: ["package.ts"], uses: ["install"] },
    { places: ["install"], uses: [] },
    {
      places: ["provider"],
      uses: ["protocol", "protocol/gen", "schema", "schema/gen", "core.ts", "provider/log.ts"],
    },
    { places: ["protocol"], uses: ["protocol/gen", "schema", "provider/log.ts"] },
    { places: ["protocol/gen"], uses: [] },
    { places: ["schema.ts"], uses: ["schema", "schema/gen"] },
    { places: ["schema/gen"], uses: ["schema"] },
    { places: ["schema"], uses: [] },
    { places: ["provider/log.ts"], uses: [] },
    { places: ["core.ts"], uses: [] },
  ],
  "pulumi-provider": [
    { places: ["index.ts", "runtime.ts"], uses: ["*"] },
    { places: ["gate"], uses: ["*"] },
    // What a program calls, and what of it is common.
    { places: ["."], uses: ["*"] },
    { places: ["settings/provider-instance.ts"], uses: ["*"] },
    { places: ["process"], uses: ["settings", "settings/config.ts", "errors.ts", "arguments.ts"] },
    { places: ["settings"], uses: ["settings/config.ts", "arguments.ts", "types.ts"] },
    { places: ["process/debug-log.ts"], uses: [] },
    { places: ["errors.ts"], uses: ["settings/config.ts", "arguments.ts"] },
    { places: ["settings/config.ts"], uses: [] },
    { places: ["arguments.ts", "types.ts"], uses: [] },
  ],
  cli: [
    { places: ["main.ts", "program.ts"], uses: ["*"] },
    { places: ["commands"], uses: ["formats", "policy", "place.ts", "usage-error.ts", "."] },
    { places: ["formats"], uses: ["html", "policy", "."] },
    { places: ["html"], uses: ["."] },
    { places: ["place.ts"], uses: ["policy", "usage-error.ts"] },
    { places: ["."], uses: ["usage-error.ts"] },
    { places: ["policy"], uses: ["usage-error.ts"] },
    { places: ["usage-error.ts"], uses: [] },
  ],
  "cdktf-constructs": [
    { places: ["index.ts"], uses: ["*"] },
    // Constructs that programs name, over the bindings that derive from the provider's schema, over what these extend.
    { places: ["."], uses: ["gen", "guard", "audit-data-source.ts", "synthesis"] },
    { places: ["gen"], uses: ["audit-data-source.ts"] },
    {
      places: ["audit-data-source.ts", "configured-provider.ts", "query-data-source.ts"],
      uses: ["synthesis"],
    },
    { places: ["guard"], uses: ["synthesis"] },
    // What becomes of arguments and blocks in the synthesized stack.
    { places: ["synthesis"], uses: [] },
  ],
};
