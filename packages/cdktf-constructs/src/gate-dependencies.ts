import { DefaultTokenResolver, StringConcat, TerraformElement, TerraformStack, Tokenization } from "cdktf";

/** A block of the synthesized configuration that others can refer to. */
interface Block {
  readonly element: TerraformElement;
  /** As others write it: `aws_instance.web`, `data.aws_ami.base`, `module.network`, `local.ids`, `provider aws.eu`. */
  readonly address: string;
  /** Addresses of the providers that it uses. */
  readonly providers: readonly string[];
  readonly body: unknown;
}

/** Arguments whose texts are addresses, without being templates. */
const ADDRESS_LISTS = new Set(["depends_on", "replace_triggered_by"]);

/**
 * Everything that has to be there before `roots` can be evaluated: what their arguments refer to, what that refers to,
 * and so on, the providers' own configurations included. Read off the synthesized configuration, so that it makes no
 * difference how a reference was written: as a token, in a text, through a local value or by an override.
 */
export function dependenciesOf(roots: readonly TerraformElement[]): ReadonlySet<TerraformElement> {
  const [first] = roots;
  const blocks = first ? blocksOf(TerraformStack.of(first)) : [];
  const found = new Set<Block>(blocks.filter(({ element }) => roots.includes(element)));
  // A set is walked in the order in which it grows.
  for (const { body, providers } of found) {
    const text = expressionsIn(body).join("\n");
    for (const block of blocks) {
      if (providers.includes(block.address) || refersTo(text, block.address)) found.add(block);
    }
  }
  return new Set([...found].map(({ element }) => element));
}

/** What an element says in the configuration, without tokens. */
export function synthesized(element: TerraformElement): unknown {
  return Tokenization.resolve(element.toTerraform() as unknown, {
    scope: element,
    resolver: new DefaultTokenResolver(new StringConcat()),
    preparing: false,
  }) as unknown;
}

function blocksOf(stack: TerraformStack): readonly Block[] {
  const blocks = stack.node
    .findAll()
    .filter((construct) => TerraformElement.isTerraformElement(construct))
    .filter((element) => TerraformStack.of(element) === stack)
    .flatMap((element) =>
      entriesOf(synthesized(element)).flatMap(([kind, content]) => blocksIn(kind, content, element)),
    );
  const defaults = blocks.map(({ address }) => address).filter((address) => /^provider [^.]+$/.test(address));
  // A module that names no providers inherits all default ones.
  return blocks.map((block) =>
    block.address.startsWith("module.") && block.providers.length === 0
      ? { ...block, providers: defaults }
      : block,
  );
}

function blocksIn(kind: string, content: unknown, element: TerraformElement): readonly Block[] {
  switch (kind) {
    case "resource":
    case "data":
    case "ephemeral": {
      const prefix = kind === "resource" ? "" : `${kind}.`;
      return entriesOf(content).flatMap(([type, named]) =>
        entriesOf(named).map(([name, body]): Block => {
          const { provider = type.split("_")[0] } = Object.fromEntries(entriesOf(body));
          return {
            element,
            address: `${prefix}${type}.${name}`,
            providers: [`provider ${String(provider)}`],
            body,
          };
        }),
      );
    }
    case "module":
      return entriesOf(content).map(([name, body]): Block => {
        const { providers } = Object.fromEntries(entriesOf(body));
        const named = entriesOf(providers).map(([, provider]) => `provider ${String(provider)}`);
        return { element, address: `module.${name}`, providers: named, body };
      });
    case "locals":
      return entriesOf(content).map(([name, body]): Block => ({
        element,
        address: `local.${name}`,
        providers: [],
        body,
      }));
    case "provider":
      return entriesOf(content).flatMap(([type, instances]) =>
        (Array.isArray(instances) ? instances : []).map((body: unknown): Block => {
          const { alias } = Object.fromEntries(entriesOf(body));
          const address = `provider ${type}${typeof alias === "string" ? `.${alias}` : ""}`;
          return { element, address, providers: [], body };
        }),
      );
    default:
      return [];
  }
}

/** Texts that may refer to something; any other text only says what it says. */
function expressionsIn(value: unknown, isAddress = false): readonly string[] {
  if (typeof value === "string") return isAddress || /[$%]\{/.test(value) ? [value] : [];
  if (Array.isArray(value)) return value.flatMap((item: unknown) => expressionsIn(item, isAddress));
  return entriesOf(value).flatMap(([name, item]) =>
    name === "//" ? [] : expressionsIn(item, ADDRESS_LISTS.has(name)),
  );
}

function refersTo(text: string, address: string): boolean {
  for (let at = text.indexOf(address); at !== -1; at = text.indexOf(address, at + 1)) {
    const before = text.charAt(at - 1);
    const after = text.charAt(at + address.length);
    if (!/[\w.-]/.test(before) && !/[\w-]/.test(after)) return true;
  }
  return false;
}

function entriesOf(value: unknown): readonly (readonly [string, unknown])[] {
  return typeof value === "object" && value !== null && !Array.isArray(value) ? Object.entries(value) : [];
}
