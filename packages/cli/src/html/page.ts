import type { JudgedReading, TargetVerdict } from "@auditgate/core";
import manifest from "../../package.json" with { type: "json" };
import { headlineOf, targetHeadline } from "../headline.ts";
import type { Report } from "../report.ts";
import { html, type Markup, Markup as Raw, NOTHING } from "./markup.ts";
import { matrix } from "./matrix.ts";
import { momentText } from "./moment.ts";
import { anchorOf, stateOf, targetName } from "./names.ts";
import { legend, STYLE } from "./style.ts";
import { acknowledgedSection, digestsSection, readingsSection } from "./tables.ts";
import { type TrailFacts, trailSection } from "./trail-section.ts";

/** The verdict as one page: no script, no address of anything outside, what is wrong first. */
export function htmlReport(report: Report): string {
  const { verdict, policy, trails } = report;
  const all = verdict.targets.flatMap((target, index) => trailsOf(report, target, index));
  const wrong = all.filter(({ violations }) => violations.length > 0).toSorted(worseFirst);
  const headline = headlineOf(verdict);
  const at = verdict.at === null ? latestOf(report) : verdict.at;
  const page = html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'" />
        <meta name="color-scheme" content="light dark" />
        <title>${headline}</title>
        <style>
          ${new Raw(STYLE)}
        </style>
      </head>
      <body>
        <header class="${stateOf(verdict)}">
          <p class="brand">auditgate ${manifest.version}</p>
          <h1>${headline}</h1>
          <p>
            ${at === undefined ? NOTHING : html`Judged as of <strong>${momentText(at)}</strong>${verdict.at === null ? ", each service's own time" : ""}`}${policy ? html`, by <code>${policy.path}</code>` : NOTHING}.
            ${verdict.enforcement === "mandatory" ? "The policy blocks" : "The policy only warns"} where a
            rule is broken.
          </p>
        </header>
        <main>
          ${verdict.targets.length > 1 ? matrix(verdict.targets) : NOTHING}${
            wrong.length === 0
              ? NOTHING
              : html`<section aria-labelledby="wrong">
                  <h2 id="wrong">What is wrong</h2>
                  ${legend()} ${wrong.map((facts) => withTarget(facts, verdict.targets.length > 1))}
                </section> `
          }${acknowledgedSection(report)}${verdict.targets.map((target, index) => targetSection(target, index, all, { several: verdict.targets.length > 1, withLegend: wrong.length === 0 && index === 0 }))}${readingsSection(report)}${digestsSection(report)}
        </main>
        <footer>
          <p>
            ${trails ? NOTHING : "A verdict out of a file has no records, so no time lines: auditgate report draws them. "}Times
            are UTC. Red is what the verdict holds against the policy, and nothing else.
          </p>
        </footer>
      </body>
    </html> `;
  return page.text;
}

/** The trails of a target, as the policy has them; what could not even be listed too. */
function trailsOf({ trails }: Report, target: TargetVerdict, index: number): readonly TrailFacts[] {
  const known = new Set(target.readings.map(({ query, subject }) => `${query} ${subject}`));
  const unread = target.violations
    .filter(({ query, subject }) => !known.has(`${query} ${subject}`))
    .map(({ query, subject, position }) => ({ query, subject, position, complete: null, count: 0 }));
  const readings: readonly Omit<JudgedReading, "digest">[] = [...target.readings, ...unread];
  return readings.map((reading, place) => ({
    target,
    reading,
    violations: target.violations.filter(
      ({ query, subject }) => query === reading.query && subject === reading.subject,
    ),
    trail: trails?.of(target.name, reading.query, reading.subject),
    anchor: anchorOf(index, place),
  }));
}

function worseFirst(one: TrailFacts, other: TrailFacts): number {
  const badness = ({ violations }: TrailFacts) =>
    violations.length + (violations.some(({ blocking }) => blocking) ? 1e6 : 0);
  return badness(other) - badness(one);
}

function withTarget(facts: TrailFacts, several: boolean): Markup {
  return several
    ? html`<p class="of">In <strong>${targetName(facts.target)}</strong></p>
        ${trailSection(facts)}`
    : trailSection(facts);
}

/** A target, and those of its trails that are in order. */
function targetSection(
  target: TargetVerdict,
  index: number,
  all: readonly TrailFacts[],
  { several, withLegend }: { readonly several: boolean; readonly withLegend: boolean },
): Markup {
  // A list has no time line; that it was read stands below.
  const own = all.filter(
    (facts) => facts.target === target && (facts.reading.subject !== "*" || facts.violations.length > 0),
  );
  const inOrder = own.filter(({ violations }) => violations.length === 0);
  const [outcome = "", place = ""] = targetHeadline(target).split("\n");
  return html`<section aria-labelledby="target-${index}">
    <h2 id="target-${index}">${several ? outcome : "In order"}</h2>
    <p>
      ${place} ${inOrder.length} of ${own.length} audit trails are in
      order${own.length > inOrder.length ? "; the others stand above" : ""}.
    </p>
    ${withLegend ? legend() : NOTHING} ${inOrder.map((facts) => trailSection(facts))}
  </section> `;
}

function latestOf({ verdict, trails }: Report): string | undefined {
  const times = verdict.targets.flatMap((target) =>
    target.readings.flatMap(({ query, subject }) => trails?.of(target.name, query, subject)?.servedAt ?? []),
  );
  return times.toSorted().at(-1);
}
