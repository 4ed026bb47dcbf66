import { printable } from "@auditgate/core";
import * as pulumi from "@pulumi/pulumi";
import { argumentNames, idOf, type QueryName, SECRET_MARK, type Values } from "./arguments.ts";
import { keepResponsesOutOfDebugLog } from "./debug-log.ts";
import { afterAll } from "./dependencies.ts";
import { refuseUnknown } from "./errors.ts";
import type { ReadOptions } from "./options.ts";
import type { ReadProvider } from "./provider.ts";

// What a reading adds to its arguments. Pulumi makes an output of each name it is given, absent arguments too.
const OUTPUTS = ["records", "total", "complete", "incompleteReason", "window", "summary", "digest"] as const;

/** What the resource classes have in common: a resource with an id from the start is read, never created. */
export abstract class ReadResource extends pulumi.dynamic.Resource {
  declare readonly incompleteReason: pulumi.Output<string | undefined>;

  constructor(
    query: QueryName,
    provider: ReadProvider,
    type: string,
    name: string,
    args: object,
    opts: ReadOptions,
  ) {
    refuseUnknown(type, argumentNames(query), args);
    keepResponsesOutOfDebugLog();
    const given = pulumi.output({ ...args }).apply((known): Values => known);
    // What is read with a secret can contain it. Pulumi makes an output secret whose input of the same name is.
    const placeholder = pulumi
      .output(pulumi.isSecret(given))
      .apply((secret) => (secret ? pulumi.secret(undefined) : undefined));
    const mark = pulumi.output(pulumi.isSecret(given)).apply((secret) => secret || undefined);
    // Unknown while an argument or dependency is, so that a preview does not ask with half of the arguments.
    const itself = new Set<pulumi.Resource>();
    const id = pulumi.all([given, afterAll(opts.dependsOn, itself)]).apply(([known]) => idOf(query, known));
    const absent = argumentNames(query).map((argument) => [argument, undefined]);
    const outputs = OUTPUTS.map((output) => [output, placeholder]);
    super(
      provider,
      name,
      { ...Object.fromEntries([...absent, ...outputs]), ...args, [SECRET_MARK]: mark },
      { ...opts, id: pulumi.unsecret(id) },
      "auditgate",
      type,
    );
    // Before any of the outputs above has settled, for those do so in a later turn.
    itself.add(this);
    this.incompleteReason.apply((reason) => {
      if (reason) void pulumi.log.warn(`The reading is not complete: ${printable(reason)}`, this);
    });
  }
}
