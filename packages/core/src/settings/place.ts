import type { RoleChoice } from "./identity/role.ts";
import { type Choice, type Layer, pick } from "./layer.ts";

/** Region and project to work in, and where they were named. */
export interface Place {
  readonly region: string | undefined;
  readonly projectId: string | undefined;
  /** Name to look the project up by where no id is known. */
  readonly projectName: string | undefined;
  readonly parts: readonly Choice[];
  /** A project that was named and does not count, for it is another region's. */
  readonly forgotten: Choice | undefined;
}

/**
 * A project belongs to a region: where a source above the project's own names another region than that, the project is
 * forgotten, and the region's own project counts. An agency works in a project of its owner's, where one is named.
 */
export function choosePlace(layers: readonly Layer[], role: RoleChoice | undefined): Place {
  const given = pick(layers, ["region"]);
  const named = pick(layers, ["projectId", "projectName"]);
  const delegated = role?.delegatedProject;
  const project = delegated && (!named || delegated.rank <= named.rank) ? delegated : named;
  const name = project && nameOf(layers, project);
  const nameSays = regionOf(name);
  // A project that a source above the region's names, and whose name says where it is, says it for both.
  const isSaidByName = project !== undefined && given !== undefined && project.rank < given.rank && nameSays;
  const own = isSaidByName ? undefined : given;
  const region = own?.value ?? nameSays ?? loose(name);
  const isForgotten =
    project !== undefined &&
    given !== undefined &&
    given.rank < project.rank &&
    [layers[project.rank]?.find("region")?.value, nameSays].some(
      (each) => each !== undefined && each !== given.value,
    );
  const counted = isForgotten ? undefined : project;
  return {
    region,
    projectId: counted?.name === "projectId" ? counted.value : undefined,
    projectName: (counted?.name === "projectId" ? undefined : counted?.value) ?? region,
    parts: [own, counted].filter((part) => part !== undefined),
    forgotten: isForgotten ? project : undefined,
  };
}

function nameOf(layers: readonly Layer[], project: Choice): string | undefined {
  return project.name === "projectId" ? layers[project.rank]?.find("projectName")?.value : project.value;
}

/** Region that a project's name begins with, as in `eu-de_analytics`, where it can only be one. */
function regionOf(projectName: string | undefined): string | undefined {
  return /^(eu-de|eu-nl|eu-ch2|(?:ae|af|ap|cn|eu|la|me|my|na|ru|sa|tr)-[a-z]+-\d+)(?:_|$)/.exec(
    projectName ?? "",
  )?.[1];
}

/** The same where nothing else names a region, so that one that is not known yet is found, too. */
function loose(projectName: string | undefined): string | undefined {
  return /^([a-z]{2}-[a-z]+-?\d*)(?:_|$)/.exec(projectName ?? "")?.[1];
}
