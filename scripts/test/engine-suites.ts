/** Suites of the provider that need nothing which engines have learned since, and of them what does not either. */
export const OLDEST_SUITES: readonly string[] = [
  "--selectProjects=e2e",
  "--testPathPatterns=terraform-provider/test/(errors|lifecycle|install|summary-only|gate|gate-blocks|example-gate)[.]test",
  "--testPathPatterns=test/terraform-(conditions|hcl)[.]test",
  // Ephemeral resources came with Terraform 1.10 and OpenTofu 1.11, and with them what `providers schema` says of them.
  "--testNamePattern=^(?!.*(ephemeral|whole schema|made while all was well))",
];
