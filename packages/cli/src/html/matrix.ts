import type { TargetVerdict } from "@auditgate/core";
import { html, type Markup } from "./markup.ts";
import { stateOf, targetName } from "./names.ts";

/** Targets by region and account, those with most violations first. */
export function matrix(targets: readonly TargetVerdict[]): Markup {
  const rows = worstFirst(Map.groupBy(targets, ({ place }) => place.identity ?? "not signed in"));
  const columns = worstFirst(Map.groupBy(targets, ({ place }) => place.region ?? "no known region"));
  return html`<section aria-labelledby="matrix">
    <h2 id="matrix">Where</h2>
    <div class="wide" tabindex="0" role="region" aria-label="Targets by account and region">
      <table class="matrix">
        <thead>
          <tr>
            <th scope="col">account</th>
            ${columns.map(([region]) => html`<th scope="col">${region}</th>`)}
          </tr>
        </thead>
        <tbody>
          ${rows.map(
            ([account, own]) =>
              html`<tr>
                <th scope="row">${account}</th>
                ${columns.map(([, inRegion]) =>
                  cell(
                    own.filter((target) => inRegion.includes(target)),
                    targets,
                  ),
                )}
              </tr> `,
          )}
        </tbody>
      </table>
    </div>
  </section> `;
}

function cell(own: readonly TargetVerdict[], all: readonly TargetVerdict[]): Markup {
  const sorted = own.toSorted((one, other) => other.violations.length - one.violations.length);
  return html`<td>
    ${sorted.map((target) => html`<a class="chip ${stateOf(target)}" href="#target-${all.indexOf(target)}">${targetName(target)}: ${wordOf(target)}</a> `)}
  </td>`;
}

function wordOf(target: TargetVerdict): string {
  const { length } = target.violations;
  if (target.passed) return "passed";
  return `${target.blocking ? "closed" : "only warns"}, ${length} violation${length === 1 ? "" : "s"}`;
}

function worstFirst(groups: ReadonlyMap<string, readonly TargetVerdict[]>) {
  const badness = (own: readonly TargetVerdict[]) =>
    own.reduce((sum, { violations, blocking }) => sum + violations.length + (blocking ? 1e6 : 0), 0);
  return [...groups].toSorted(([a, one], [b, other]) => badness(other) - badness(one) || (a < b ? -1 : 1));
}
