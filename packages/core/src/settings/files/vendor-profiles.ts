import type { Mapping } from "./tree.ts";

/**
 * The vendor profiles of openstacksdk that are of the clouds read here, with what matters of them.
 *
 * @see https://docs.openstack.org/openstacksdk/latest/user/config/vendor-support.html
 */
export const VENDOR_PROFILES: ReadonlyMap<string, Mapping> = new Map([
  [
    "otc",
    { auth: { auth_url: "https://iam.{region_name}.otc.t-systems.com/v3" }, regions: ["eu-de", "eu-nl"] },
  ],
  ["otc-swiss", { auth: { auth_url: "iam-pub.eu-ch2.sc.otc.t-systems.com/v3" }, regions: ["eu-ch2"] }],
]);
