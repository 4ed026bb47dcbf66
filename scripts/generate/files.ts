import { terraformSchema } from "../../packages/terraform-provider/src/schema/derive.ts";
import { cdktfBindings } from "./cdktf-bindings.ts";
import { commandTable } from "./command-table.ts";
import { coreTypes } from "./core-types.ts";
import { credentialsPage } from "./credentials-page.ts";
import { errorsPage } from "./errors-page.ts";
import { gatesPage } from "./gates-page.ts";
import type { GeneratedFile } from "./generated-file.ts";
import { jsonSchemas } from "./json-schemas.ts";
import { pulumiReadme } from "./pulumi/readme.ts";
import { storedProviders } from "./pulumi/stored-providers.ts";
import { pulumiTypes } from "./pulumi/types.ts";
import { terraformReference } from "./terraform/reference.ts";

/** Everything that derives from the declarations of core. */
export function derivedFiles(): readonly GeneratedFile[] {
  return [
    ...coreTypes(),
    terraformSchema(),
    ...terraformReference(),
    ...cdktfBindings(),
    ...pulumiTypes(),
    ...pulumiReadme(),
    ...storedProviders(),
    ...credentialsPage(),
    ...errorsPage(),
    ...gatesPage(),
    ...commandTable(),
    ...jsonSchemas(),
  ];
}
