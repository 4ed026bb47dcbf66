import type { Line } from "./scene.ts";

const LINE_HEIGHT = 23;
/** Of the font, and of its columns [px]. */
const SIZE = 16;
const COLUMN_WIDTH = 9.64;
const MARGIN = 18;

const STYLE = `
  svg { --paper: #f6f8fa; --edge: #d0d7de; --plain: #1f2328; --faint: #59636e; --good: #1a7f37; --bad: #cf222e; --command: #0550ae; }
  @media (prefers-color-scheme: dark) {
    svg { --paper: #0d1117; --edge: #3d444d; --plain: #f0f6fc; --faint: #9198a1; --good: #3fb950; --bad: #f85149; --command: #79c0ff; }
  }
  rect { fill: var(--paper); stroke: var(--edge); }
  text { font: ${SIZE}px ui-monospace, SFMono-Regular, Menlo, Consolas, "Liberation Mono", monospace; white-space: pre; fill: var(--plain); }
  .command { fill: var(--command); font-weight: 600; }
  .good { fill: var(--good); }
  .bad { fill: var(--bad); }
  .faint { fill: var(--faint); }
`;

/** Lines of a terminal as an SVG that follows the reader's light or dark scheme. */
export function drawn(lines: readonly Line[]): string {
  const width = Math.ceil(Math.max(...lines.map(({ text }) => text.length)) * COLUMN_WIDTH) + 2 * MARGIN;
  const height = lines.length * LINE_HEIGHT + 2 * MARGIN;
  const rows = lines.map(
    ({ text, tone }, index) =>
      `<text x="${MARGIN}" y="${MARGIN + index * LINE_HEIGHT + SIZE}" class="${tone}" xml:space="preserve">${escaped(text)}</text>`,
  );
  const title = "<title>The demo: a deployment is blocked while the audit trail is not in order</title>";
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img">
${title}
<style>${STYLE}</style>
<rect x="0.5" y="0.5" width="${width - 1}" height="${height - 1}" rx="8"/>
${rows.join("\n")}
</svg>
`;
}

function escaped(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}
