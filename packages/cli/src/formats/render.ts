import type { Report } from "../report.ts";
import type { VerdictFormat } from "./names.ts";

/** A verdict in one of its forms. Each is loaded when it is asked for. */
export async function render(report: Report, format: VerdictFormat): Promise<string> {
  switch (format) {
    case "text":
      return (await import("./text.ts")).textReport(report);
    case "json":
      return (await import("./json.ts")).jsonReport(report);
    case "junit":
      return (await import("./junit.ts")).junitReport(report);
    case "sarif":
      return (await import("./sarif.ts")).sarifReport(report);
    case "markdown":
      return (await import("./markdown.ts")).markdownReport(report);
    case "html":
      return (await import("../html/page.ts")).htmlReport(report);
  }
}
