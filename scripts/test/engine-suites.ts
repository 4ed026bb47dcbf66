import type { EngineSet } from "../engines/catalogue.ts";

/** What `pnpm test --engines` runs on each set where no suite is named. */
export const ENGINE_SUITES: Readonly<Record<EngineSet, readonly string[]>> = {
  /** Suites that need nothing which engines have learned since, and of them what does not either. */
  oldest: [
    "--selectProjects=e2e",
    "--testPathPatterns=terraform-provider/test/(errors|lifecycle|install|summary-only|gate|gate-blocks|example-gate)[.]test",
    "--testPathPatterns=test/terraform-(conditions|hcl)[.]test",
    "--testPathPatterns=pulumi-provider/test/(errors|functions|lifecycle|gate|gate-inline|packed)[.]test",
    // Ephemeral resources came with Terraform 1.10 and OpenTofu 1.11, and with them what `providers schema` says of them.
    "--testNamePattern=^(?!.*(ephemeral|whole schema|made while all was well))",
  ],
  /** Every suite that drives an engine. */
  newest: [
    "--selectProjects=e2e",
    "--testPathPatterns=packages/(terraform-provider|cdktf-constructs|cdktn-constructs|pulumi-provider)/test/",
    "--testPathPatterns=/test/(terraform-.*|gate-matrix|doors|policy-file|pipelines|ci-engines|demo|pulumi-languages)[.]test",
  ],
};
