import type { Lane, Span, SpanState, Timeline } from "@auditgate/core";
import { type Mark, markOf, type Marked, rulesOf } from "./marks.ts";
import { html, type Markup, NOTHING } from "./markup.ts";
import { momentText, tickText, ticksBetween } from "./moment.ts";

const LANE = 22;
const BAR = 14;
const AXIS = 18;
/** Of the whole width [%]. */
const THINNEST = 0.15;
/** From here on a date stands before its line, or it would run out of the page [%]. */
const LATE = 80;

/** Where an instant stands, of the whole width [%]. */
type Share = (instant: number) => number;

/** What each state is called, in the order of the legend. */
export const STATES: Readonly<{ [state in SpanState]: string }> = {
  done: "in order",
  running: "still running",
  pending: "pending",
  unknown: "not explained by the rules",
  failed: "failed",
  gap: "gap or overdue",
  overdue: "overdue",
  silent: "silent node",
  freeze: "time without changes",
};

/** A time line as SVG: a line for each lane, with what counts against the policy in red. */
export function timeLine(timeline: Timeline, marked: Marked, label: string): Markup {
  const { from, to, lanes } = timeline;
  const share = (instant: number) => ((instant - from) / (to - from)) * 100;
  const at = (instant: number) => `${round(share(instant))}%`;
  const ticks = ticksBetween(from, to);
  const lines = ticks.map(
    (tick) => html`<line class="tick" x1="${at(tick)}" x2="${at(tick)}" y1="0" y2="100%" />`,
  );
  const rows = lanes.map(
    (lane) =>
      html`<div class="name">${lane.name}</div>
        <svg role="img" width="100%" height="${LANE}">
          <title>${label}, ${lane.name}: ${summaryOf(lane, timeline, marked)}</title>
          ${lines}${barsOf(lane, marked, share)}
        </svg> `,
  );
  const dates = ticks.map(
    (tick) =>
      html`<text class="when${share(tick) > LATE ? " late" : ""}" x="${at(tick)}" y="13"
        >${tickText(tick)}</text
      >`,
  );
  return html`<div class="lanes">
    ${rows}<svg class="dates" aria-hidden="true" width="100%" height="${AXIS}">${dates}</svg>
  </div>`;
}

function barsOf({ spans }: Lane, marked: Marked, share: Share): Markup {
  const drawn = spans.map((span) => ({ span, mark: markOf(span, marked) }));
  // What matters lies on top of what does not.
  const ordered = drawn.toSorted((one, other) => weightOf(one) - weightOf(other));
  const axis = LANE / 2;
  return html`<line
      class="axis"
      x1="0"
      x2="100%"
      y1="${axis}"
      y2="${axis}"
    />${ordered.map(({ span, mark }) => barOf(span, mark, marked, share))}`;
}

function weightOf({ span, mark }: { readonly span: Span; readonly mark: Mark }): number {
  if (mark === "violation") return 3;
  if (mark === "acknowledged") return 2;
  return span.state === "freeze" ? 0 : 1;
}

function barOf(span: Span, mark: Mark, marked: Marked, share: Share): Markup {
  const { state, text } = span;
  const y = state === "freeze" ? 0 : (LANE - BAR) / 2;
  // Without any width nothing is drawn.
  const width = Math.max(round(share(span.to) - share(span.from)), THINNEST);
  const data = mark ? html` data-rule="${rulesOf(span, mark, marked).join(" ")}"` : NOTHING;
  return html`<rect
    class="${state} ${mark ?? "plain"}"
    x="${round(share(span.from))}%"
    width="${width}%"
    y="${y}"
    height="${state === "freeze" ? LANE : BAR}"
    ${data}
    ><title>${said(mark)}${text}</title></rect
  >`;
}

function said(mark: Mark): string {
  if (mark === "violation") return "Against the policy. ";
  return mark === "acknowledged" ? "Acknowledged. " : "";
}

/** For whoever cannot see it: how many of what, and from when to when. */
function summaryOf({ spans }: Lane, { from, to }: Timeline, marked: Marked): string {
  const counts = (Object.keys(STATES) as SpanState[]).flatMap((state) => {
    const own = spans.filter((span) => span.state === state);
    const count = own.reduce((sum, span) => sum + Math.max(span.count, 1), 0);
    return count === 0 ? [] : [`${count} ${STATES[state]}`];
  });
  const against = spans.filter((span) => markOf(span, marked) === "violation").length;
  const end = against === 0 ? "nothing against the policy" : `${against} against the policy`;
  return `${momentText(from)} to ${momentText(to)}, ${[...counts, end].join(", ")}`;
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}
