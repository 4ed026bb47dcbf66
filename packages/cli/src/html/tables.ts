import type { Report } from "../report.ts";
import { html, type Markup, NOTHING } from "./markup.ts";
import { momentText } from "./moment.ts";
import { queryName, targetName } from "./names.ts";

/** What the policy knows of, and what to look at about that. */
export function acknowledgedSection({ verdict: { targets } }: Report): Markup {
  const rows = targets.flatMap((target) => target.acknowledged.map((each) => ({ target, each })));
  const notes = targets.flatMap(({ warnings }) => warnings);
  const skipped = targets.flatMap((target) => target.skipped.map((each) => ({ target, each })));
  return html`${
    rows.length === 0
      ? NOTHING
      : html`<section aria-labelledby="acknowledged">
          <h2 id="acknowledged">Acknowledged</h2>
          ${table(
            "Acknowledged findings",
            ["target", "rule", "subject", "what was seen", "reason", "from", "until"],
            rows.map(({ target, each }) => [
              targetName(target),
              each.ruleId,
              each.subject,
              each.record,
              each.reason,
              each.since,
              each.until,
            ]),
          )}
        </section> `
  }${
    notes.length + skipped.length === 0
      ? NOTHING
      : html`<section aria-labelledby="notes">
          <h2 id="notes">To know</h2>
          <ul>
            ${notes.map((note) => html`<li>${note}</li>`)}${skipped.map(({ target, each }) => html`<li>${targetName(target)}: ${each.name} <code>${each.subject}</code> was skipped, for it is ${each.status}.</li>`)}
          </ul>
        </section> `
  }`;
}

/** What was read, when, by whom, and whether it was everything. */
export function readingsSection({ verdict: { targets }, trails }: Report): Markup {
  const rows = targets.flatMap((target) =>
    target.readings.map((reading) => {
      const { name } = target;
      const trail = trails?.of(name, reading.query, reading.subject);
      const complete =
        reading.complete === null ? "not read" : reading.complete ? "complete" : "not complete";
      return [
        targetName(target),
        queryName(reading.query),
        reading.subject,
        String(reading.count),
        trail?.reason ? `${complete}: ${trail.reason}` : complete,
        trail?.servedAt ? momentText(trail.servedAt) : "–",
        reading.digest?.slice(0, 16) ?? "–",
      ];
    }),
  );
  return html`<section aria-labelledby="read">
    <h2 id="read">What was read</h2>
    <ul>
      ${targets.map((target) => html`<li>${targetName(target)}: ${placeOf(target.place)}</li>`)}
    </ul>
    ${table("What was read", ["target", "query", "subject", "records", "complete", "read at", "digest begins"], rows)}
  </section> `;
}

/** By which this report can be compared with evidence that was kept. */
export function digestsSection({ verdict }: Report): Markup {
  const rows = [
    ["evidence of all targets", verdict.evidenceDigest],
    ["policy", verdict.policyDigest],
    ...verdict.targets.map((target) => [`evidence of ${targetName(target)}`, target.evidenceDigest]),
  ];
  return html`<section aria-labelledby="digests">
    <h2 id="digests">Digests</h2>
    <p>SHA-256. <code>auditgate verify</code> compares kept evidence with them.</p>
    ${table("Digests", ["of", "SHA-256"], rows)}
  </section> `;
}

function table(label: string, head: readonly string[], rows: readonly (readonly string[])[]): Markup {
  return html`<div class="wide" tabindex="0" role="region" aria-label="${label}, as a table">
    <table>
      <thead>
        <tr>
          ${head.map((each) => html`<th scope="col">${each}</th>`)}
        </tr>
      </thead>
      <tbody>
        ${rows.map(
          (row) =>
            html`<tr>
              ${row.map((each) => html`<td>${each}</td>`)}
            </tr> `,
        )}
      </tbody>
    </table>
  </div>`;
}

function placeOf({ region, projectId, identity }: Report["verdict"]["targets"][number]["place"]): string {
  const project = projectId === null ? "no known project" : `project ${projectId}`;
  const where = region === null ? project : `${project} in ${region}`;
  return identity === null ? `${where}, not signed in` : `${where}, signed in by ${identity}`;
}
