import { type Runtime, RUNTIME_VERSION } from "./runtimes.ts";

/** Licences of what Bun consists of, for a bill of materials. */
export const RUNTIME_LICENCE = "MIT AND LGPL-2.0-only AND Apache-2.0 AND BSD-3-Clause AND Zlib AND ISC";

/** What stands before the notices of the packages in an executable: what it runs on, and where that comes from. */
export function runtimeNotice({ package: name, integrity }: Runtime): string {
  return `This executable contains the runtime Bun ${RUNTIME_VERSION} (${RUNTIME_LICENCE}), unchanged, out of the npm package
${name}@${RUNTIME_VERSION} (${integrity}).

Bun itself is under the MIT License. It contains JavaScriptCore and other parts of WebKit under the GNU Library General
Public License, version 2, and libraries under the licences that its own list names:

  licences of all parts  https://github.com/oven-sh/bun/blob/bun-v${RUNTIME_VERSION}/LICENSE.md
  sources of Bun         https://github.com/oven-sh/bun/tree/bun-v${RUNTIME_VERSION}
  sources of WebKit      https://github.com/oven-sh/WebKit, at the commit that Bun's sources name

To use another build of these libraries, compose the executable anew with it: the provider's own files are JavaScript,
in the npm package @auditgate/terraform-provider, and \`bun build --compile\` joins them with any runtime.

${"-".repeat(80)}

`;
}
