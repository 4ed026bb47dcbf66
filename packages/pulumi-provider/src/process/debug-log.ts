import * as messages from "@pulumi/pulumi/proto/resource_pb.js";

/**
 * Keeps secrets out of Pulumi's event log: the SDK writes every response of the engine, secrets in plain text, into
 * debug messages, and event logs (`--event-log`, the Automation API's `onEvent`) keep those of every run.
 *
 * @see https://github.com/pulumi/pulumi/blob/v3.250.0/sdk/nodejs/runtime/resource.ts `ReadResource RPC finished`
 */
export function keepResponsesOutOfDebugLog(): void {
  // Node finds no named exports in this generated module, so an ES module has them under `default`.
  const common = "default" in messages ? (messages.default as typeof messages) : messages;
  for (const response of [common.ReadResourceResponse, common.RegisterResourceResponse]) {
    response.prototype.toString = () => "(not shown: it can hold secrets)";
  }
}
