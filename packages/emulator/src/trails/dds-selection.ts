import type { AuditLog, Generated, Instance } from "../data/data.ts";
import { auditLogMaker, lazyRows, type Rows } from "./generated-rows.ts";
import { parseOffsetTime } from "./instant.ts";
import type { Context, WindowConvention } from "../http/request.ts";
import { ordered, remembered } from "./selection.ts";

/** A window of time [ms since 1970-01-01 UTC]. */
export interface Window {
  start: number;
  end: number;
}

/** The logs of one node, or of all, that belong to a window by the server's convention. */
export function selectLogs(
  context: Context,
  instance: Instance,
  window: Window,
  nodeId: string | undefined,
): Rows<AuditLog> {
  const { conventions, state } = context;
  const list = instance.auditLogs;
  const query = [conventions.order, conventions.window, window.start, window.end, nodeId ?? ""].join("|");
  return remembered(state, list, query, () => {
    if (!Array.isArray(list))
      return ordered(
        generatedLogs(instance, list, window, nodeId, conventions.window),
        conventions.order,
        startOf,
      );
    const spans = remembered(state, list, "spans", () => list.map(spanOf)) as Window[];
    const chosen = list.filter(
      (log, index) =>
        (nodeId === undefined || log.node_id === nodeId) &&
        (instance.answers?.anyWindow || belongs(spans[index] ?? spanOf(log), window, conventions.window)),
    );
    return ordered(chosen, conventions.order, startOf);
  });
}

/**
 * Whether a log belongs to a window. No document says it. The default counts a log that touches the window even with
 * its last instant, so a log on a boundary is in both of two neighbouring windows, which readers have to survive.
 */
function belongs(log: Window, window: Window, convention: WindowConvention): boolean {
  switch (convention) {
    case "touching":
      return log.start <= window.end && log.end >= window.start;
    case "overlapping":
      return log.start < window.end && log.end > window.start;
    case "by-start":
      return log.start >= window.start && log.start <= window.end;
    case "by-start-exclusive":
      return log.start >= window.start && log.start < window.end;
    case "by-end":
      return log.end >= window.start && log.end <= window.end;
    case "contained":
      return log.start >= window.start && log.end <= window.end;
  }
}

/** Every convention selects a contiguous run of generated logs, which arithmetic finds within two steps. */
function generatedLogs(
  instance: Instance,
  list: Generated,
  window: Window,
  nodeId: string | undefined,
  convention: WindowConvention,
): Rows<AuditLog> {
  const { count, newest, everySeconds } = list.generate;
  const { nodes } = instance;
  const stepMs = everySeconds * 1000;
  const newestMs = Date.parse(newest);
  const groups = Math.ceil(count / nodes.length);
  const inside = (group: number): boolean =>
    belongs({ start: newestMs - (group + 1) * stepMs, end: newestMs - group * stepMs }, window, convention);
  let first = Math.max(0, Math.floor((newestMs - window.end) / stepMs) - 2);
  let last = Math.min(groups - 1, Math.ceil((newestMs - window.start) / stepMs) + 2);
  while (first <= last && !inside(first)) first++;
  while (last >= first && !inside(last)) last--;
  const make = auditLogMaker(list, instance.id, nodes);
  const width = nodes.length;
  if (nodeId === undefined)
    return lazyRows(Math.max(0, Math.min(count, (last + 1) * width) - first * width), (index) =>
      make(first * width + index),
    );
  const column = nodes.indexOf(nodeId);
  const lastWithNode = last * width + column < count ? last : last - 1;
  return lazyRows(Math.max(0, lastWithNode - first + 1), (index) => make((first + index) * width + column));
}

/** Times that cannot be read belong to no window, which is what NaN does in comparisons. */
function spanOf(log: AuditLog): Window {
  return {
    start: parseOffsetTime(log.start_time) ?? Number.NaN,
    end: parseOffsetTime(log.end_time) ?? Number.NaN,
  };
}

function startOf(log: AuditLog): number {
  return spanOf(log).start;
}
