import { readdirSync } from "node:fs";

import type { DefaultTheme } from "vitepress";

/** The generated pages of a folder, each under the name that a configuration has; long ones are broken between words. */
function terraformPages(folder: string): DefaultTheme.SidebarItem[] {
  return readdirSync(new URL(`../${folder}`, import.meta.url))
    .toSorted()
    .map((file) => file.replace(/\.md$/, ""))
    .map((name) => ({
      text: `auditgate_${name}`.replaceAll("_", "_<wbr>"),
      link: `/docs/${folder}/${name}`,
    }));
}

export const navigation: DefaultTheme.NavItem[] = [
  { text: "Get started", link: "/docs/getting-started", activeMatch: "/docs/getting-started" },
  { text: "Gates", link: "/docs/gates", activeMatch: "/docs/gate" },
  { text: "Reference", link: "/docs/api/" },
];

/** Every page of the guide, in the order in which one would read them. */
export const sidebar: DefaultTheme.SidebarItem[] = [
  { text: "auditgate", link: "/" },
  {
    text: "Get started",
    items: [
      { text: "Which way in", link: "/docs/getting-started" },
      { text: "The command line", link: "/docs/getting-started-cli" },
      { text: "Pulumi", link: "/docs/getting-started-pulumi" },
      { text: "Pulumi in YAML", link: "/docs/getting-started-pulumi-yaml" },
      { text: "Pulumi in Python", link: "/docs/getting-started-pulumi-python" },
      { text: "CDKTF", link: "/docs/getting-started-cdktf" },
      { text: "Terraform and OpenTofu", link: "/docs/getting-started-terraform" },
      { text: "TypeScript", link: "/docs/getting-started-typescript" },
    ],
  },
  {
    text: "Read",
    items: [
      { text: "Credentials", link: "/docs/credentials" },
      { text: "Windows and completeness", link: "/docs/windows-and-completeness" },
      { text: "Installing the Terraform provider", link: "/docs/guides/installation" },
    ],
  },
  {
    text: "Gate",
    items: [
      { text: "How gates judge", link: "/docs/gates" },
      { text: "One policy file at every door", link: "/docs/policy-files" },
      { text: "Terraform and OpenTofu", link: "/docs/gate-terraform" },
      { text: "Terraform and OpenTofu, measured", link: "/docs/gate-matrix" },
      { text: "CDKTF", link: "/docs/gate-cdktf" },
      { text: "From cdktf to cdktn", link: "/docs/cdktn" },
      { text: "Pulumi", link: "/docs/gate-pulumi" },
      { text: "Pulumi in other languages", link: "/docs/pulumi-languages" },
      { text: "Gates in CI", link: "/docs/ci" },
      { text: "A report to look at", link: "/docs/report" },
    ],
  },
  {
    text: "Operate",
    items: [
      { text: "Fleets", link: "/docs/fleet" },
      { text: "Testing offline", link: "/docs/testing-offline" },
      { text: "The first minute with an account", link: "/docs/doctor" },
      { text: "Errors", link: "/docs/errors" },
      { text: "Troubleshooting", link: "/docs/troubleshooting" },
      { text: "Performance", link: "/docs/performance" },
      { text: "Security model", link: "/docs/security" },
      { text: "Upgrades", link: "/docs/upgrades" },
      { text: "Engines and their versions", link: "/docs/engines" },
    ],
  },
  {
    text: "Reference",
    collapsed: true,
    items: [
      { text: "Terraform provider", link: "/docs/" },
      { text: "Data sources", collapsed: true, items: terraformPages("data-sources") },
      { text: "Ephemeral resources", collapsed: true, items: terraformPages("ephemeral-resources") },
      { text: "TypeScript", link: "/docs/api/" },
      { text: "@auditgate/core", link: "/packages/core/" },
      { text: "@auditgate/terraform-provider", link: "/packages/terraform-provider/" },
      { text: "@auditgate/cdktf-constructs", link: "/packages/cdktf-constructs/" },
      { text: "@auditgate/cdktn-constructs", link: "/packages/cdktn-constructs/" },
      { text: "@auditgate/pulumi-provider", link: "/packages/pulumi-provider/" },
      { text: "@auditgate/cli", link: "/packages/cli/" },
      { text: "@auditgate/fleet", link: "/packages/fleet/" },
      { text: "@auditgate/emulator", link: "/packages/emulator/" },
    ],
  },
  {
    text: "The project",
    collapsed: true,
    items: [
      { text: "Design", link: "/docs/DESIGN" },
      { text: "Contributing", link: "/CONTRIBUTING" },
      { text: "Mutation testing", link: "/docs/mutation" },
    ],
  },
];
