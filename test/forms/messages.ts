/** What a test asks of the executable's runtime. */
export type Call = { readonly call: number } & (
  | { readonly op: "create"; readonly client: number; readonly options: { readonly told: Told } }
  | { readonly op: "with"; readonly client: number; readonly of: number; readonly scope: object }
  | { readonly op: "close"; readonly client: number }
  | { readonly op: "abort"; readonly read: number }
  | {
      readonly op: "read";
      readonly client: number;
      readonly query: string;
      readonly args: object;
      readonly options: object;
    }
);

/** Who of the test's side wants to be told. */
interface Told {
  readonly logger: boolean;
  readonly onWait: boolean;
}

/** What the runtime answers: the end of a call, or what a client has to tell meanwhile. */
export type Answer =
  | { readonly call: number; readonly result?: unknown; readonly error?: FlatError }
  | { readonly client: number; readonly event: "debug" | "warn" | "wait"; readonly args: readonly unknown[] };

/** An error with its own properties. */
export interface FlatError {
  readonly message: string;
  readonly [property: string]: unknown;
}
