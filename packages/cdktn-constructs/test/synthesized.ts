/** What the tests read of a synthesized stack. */
export interface Configuration {
  readonly resource?: { readonly [type: string]: { readonly [name: string]: Block } };
  readonly module?: { readonly [name: string]: Block };
}

interface Block {
  readonly depends_on?: readonly string[];
}

/** `depends_on` of every resource and module. */
export function dependencies({ resource = {}, module = {} }: Configuration) {
  const blocks = [
    ...Object.values(resource).flatMap((named) => Object.entries(named)),
    ...Object.entries(module),
  ];
  return Object.fromEntries(blocks.map(([name, { depends_on = [] }]) => [name, depends_on]));
}
