import type { Bars, Chart, Curve } from "../result.ts";
import { number } from "./table.ts";

const WIDTH = 860;
const LABELS = 330;
const ROW = 22;
const OURS = "#1a6fb5";
const OTHERS = "#9aa4ad";

interface Drawn {
  readonly height: number;
  readonly svg: string;
}

/** All charts, one below the other, as one SVG file. */
export function svgOf(charts: readonly Chart[], footer: string): string {
  const parts: string[] = [];
  let y = 16;
  for (const chart of charts) {
    const { height, svg } = chart.kind === "bars" ? drawBars(chart) : drawCurve(chart);
    parts.push(`<g transform="translate(16 ${y})">${title(chart.title)}${svg}</g>`);
    y += height + 24;
  }
  parts.push(`<text x="16" y="${y + 4}" font-size="11" fill="#666">${escape(footer)}</text>`);
  const size = `width="${WIDTH}" height="${y + 20}" viewBox="0 0 ${WIDTH} ${y + 20}"`;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" ${size} font-family="sans-serif" font-size="13">`,
    `<rect width="100%" height="100%" fill="#fff"/>`,
    ...parts,
    "</svg>\n",
  ].join("\n");
}

function drawBars({ bars, unit }: Bars): Drawn {
  const most = Math.max(...bars.map(({ value }) => value));
  const room = WIDTH - LABELS - 130;
  const lines = bars.map(({ label, value }, index) => {
    const y = 28 + index * ROW;
    const length = Math.max(1, (value / most) * room);
    const fill = label.startsWith("auditgate") ? OURS : OTHERS;
    return [
      `<text x="${LABELS - 8}" y="${y + 13}" text-anchor="end">${escape(label)}</text>`,
      `<rect x="${LABELS}" y="${y}" width="${length.toFixed(1)}" height="${ROW - 5}" fill="${fill}"/>`,
      `<text x="${(LABELS + length + 6).toFixed(1)}" y="${y + 13}">${number(value)} ${escape(unit)}</text>`,
    ].join("");
  });
  return { height: 28 + bars.length * ROW, svg: lines.join("\n") };
}

function drawCurve({ points, unit, sizes }: Curve): Drawn {
  const [width, height, left, top] = [480, 200, LABELS, 28];
  const scale = (values: readonly number[], length: number) => {
    const [least, most] = [Math.log(Math.min(...values)), Math.log(Math.max(...values))];
    return (value: number) => (most > least ? ((Math.log(value) - least) / (most - least)) * length : 0);
  };
  const across = scale(
    points.map(({ size }) => size),
    width - 100,
  );
  const up = scale(
    points.map(({ value }) => value),
    height - 30,
  );
  const places = points.map(({ size, value }) => ({
    x: left + across(size),
    y: top + height - up(value),
    text: `${size} ${sizes}: ${number(value)} ${unit}`,
  }));
  const line = places.map(({ x, y }) => `${x.toFixed(1)},${y.toFixed(1)}`).join(" ");
  const marks = places.map(
    ({ x, y, text }) =>
      `<circle cx="${x.toFixed(1)}" cy="${y.toFixed(1)}" r="4" fill="${OURS}"/>` +
      `<text x="${(x - 10).toFixed(1)}" y="${y.toFixed(1)}" text-anchor="end">${escape(text)}</text>`,
  );
  const axes = `<path d="M${left} ${top}v${height}h${width - 100}" fill="none" stroke="${OTHERS}"/>`;
  const curve = `<polyline points="${line}" fill="none" stroke="${OURS}" stroke-width="2"/>`;
  return { height: top + height + 16, svg: [axes, curve, ...marks].join("\n") };
}

function title(text: string): string {
  return `<text y="14" font-size="15" font-weight="bold">${escape(text)}</text>\n`;
}

function escape(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}
