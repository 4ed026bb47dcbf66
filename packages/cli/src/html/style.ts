import type { SpanState } from "@auditgate/core";
import { html, type Markup } from "./markup.ts";
import { STATES } from "./time-line.ts";

/** What each colour and pattern means; red comes last, for it is told apart by meaning and not by state. */
export function legend(): Markup {
  const states = (Object.keys(STATES) as SpanState[])
    .filter((state) => state !== "overdue")
    .map(
      (state) =>
        html`<li>
          <svg aria-hidden="true" width="28" height="14">
            <rect class="${state} plain" x="1" y="1" width="26" height="12" />
          </svg>
          ${STATES[state]}
        </li>`,
    );
  return html`<ul class="legend" aria-label="Legend">
      ${states}
      <li>
        <svg aria-hidden="true" width="28" height="14">
          <rect class="failed violation" x="1" y="1" width="26" height="12" />
        </svg>
        against the policy
      </li>
      <li>
        <svg aria-hidden="true" width="28" height="14">
          <rect class="failed acknowledged" x="1" y="1" width="26" height="12" />
        </svg>
        acknowledged
      </li>
    </ul>
    ${PATTERNS}`;
}

/** Shapes, so that nothing depends on colours alone. Drawn by name in every time line. */
const PATTERNS: Markup = html`<svg aria-hidden="true" width="0" height="0" class="patterns">
  <defs>
    ${["soft", "bad", "known"].map(
      (colour) =>
        html`<pattern
            id="stripes-${colour}"
            class="in-${colour}"
            width="5"
            height="5"
            patternUnits="userSpaceOnUse"
            patternTransform="rotate(45)"
            ><path d="M0 0h2v5h-2z"
          /></pattern>
          <pattern id="dots-${colour}" class="in-${colour}" width="5" height="5" patternUnits="userSpaceOnUse"
            ><circle cx="2.5" cy="2.5" r="1.4"
          /></pattern> `,
    )}
  </defs>
</svg>`;

