import {
  DefaultTokenResolver,
  type IResolvable,
  StringConcat,
  TerraformElement,
  TerraformStack,
  Tokenization,
} from "cdktf";

/** A block of the synthesized configuration that others can refer to. */
export interface Block {
  /** What it comes from; nothing where an override of the stack adds it. */
  readonly element: TerraformElement | undefined;
  readonly kind: BlockKind;
  /** As others write it: `aws_instance.web`, `data.aws_ami.base`, `module.network`, `local.ids`, `provider aws.eu`. */
  readonly address: string;
  /** Addresses of the providers that it uses. */
  readonly providers: readonly string[];
  /** Read when it is asked for: most are not, and reading is what takes time. */
  readonly body: () => unknown;
}

export type BlockKind = "resource" | "data" | "ephemeral" | "module" | "local" | "provider";

/** How what an element says is read. */
type Read = (scope: TerraformStack | TerraformElement, value: unknown) => unknown;

/** With its tokens, which takes much less time. */
export const asWritten: Read = (_, configuration) => configuration;

/**
 * The blocks of a stack, with what its overrides say of them.
 *
 * @param elements - Of the stack; all of them if absent.
 */
export function blocksOf(
  stack: TerraformStack,
  read: Read = synthesized,
  elements = elementsOf(stack),
): readonly Block[] {
  const blocks = elements.flatMap((element) =>
    blocksIn(element.toTerraform(), element, (value) => read(element, value)),
  );
  const overrides = blocksIn(overridesOf(stack), undefined, (value) => read(stack, value));
  const all = blocks.map((block) => overrides.filter(isSame(block)).reduce(overridden, block));
  const added = overrides.filter((override) => !blocks.some(isSame(override)));
  return withInheritedProviders([...all, ...added]);
}

function elementsOf(stack: TerraformStack): readonly TerraformElement[] {
  return stack.node
    .findAll()
    .filter((construct) => TerraformElement.isTerraformElement(construct))
    .filter((element) => TerraformStack.of(element) === stack);
}

/** True for what changes something, and so can be held back. */
export function isGuardable({ kind }: Block): boolean {
  return kind === "resource" || kind === "module";
}

/** Members of an object; none of anything else. */
export function entriesOf(value: unknown): readonly (readonly [string, unknown])[] {
  return typeof value === "object" && value !== null && !Array.isArray(value) ? Object.entries(value) : [];
}

/** A member of an object. */
export function memberOf(value: unknown, name: string): unknown {
  return entriesOf(value).find(([key]) => key === name)?.[1];
}

/** What `addOverride` of a stack or an element was given; they keep it where subclasses alone see it. */
export function overridesOf(construct: TerraformStack | TerraformElement): unknown {
  return Reflect.get(construct, "rawOverrides");
}

/** What overrides say of one block: the element's own, and the stack's. */
export function overridesOfBlock(
  element: TerraformElement,
  kind: string,
  type: string,
  name: string,
): readonly unknown[] {
  const ofStack = overridesOf(TerraformStack.of(element));
  return [overridesOf(element), memberOf(memberOf(memberOf(ofStack, kind), type), name)];
}

function synthesized(scope: TerraformStack | TerraformElement, configuration: unknown): unknown {
  return Tokenization.resolve(configuration as IResolvable, {
    scope,
    resolver: new DefaultTokenResolver(new StringConcat()),
    preparing: false,
  }) as unknown;
}

function blocksIn(
  configuration: unknown,
  element: TerraformElement | undefined,
  read: (value: unknown) => unknown,
): readonly Block[] {
  return entriesOf(configuration).flatMap(([kind, content]): readonly Block[] => {
    switch (kind) {
      case "resource":
      case "data":
      case "ephemeral": {
        const prefix = kind === "resource" ? "" : `${kind}.`;
        return entriesOf(content).flatMap(([type, named]) =>
          entriesOf(named).map(([name, body]): Block => {
            const provider = read(memberOf(body, "provider"));
            const providers = [`provider ${typeof provider === "string" ? provider : type.split("_")[0]}`];
            const address = `${prefix}${type}.${name}`;
            return { element, kind, address, providers, body: () => read(body) };
          }),
        );
      }
      case "module":
        return entriesOf(content).map(([name, body]): Block => {
          const named = entriesOf(read(memberOf(body, "providers")));
          const providers = named.map(([, provider]) => `provider ${String(provider)}`);
          return { element, kind, address: `module.${name}`, providers, body: () => read(body) };
        });
      case "locals":
        return entriesOf(content).map(([name, body]): Block => ({
          element,
          kind: "local",
          address: `local.${name}`,
          providers: [],
          body: () => read(body),
        }));
      case "provider":
        return entriesOf(content).flatMap(([type, instances]) =>
          (Array.isArray(instances) ? instances : [instances]).map((body: unknown): Block => {
            const alias = read(memberOf(body, "alias"));
            const address = `provider ${type}${typeof alias === "string" ? `.${alias}` : ""}`;
            return { element, kind, address, providers: [], body: () => read(body) };
          }),
        );
      default:
        return [];
    }
  });
}

function isSame(one: Block): (other: Block) => boolean {
  return ({ kind, address }) => kind === one.kind && address === one.address;
}

function overridden(block: Block, { body, providers }: Block): Block {
  return {
    ...block,
    body: () => merged(block.body(), body()),
    providers: [...new Set([...block.providers, ...providers])],
  };
}

// As stacks do it: objects are merged, lists grow, everything else is replaced.
function merged(before: unknown, override: unknown): unknown {
  if (Array.isArray(before) && Array.isArray(override)) return [...before, ...override] as unknown;
  if (entriesOf(before).length === 0 || entriesOf(override).length === 0) return override;
  const members = new Map(entriesOf(before));
  for (const [name, value] of entriesOf(override)) members.set(name, merged(members.get(name), value));
  return Object.fromEntries(members);
}

// A module that names no providers inherits all default ones.
function withInheritedProviders(blocks: readonly Block[]): readonly Block[] {
  const defaults = blocks.map(({ address }) => address).filter((address) => /^provider [^.]+$/.test(address));
  return blocks.map((block) =>
    block.kind === "module" && block.providers.length === 0 ? { ...block, providers: defaults } : block,
  );
}
