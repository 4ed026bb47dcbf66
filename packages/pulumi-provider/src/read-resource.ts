import { harmless, queries } from "@auditgate/core";
import * as pulumi from "@pulumi/pulumi";
import { argumentNames, idOf, type QueryName, SECRET_MARK, type Values } from "./arguments.ts";
import { refuseMistypedKeys } from "./settings/config-keys.ts";
import { keepResponsesOutOfDebugLog } from "./process/debug-log.ts";
import { afterAll } from "./dependencies.ts";
import { refuseUnknown } from "./errors.ts";
import { READ_OPTIONS, type ReadOptions, refuseUnsuitable } from "./options.ts";
import { READ_PROVIDER } from "./process/stored-providers.ts";
import { StoredResource } from "./stored-resource.ts";

// What a reading adds to its arguments. Pulumi makes an output of each name it is given, absent arguments too.
const OUTPUTS = ["records", "total", "complete", "incompleteReason", "window", "summary", "digest"] as const;

// A symbol of the registry, for a program can hold two copies of this package (ES module and CommonJS).
const ASKED = Symbol.for("@auditgate/pulumi-provider/asked");

/** What the resource classes have in common: a resource with an id from the start is read, never created. */
export abstract class ReadResource extends StoredResource {
  /** Why the reading is not complete; undefined where it is. */
  declare readonly incompleteReason: pulumi.Output<string | undefined>;

  constructor(query: QueryName, type: string, name: string, args: object, opts: ReadOptions) {
    refuseUnknown(type, argumentNames(query), args);
    refuseUnsuitable(opts);
    refuseUnknown(`${type}'s options`, READ_OPTIONS, opts);
    refuseMistypedKeys();
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
      `(${READ_PROVIDER})("${query}")`,
      type,
      name,
      { ...Object.fromEntries([...absent, ...outputs]), ...args, [SECRET_MARK]: mark },
      { ...opts, id: pulumi.unsecret(id) },
    );
    Object.defineProperty(this, ASKED, { value: { query, given } satisfies Asked });
    // Before any of the outputs above has settled, for those do so in a later turn.
    itself.add(this);
    this.incompleteReason.apply((reason) => {
      if (reason) void pulumi.log.warn(`The reading is not complete: ${harmless(reason)}`, this);
    });
  }
}

interface Asked {
  readonly query: QueryName;
  readonly given: pulumi.Output<Values>;
}

/** The query of a resource of this package. */
export function queryIn(resource: object): QueryName | undefined {
  const { [ASKED]: asked }: { readonly [ASKED]?: Asked } = resource;
  return asked?.query;
}

/**
 * What a resource has read, as a function would return it; undefined for what is none of this package. In a preview
 * the SDK takes an output that is absent for one that is not known, so none that can be absent is waited for.
 */
export function readingIn(resource: object): pulumi.Output<Values> | undefined {
  const { [ASKED]: asked }: { readonly [ASKED]?: Asked } = resource;
  if (!asked) return undefined;
  const outputs = new Map<string, pulumi.Output<unknown>>(Object.entries(resource));
  const always = ["id", "records", "total", "complete", "summary", "digest"];
  if (queries[asked.query].windowed) always.push("window");
  const found = pulumi.all(Object.fromEntries(always.map((name) => [name, outputs.get(name)])));
  const reason = outputs
    .get("complete")
    ?.apply((complete) => (complete === true ? undefined : outputs.get("incompleteReason")));
  return pulumi
    .all([asked.given, found, reason])
    .apply(([given, values, incompleteReason]): Values => ({ ...given, ...values, incompleteReason }));
}
