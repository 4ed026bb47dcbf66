/** What is sent back. */
export interface Answer {
  status: number;
  headers: Record<string, string>;
  /** A JSON value. */
  body?: unknown;
  /** Set instead of `body` for what is no JSON; its type is in the headers. */
  text?: string;
  /** Set instead of `body` by the audit queries, so that faults can alter rows and totals. */
  page?: Page;
}

/** One page of an audit query before it becomes JSON. */
export interface Page {
  /** Key of the rows: `records` or `audit_logs`. */
  items: string;
  /** Key of the total: `count` or `total_record`. */
  total: string;
  rows: readonly unknown[];
  /** The total that is reported; undefined leaves the key out. */
  reported: unknown;
  /** Further keys of the envelope. */
  extra: Record<string, unknown>;
}

/** Thrown where a request cannot go on; carries the whole answer. */
export class Refusal extends Error {
  readonly answer: Answer;

  constructor(answer: Answer) {
    super(`HTTP ${answer.status}`);
    this.answer = answer;
  }
}

/** An answer with a JSON body. */
export function json(status: number, body: unknown, headers: Record<string, string> = {}): Answer {
  return { status, headers, body };
}

/** An answer that is plain text, or what `type` says. */
export function textAnswer(status: number, text: string, type = "text/plain"): Answer {
  return { status, headers: { "Content-Type": type }, text };
}

/** Rows and total of one audit query. */
export function pageAnswer(page: Page): Answer {
  return { status: 200, headers: {}, page };
}

/** The body of an answer as text, with the page put together. */
export function bodyText(answer: Answer): string {
  const { page, text } = answer;
  if (text !== undefined) return text;
  if (page === undefined) return JSON.stringify(answer.body);
  return JSON.stringify({
    [page.items]: page.rows,
    ...(page.reported === undefined ? {} : { [page.total]: page.reported }),
    ...page.extra,
  });
}