/** One style sheet, in the page. Colours have a contrast of at least 4.5 to what they stand on where they are text. */
export const STYLE = `
:root{--paper:#fff;--ink:#1b1f24;--soft:#57606a;--line:#d0d7de;--good:#1a7f37;--bad:#c4161c;--known:#8250df;--warn:#9a6700;--calm:#8ba3b5;--idle:#b9c4cf;--tint:#f6f8fa}
@media (prefers-color-scheme:dark){:root{--paper:#0d1117;--ink:#e6edf3;--soft:#a3adb8;--line:#3d444d;--good:#4ac26b;--bad:#ff6b66;--known:#b794f6;--warn:#d4a72c;--calm:#5f7d95;--idle:#4a5563;--tint:#161b22}}
*{box-sizing:border-box}
body{margin:0 auto;max-width:1100px;padding:24px 20px 48px;background:var(--paper);color:var(--ink);font:16px/1.5 system-ui,-apple-system,"Segoe UI",Roboto,"Helvetica Neue",Arial,"Noto Sans",sans-serif}
header{border-left:8px solid var(--good);padding:4px 0 4px 16px;margin-bottom:24px}header.closed{border-color:var(--bad)}header.warns{border-color:var(--warn)}
h1{font-size:1.6rem;line-height:1.25;margin:0;overflow-wrap:anywhere}h2{font-size:1.2rem;margin:32px 0 8px;border-bottom:1px solid var(--line);padding-bottom:4px;overflow-wrap:anywhere}h3{font-size:1rem;margin:0 0 8px;overflow-wrap:anywhere}
.brand,.of,footer{color:var(--soft);margin:0 0 4px}.of{margin:16px 0 4px}
code{font:.85em ui-monospace,SFMono-Regular,Menlo,Consolas,"DejaVu Sans Mono",monospace;overflow-wrap:anywhere}
.trail{margin:12px 0;padding:12px 14px;border:1px solid var(--line);border-radius:6px;border-left:5px solid var(--good);break-inside:avoid}.trail.closed{border-left-color:var(--bad)}.trail.warns{border-left-color:var(--warn)}
dl.violation{display:grid;grid-template-columns:max-content 1fr;gap:0 14px;margin:0 0 10px;overflow-wrap:anywhere}dt{color:var(--soft)}dd{margin:0;min-width:0}.closed .found,.closed .since{color:var(--bad);font-weight:600}
.lanes{display:grid;grid-template-columns:minmax(110px,max-content) 1fr;gap:0 12px}.name{font-size:.75rem;line-height:22px;color:var(--soft);overflow-wrap:anywhere}.dates{grid-column:2}
svg{display:block;overflow:hidden;min-width:0}.legend svg{display:inline-block;vertical-align:-2px}.patterns{position:absolute}
rect{stroke-width:1.5}
.axis,.tick{stroke:var(--line);stroke-width:1}.when{fill:var(--soft);font-size:11px}.late{text-anchor:end}
.done{fill:var(--calm);stroke:var(--calm)}.failed,.silent{fill:url(#stripes-soft);stroke:var(--soft)}.running,.pending{fill:url(#dots-soft);stroke:var(--soft)}.unknown{fill:none;stroke:var(--soft);stroke-dasharray:3 2}.gap,.overdue{fill:none;stroke:var(--soft);stroke-dasharray:4 2}.freeze{fill:var(--idle);fill-opacity:.35;stroke:none}
rect.violation{stroke:var(--bad);fill:var(--bad)}.gap.violation,.overdue.violation,.silent.violation{fill:url(#stripes-bad)}.running.violation,.pending.violation{fill:url(#dots-bad)}
rect.acknowledged{stroke:var(--known);fill:var(--known)}.gap.acknowledged,.overdue.acknowledged,.silent.acknowledged{fill:url(#stripes-known)}.running.acknowledged,.pending.acknowledged{fill:url(#dots-known)}
.in-soft{fill:var(--soft)}.in-bad{fill:var(--bad)}.in-known{fill:var(--known)}
.marks,.legend{list-style:none;padding:0;margin:8px 0 0;font-size:.9rem}.marks li{padding-left:14px;border-left:3px solid var(--bad);margin:3px 0;overflow-wrap:anywhere}.marks .acknowledged{border-color:var(--known)}
.legend{display:flex;flex-wrap:wrap;gap:4px 18px;color:var(--soft);margin-bottom:8px}
.wide{overflow-x:auto}table{border-collapse:collapse;font-size:.9rem;min-width:100%}th,td{text-align:left;vertical-align:top;padding:4px 10px 4px 0;border-bottom:1px solid var(--line)}th{color:var(--soft);font-weight:600}td{overflow-wrap:anywhere;min-width:6em}
.chip{display:inline-block;padding:2px 8px;margin:1px 0;border:1px solid currentColor;border-radius:10px;text-decoration:none;color:var(--good)}.chip.closed{color:var(--bad)}.chip.warns{color:var(--warn)}
:focus-visible{outline:2px solid var(--ink);outline-offset:2px}
@media (max-width:640px){body{padding:14px 12px 32px}h1{font-size:1.3rem}.lanes{grid-template-columns:1fr}.dates{grid-column:1}.when:nth-last-of-type(even){display:none}dl.violation{grid-template-columns:1fr}dd{margin-bottom:4px}}
@media print{:root{--paper:#fff;--ink:#000;--soft:#444;--line:#bbb;--good:#1a7f37;--bad:#b00d13;--known:#6b3fc0;--warn:#7a5200;--calm:#8ba3b5;--idle:#b9c4cf}body{max-width:none;padding:0;font-size:10.5pt;print-color-adjust:exact;-webkit-print-color-adjust:exact}.wide{overflow:visible}table{font-size:8.5pt}thead{display:table-header-group}tr,dl.violation{break-inside:avoid}h2,h3{break-after:avoid}}
`;
