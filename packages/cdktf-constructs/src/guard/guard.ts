import { TerraformElement, TerraformStack } from "cdktf";
import type { IConstruct } from "constructs";
import { dependenciesOf } from "./gate-dependencies.ts";
import { asWritten, type Block, blocksOf, isGuardable, memberOf } from "../synthesis/stack-blocks.ts";

/** What guards need to know of a gate. */
export interface GateBlocks {
  /** The blocks that the gate is made of. */
  readonly elements: readonly [TerraformElement, ...TerraformElement[]];
  /** What to depend on, as `depends_on` names it. */
  readonly address: string;
}

/** What became of a guard. */
export interface Placement {
  /** Why the gate would not hold back what it is to hold back, each with the name of what it is about. */
  readonly problems: readonly string[];
  /** What is not guarded, as the gate depends on it: paths, and addresses of what overrides add. */
  readonly spared: readonly string[];
}

/**
 * Makes every resource and module below a construct depend on a gate, except what the gate itself depends on.
 *
 * @param covers - Whether a guard of its own stack holds an element of another stack back.
 */
export function placeGuard(
  gate: GateBlocks,
  scope: IConstruct,
  covers: (element: TerraformElement) => boolean,
): Placement {
  const stack = TerraformStack.of(gate.elements[0]);
  const blocks = blocksOf(stack);
  const guardable = new Set<IConstruct | undefined>(blocks.filter(isGuardable).map(({ element }) => element));
  const elements = scope.node.findAll().filter((node) => TerraformElement.isTerraformElement(node));
  const own = elements.filter((element) => guardable.has(element));
  const foreign = elements.filter(
    (element) => TerraformStack.of(element) !== stack && isGuardableElement(element) && !covers(element),
  );

  const before = dependenciesOf(
    blocks.filter(({ element }) => element !== undefined && gate.elements.includes(element)),
    blocks,
  );
  const needed = new Set([...before].map(({ element }) => element));
  const guarded = own.filter((element) => !needed.has(element));
  for (const element of guarded) dependOn(element, gate.address);

  // Read again: what was set may have been overridden, or be of no effect.
  const loose = blocksOf(stack, asWritten, guarded)
    .filter(isGuardable)
    .filter((block) => !dependsOn(block, gate.address));
  const unplaced = new Set(loose.map(({ element }) => element));
  const isNeeded = ({ address }: Block) => [...before].some((block) => block.address === address);
  const added = scope === stack ? blocks.filter(isGuardable).filter(({ element }) => !element) : [];
  return {
    problems: [
      ...scopeProblems(scope, gate, { own, guarded, foreign }),
      ...guarded
        .filter((element) => unplaced.has(element))
        .map(({ node: { path } }) => `${path} is not guarded: its depends_on was overridden.`),
      ...added
        .filter((block) => !isNeeded(block) && !dependsOn(block, gate.address))
        .map(
          ({ address }) =>
            `${address}, which an override adds to ${scope.node.path}, is not guarded: give it a depends_on with "${gate.address}".`,
        ),
    ],
    spared: [
      ...own.filter((element) => needed.has(element)).map(({ node: { path } }) => path),
      ...added.filter(isNeeded).map(({ address }) => address),
    ],
  };
}

interface Found {
  readonly own: readonly TerraformElement[];
  readonly guarded: readonly TerraformElement[];
  readonly foreign: readonly TerraformElement[];
}

function scopeProblems(scope: IConstruct, gate: GateBlocks, { own, guarded, foreign }: Found): string[] {
  const { path } = scope.node;
  const name = path === "" ? "The app" : path;
  if (own.some((element) => element === scope) && guarded.length === 0) {
    return [`${name} cannot be guarded: the gate depends on it.`];
  }
  if (foreign.length > 0 && own.length > 0) {
    const paths = foreign.map((element) => element.node.path).join(", ");
    const stack = TerraformStack.of(gate.elements[0]).node.path;
    return [
      `${name} cannot be guarded as a whole: ${paths} ${foreign.length === 1 ? "is" : "are"} not in the gate's own ` +
        `stack ${stack}, and a gate holds back nothing of another one. Give each stack a gate of its own.`,
    ];
  }
  if (guarded.length > 0 || (TerraformStack.isStack(scope) && foreign.length === 0)) return [];
  return [
    own.length > 0
      ? `${name} cannot be guarded: the gate depends on everything in it.`
      : `There is nothing to guard in ${name}: a gate holds back resources and modules of its own stack.`,
  ];
}

/** By what it synthesizes to: classes differ where a program has several copies of cdktf, or cdktn. */
function isGuardableElement(element: TerraformElement): boolean {
  const configuration: unknown = element.toTerraform();
  return ["resource", "module"].some((kind) => memberOf(configuration, kind) !== undefined);
}

function dependOn(element: TerraformElement, address: string): void {
  const before: unknown = Reflect.get(element, "dependsOn");
  const list: unknown[] = Array.isArray(before) ? before : [];
  if (!list.includes(address)) Reflect.set(element, "dependsOn", [...list, address]);
}

function dependsOn({ body }: Block, address: string): boolean {
  const list = memberOf(body(), "depends_on");
  return Array.isArray(list) && list.includes(address);
}
