import type { Redaction } from "@auditgate/core/texts";
import { objectType, type ProviderSchema, type Schema } from "../schema/attribute.ts";
import type { Core } from "./data-source.ts";
import { demandErrors } from "./demands.ts";
import { bugDiagnostic, redactDiagnostic, warningDiagnostic } from "./diagnostics.ts";
import { decodeValue, encodeValue } from "../protocol/dynamic-value.ts";
import {
  Deferred_Reason,
  type Diagnostic,
  type DynamicValue,
  ProviderDefinition,
  type ReadDataSource_Request,
} from "../protocol/gen/tfplugin6.ts";
import { onceErrors } from "./evidence-once.ts";
import { type Call, type Routes, serviceRoutes } from "../protocol/grpc.ts";
import type { Log } from "./log.ts";
import { secretsOf } from "./redaction.ts";
import { schemaMessage } from "../protocol/schema-message.ts";
import { createSession, type Session, unknownDiagnostic } from "./session.ts";
import { toSettings, unknownSettings } from "./settings.ts";
import { validateConfig } from "./validate.ts";
import { isObject, type ObjectValue, UNKNOWN } from "../schema/value.ts";

export interface ProviderOptions {
  readonly schema: ProviderSchema;
  /** Called by the first reading, not earlier. */
  readonly loadCore: () => Promise<Core>;
  readonly log: Log;
  readonly redaction: Redaction;
}

const insecureDiagnostic = warningDiagnostic({
  summary: "Server certificates are not verified",
  detail:
    "insecure is set: anyone between here and the service can read the credentials and forge audit data.",
  attribute: ["insecure"],
});

type Schemas = ProviderSchema["dataSources"];

/**
 * The provider's service: one function for each call of the protocol.
 *
 * @see https://developer.hashicorp.com/terraform/plugin/framework/internals/rpcs
 */
export function providerRoutes({ schema, loadCore, log, redaction }: ProviderOptions): Routes {
  const { provider, dataSources, ephemeralResources } = schema;
  // The engine may keep the schema between its runs of this program instead of asking each one.
  const serverCapabilities = { getProviderSchemaOptional: true };
  let session: Session | undefined;
  let unknown: readonly string[] = [];
  let stopping = new AbortController();

  /** What `work` answers; whatever it throws becomes a diagnostic, for a broken call would say less. */
  const guarded = async (work: () => Answer | Promise<Answer>): Promise<Answer> => {
    let answer: Answer;
    try {
      answer = await work();
    } catch (error) {
      log("error", "unforeseen error", { stack: error instanceof Error ? error.stack : String(error) });
      answer = { diagnostics: [bugDiagnostic(error)] };
    }
    return {
      ...answer,
      diagnostics: answer.diagnostics.map((one) => redactDiagnostic(one, redaction.redact)),
    };
  };

  const validate = (
    known: Schema,
    config: DynamicValue | undefined,
    further: (config: ObjectValue) => Diagnostic[] = () => [],
  ) =>
    guarded(() => {
      const values = decode(known, config);
      const flaws = validateConfig(known.attributes, values);
      return { diagnostics: flaws.length > 0 ? flaws : [...demandErrors(known, values), ...further(values)] };
    });

  const read = (
    schemas: Schemas,
    stored: boolean,
    { typeName = "", config: given, clientCapabilities }: ReadDataSource_Request,
    { signal }: Call,
  ) =>
    guarded(async () => {
      const known = schemaOf(schemas, typeName);
      const config = decode(known, given);
      if (unknown.length > 0) {
        if (!clientCapabilities?.deferralAllowed) return { diagnostics: [unknownDiagnostic(unknown)] };
        const deferred = { reason: Deferred_Reason.PROVIDER_CONFIG_UNKNOWN };
        return { value: encode(known, whenApplied(known, config)), deferred, diagnostics: [] };
      }
      if (!session) throw new Error("the engine reads before it configures");
      const request = {
        typeName,
        attributes: known.attributes,
        config,
        stored,
        signal: AbortSignal.any([signal, stopping.signal]),
      };
      const { state, diagnostics } = await session.read(request);
      return { ...(state && { value: encode(known, state) }), diagnostics };
    });

  return serviceRoutes(ProviderDefinition, {
    getMetadata: () => ({
      serverCapabilities,
      dataSources: Object.keys(dataSources).map((typeName) => ({ typeName })),
      ephemeralResources: Object.keys(ephemeralResources).map((typeName) => ({ typeName })),
    }),
    getProviderSchema: () => ({ ...schemaMessage(schema), serverCapabilities }),
    validateProviderConfig: ({ config }) => validate(provider, config),
    configureProvider: ({ config }) =>
      guarded(() => {
        const values = decode(provider, config);
        redaction.add(secretsOf(provider.attributes, values));
        // What was unknown to `validate` is known now.
        const flaws = validateConfig(provider.attributes, values);
        if (flaws.length > 0) return { diagnostics: flaws };
        unknown = unknownSettings(values);
        session = createSession(toSettings(provider.attributes, values), loadCore, log);
        stopping = new AbortController();
        return { diagnostics: values["insecure"] === true ? [insecureDiagnostic] : [] };
      }),
    validateDataResourceConfig: ({ typeName = "", config }) =>
      validate(schemaOf(dataSources, typeName), config),
    readDataSource: async (request, call) => {
      const { value: state, ...answer } = await read(dataSources, true, request, call);
      return { state, ...answer };
    },
    validateEphemeralResourceConfig: ({ typeName = "", config }) =>
      validate(schemaOf(ephemeralResources, typeName), config, onceErrors),
    openEphemeralResource: async (request, call) => {
      const { value: result, ...answer } = await read(ephemeralResources, false, request, call);
      return { result, ...answer };
    },
    // What was read needs neither renewing nor closing.
    renewEphemeralResource: () => ({}),
    closeEphemeralResource: () => ({}),
    getFunctions: () => ({}),
    stopProvider: () => {
      stopping.abort();
      return {};
    },
  });
}

interface Answer {
  readonly value?: DynamicValue;
  readonly deferred?: { readonly reason: Deferred_Reason };
  readonly diagnostics: Diagnostic[];
}

function schemaOf(schemas: Schemas, typeName: string): Schema {
  const schema = Object.hasOwn(schemas, typeName) ? schemas[typeName] : undefined;
  if (!schema) throw new Error(`this provider has no ${typeName}`);
  return schema;
}

function decode({ attributes }: Schema, config: DynamicValue | undefined): ObjectValue {
  const value = decodeValue(config?.msgpack ?? Buffer.of(), objectType(attributes));
  if (!isObject(value)) throw new Error("the engine sent no configuration");
  return value;
}

function encode({ attributes }: Schema, state: ObjectValue): DynamicValue {
  return { msgpack: Buffer.from(encodeValue(state, objectType(attributes))) };
}

/** What is known of a result before it can be read. */
function whenApplied({ attributes }: Schema, config: ObjectValue): ObjectValue {
  return Object.fromEntries(
    Object.entries(attributes).map(([name, { computed }]) => [
      name,
      config[name] ?? (computed ? UNKNOWN : null),
    ]),
  );
}
