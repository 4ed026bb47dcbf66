import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { root } from "../build/packages.ts";
import { engines } from "../engines/locate.ts";

/**
 * What readers of the pages on other languages have and the registries do not: a bridge that Pulumi fetches by itself, and
 * language hosts that make an SDK of it.
 *
 * @returns A folder for PATH, with a `pulumi` that does `package add` by the programs there are; and a file that says which
 * version of Pulumi's Python SDK goes with them.
 */
export function writePackageAdd(scratch: string): { readonly bin: string; readonly constraints: string } {
  const { pulumi, languages } = engines();
  const bin = join(scratch, "package-add");
  mkdirSync(bin);
  const program = `#!/bin/sh
[ "$1 $2" = "package add" ] || exec "${pulumi}" "$@"
set -e
"${pulumi}" plugin install resource terraform-provider ${languages.bridge.version} --file "${languages.bridge.file}"
if grep -q python Pulumi.yaml; then
  "${pulumi}" package get-schema "$3" "$4" > schema.json
  "${join(languages.bin, "pulumi-python-sdk")}" sdks/auditgate < schema.json
  venv/bin/pip install --quiet ./sdks/auditgate
else
  # pulumi-yaml 1.25.0 writes the SDK, and then fails for it has nothing to link.
  "${pulumi}" "$@" || [ -d sdks ]
fi
`;
  writeFileSync(join(bin, "pulumi"), program, { mode: 0o755 });
  const constraints = join(scratch, "constraints.txt");
  const requirements = readFileSync(join(root, "tools/engines/pulumi-python/requirements.txt"), "utf8");
  writeFileSync(constraints, requirements.match(/^pulumi==[\d.]+/m)?.[0] ?? "");
  return { bin, constraints };
}
