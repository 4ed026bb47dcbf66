import { defineConfig } from "tsdown";

import { bundles } from "./scripts/build/bundle.ts";
import { packages } from "./scripts/build/packages.ts";

/** For tsdown's own command and editors; `pnpm build` does the same, but only for what changed. */
export default defineConfig(packages().flatMap(bundles));
