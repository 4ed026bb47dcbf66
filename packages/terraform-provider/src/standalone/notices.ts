import { type Runtime, RUNTIME_VERSION } from "./runtimes.ts";

/**
 * Licences of what Bun consists of, for a bill of materials: those that its list names, and for BoringSSL, libarchive and ICU,
 * which it only refers to, those that these projects are known to have; of BoringSSL the older ones too. SQLite is in the
 * public domain.
 *
 * @see https://github.com/oven-sh/bun/blob/main/LICENSE.md read on 2026-11-28
 */
export const RUNTIME_LICENCE = [
  "MIT",
  "LGPL-2.0-only",
  "LGPL-2.1-only",
  "Apache-2.0",
  "Apache-2.0 WITH LLVM-exception",
  "BSD-2-Clause",
  "BSD-3-Clause",
  "IJG",
  "ISC",
  "OpenSSL",
  "Unicode-3.0",
  "Zlib",
].join(" AND ");

/** What stands before the notices of the packages in an executable: what it runs on, and where that comes from. */
export function runtimeNotice({ package: name, integrity }: Runtime): string {
  return `This executable contains the runtime Bun ${RUNTIME_VERSION} (${RUNTIME_LICENCE}), unchanged, out of the npm package
${name}@${RUNTIME_VERSION} (${integrity}).

Bun itself is under the MIT License. It contains JavaScriptCore and other parts of WebKit under the GNU Library General
Public License, version 2, TinyCC under the GNU Lesser General Public License, version 2.1, and libraries under the licences
that its own list names:

  licences of all parts  https://github.com/oven-sh/bun/blob/bun-v${RUNTIME_VERSION}/LICENSE.md
  sources of Bun         https://github.com/oven-sh/bun/tree/bun-v${RUNTIME_VERSION}
  sources of WebKit      https://github.com/oven-sh/WebKit, at the commit that Bun's sources name

To use another build of these libraries, compose the executable anew with it: the provider's own files are JavaScript,
in the npm package @auditgate/terraform-provider, and \`bun build --compile\` joins them with any runtime.

${"-".repeat(80)}

`;
}
