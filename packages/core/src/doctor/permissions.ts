import { PERMISSIONS, PROJECT_PERMISSION } from "../queries/permissions.ts";
import type { IamPolicy } from "./diagnosis.ts";

/** What an identity needs for these queries: services of a project and IAM itself cannot stand in one document. */
export function permissionsFor(
  queries: readonly string[],
  {
    openTelekomCloud,
    projectLookup,
  }: { readonly openTelekomCloud: boolean; readonly projectLookup: boolean },
): readonly IamPolicy[] {
  const actions = queries.flatMap((query) => {
    const permission = PERMISSIONS[query];
    if (!permission) return [];
    return openTelekomCloud ? permission.openTelekomCloud : [permission.huaweiCloud];
  });
  return [
    ...(actions.length > 0 ? [allowing([...new Set(actions)].toSorted())] : []),
    ...(projectLookup ? [allowing([PROJECT_PERMISSION])] : []),
  ];
}

function allowing(actions: readonly string[]): IamPolicy {
  return { Version: "1.1", Statement: [{ Effect: "Allow", Action: actions }] };
}
