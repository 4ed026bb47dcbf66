import type { Engine } from "../engine.ts";
import {
  PULUMI,
  TERRAFORM,
  TERRAFORM_LIBRARY,
  terraformRelease,
  TOFU,
  tofuRelease,
  USUAL_PULUMI,
  USUAL_TOFU,
} from "./usual.ts";

const terraform = { ...TERRAFORM, onPath: { ...TERRAFORM.onPath, minimum: "1.15.5" } };
const tofu = { ...TOFU, onPath: { ...TOFU.onPath, minimum: USUAL_TOFU.version } };
const pulumi = { ...PULUMI, onPath: { ...PULUMI.onPath, minimum: USUAL_PULUMI.version } };

/**
 * The newest versions: of PATH what is no older than what package registries hold, else the newest release, else what these hold.
 * What is not here is the usual one.
 */
export const NEWEST: readonly Engine[] = [
  {
    ...terraform,
    version: "1.17.0",
    release: terraformRelease("1.17.0"),
    otherwise: { ...terraform, version: "1.15.5", library: TERRAFORM_LIBRARY },
  },
  {
    ...tofu,
    version: "1.13.0",
    release: tofuRelease("1.13.0"),
    otherwise: { ...USUAL_TOFU, ...tofu },
  },
  { ...USUAL_PULUMI, ...pulumi },
];
