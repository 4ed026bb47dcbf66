const silenced = new Set<string>();
let installed = false;

/**
 * Pulumi's provider process prints each error and its stack to stderr beside reporting it, and the CLI shows both.
 * What is reported says everything; this keeps the copy of `error`, and only that, from being printed.
 */
export function withoutPrint(error: Error): Error {
  silenced.add(`${String(error)}: ${error.stack}`);
  if (installed) return error;
  installed = true;
  const print = console.error.bind(console);
  console.error = (...parts: unknown[]) => {
    const [text] = parts;
    if (typeof text !== "string" || !silenced.delete(text)) print(...parts);
  };
  return error;
}
