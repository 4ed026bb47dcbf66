import { type Choice, integerOf, type Layer, pick } from "../layer.ts";
import type { AssumeRole } from "./credentials.ts";
import { missing, type SignIn } from "./sign-in.ts";

/**
 * The agency to act as, whatever is signed in with: the machine's own identity too. Beside a profile that the program
 * names, only the program or that profile can ask for one; an agency of a profile goes with that profile's credentials.
 *
 * @throws {AuditError} `ERR_CONFIG` where its account is missing.
 */
export function chooseRole(layers: readonly Layer[], signIn: SignIn | undefined): RoleChoice | undefined {
  const rank = signIn?.parts[0]?.rank ?? layers.length;
  const own = layers[rank];
  const isProgramsProfile = own?.kind === "named profile" && own.owner === "program";
  const asking = layers.filter((layer, each) =>
    each <= rank ? true : !isProgramsProfile && layer.kind === "values",
  );
  const agencyName = pick(asking, ["assumeRole.agencyName"]);
  if (!agencyName) return undefined;
  const domain =
    pick(asking, ["assumeRole.domainId", "assumeRole.domainName"]) ??
    missing("assumeRole.domainName", agencyName);
  const duration = pick(asking, ["assumeRole.duration"]);
  const ranked = (choice: Choice) => ({ ...choice, rank: layers.indexOf(asking[choice.rank]!) });
  return {
    parts: [agencyName, domain, ...(duration ? [duration] : [])].map(ranked),
    role: {
      agencyName: agencyName.value,
      ...(domain.name === "assumeRole.domainId" ? { domainId: domain.value } : { domainName: domain.value }),
      duration: duration && integerOf(duration, 900, 86_400),
    },
    delegatedProject: ((found) => found && ranked(found))(pick(asking, ["assumeRole.delegatedProject"])),
  };
}

/** An agency, and where it is asked for. */
export interface RoleChoice {
  readonly role: AssumeRole;
  readonly parts: readonly Choice[];
  /** Name of the project to work in as the agency. */
  readonly delegatedProject: Choice | undefined;
}
