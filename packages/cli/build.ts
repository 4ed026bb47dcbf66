/** Writes the licences of what is bundled with the command line: `node --conditions=@auditgate/source build.ts`. */
import { writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { noticesOf } from "../../scripts/build/notices.ts";

// The parser goes along: in a file of its own it is a tenth of the time that `--help` takes.
const parser = createRequire(import.meta.url).resolve("commander");
writeFileSync(join(import.meta.dirname, "dist/THIRD-PARTY-NOTICES.txt"), noticesOf([parser]));
