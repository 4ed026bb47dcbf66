import type { JudgedReading, JudgedViolation, Span, TargetVerdict } from "@auditgate/core";
import type { JudgedTrail } from "../judged-trails.ts";
import { html, type Markup, NOTHING } from "./markup.ts";
import { markOf, type Marked, rulesOf } from "./marks.ts";
import { momentText } from "./moment.ts";
import { queryName } from "./names.ts";
import { timeLine } from "./time-line.ts";

/** One audit trail with all that is said of it. */
export interface TrailFacts {
  readonly target: TargetVerdict;
  readonly reading: Pick<JudgedReading, "query" | "subject" | "complete" | "count">;
  readonly violations: readonly JudgedViolation[];
  /** Absent where the verdict is out of a file. */
  readonly trail: JudgedTrail | undefined;
  readonly anchor: string;
}

/** Marks that are written out beside the picture; the others are counted. */
const MOST_MARKS = 12;

/** An audit trail: what is wrong with it first, then its time line. */
export function trailSection(facts: TrailFacts): Markup {
  const { reading, violations, trail, target, anchor } = facts;
  const label = queryName(reading.query);
  const marked = trail && { target, subject: reading.subject, trail };
  const state = violations.some(({ blocking }) => blocking)
    ? "closed"
    : violations.length > 0
      ? "warns"
      : "passed";
  return html`<article id="${anchor}" class="trail ${state}">
    <h3>${label} <code>${reading.subject}</code></h3>
    ${violations.map((violation) => violationOf(violation, sinceOf(violation, marked)))}
    ${trail?.timeline && marked ? timeLine(trail.timeline, marked, `${label} ${reading.subject}`) : NOTHING}
    ${marked ? marksOf(marked) : NOTHING}
  </article> `;
}

function violationOf(
  { rule, ruleId, expected, found, next, blocking }: JudgedViolation,
  since: string,
): Markup {
  return html`<dl class="violation" data-rule="${ruleId}">
    <dt>Rule</dt>
    <dd><strong>${rule}</strong> <code>${ruleId}</code>${blocking ? "" : " (a warning only)"}</dd>
    <dt>Expected</dt>
    <dd>${expected}</dd>
    <dt>Found</dt>
    <dd class="found">${found}</dd>
    ${
      since === ""
        ? NOTHING
        : html`<dt>Since</dt>
            <dd class="since">${since}</dd>`
    }
    <dt>Next</dt>
    <dd>${next}</dd>
  </dl> `;
}

/** Since when a rule is broken, as far as a time line shows it. */
function sinceOf({ ruleId }: JudgedViolation, marked: Marked | undefined): string {
  const { timeline } = marked?.trail ?? {};
  if (!timeline || !marked) return "";
  const own = timeline.lanes
    .flatMap(({ spans }) => spans)
    .filter((span) => rulesOf(span, "violation", marked).includes(ruleId));
  const first = own.reduce((earliest, span) => Math.min(earliest, span.from), Infinity);
  if (!Number.isFinite(first)) return "";
  return first <= timeline.from ? `before ${momentText(timeline.from)}` : momentText(first);
}

/** What is against the policy or acknowledged, in words: a picture alone tells nobody who cannot see it. */
function marksOf(marked: Marked): Markup {
  const { timeline } = marked.trail;
  const all = (timeline?.lanes ?? []).flatMap(({ name, spans }) =>
    spans.flatMap((span) => {
      const mark = markOf(span, marked);
      return mark ? [{ name, span, mark }] : [];
    }),
  );
  if (all.length === 0) return NOTHING;
  const shown = all.toSorted((one, other) => one.span.from - other.span.from).slice(0, MOST_MARKS);
  const lanes = timeline?.lanes.length ?? 0;
  const more = all.length - shown.length;
  return html`<ul class="marks">
    ${shown.map(({ name, span, mark }) => html`<li class="${mark}">${lanes > 1 ? html`<code>${name}</code> ` : NOTHING}${span.text}${reasonOf(span, marked, mark)}</li>`)}${more > 0 ? html`<li>and ${more} more</li>` : NOTHING}
  </ul>`;
}

function reasonOf(span: Span, { trail }: Marked, mark: "violation" | "acknowledged"): Markup {
  if (mark === "violation") return NOTHING;
  const known = trail.acknowledged.find(({ rule }) => span.counted.some(({ ruleId }) => ruleId === rule));
  return known ? html` <em>Acknowledged until ${known.until}: ${known.reason}</em>` : NOTHING;
}
