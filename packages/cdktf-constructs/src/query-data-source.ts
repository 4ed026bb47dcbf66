import { type Expression, Fn, type IResolvable, ref, Token } from "cdktf";
import { AuditDataSource } from "./audit-data-source.ts";
import { atLeast } from "./synthesis/expression.ts";

/** A data source that reads records: what all audit queries have in common. */
export abstract class QueryDataSource extends AuditDataSource {
  /** True where everything was read. */
  abstract readonly complete: IResolvable;
  /** Why not everything was read. */
  abstract readonly incompleteReason: string;
  /** Whether the records are left out, as it is configured. */
  abstract readonly summaryOnlyInput: boolean | IResolvable | undefined;
  private completeExpected = false;
  private readonly readingRecords = new Set<string>();

  /** Expects that every record was read, and that this could be checked. */
  expectComplete(): void {
    if (this.completeExpected) return;
    this.completeExpected = true;
    this.expect(this.complete, `The audit data is incomplete: ${Fn.coalesce([this.incompleteReason, "-"])}.`);
  }

  /** Expects at least `minimum` records. */
  expectRecords(minimum = 1): void {
    const found = Token.asNumber(ref("self.summary.count"));
    this.expect(
      atLeast(found, minimum),
      `${found} audit records were found; at least ${minimum} are expected.`,
    );
  }

  /**
   * As {@link expect}, for what is said of all records: that they are all there is expected too.
   *
   * @internal
   */
  protected _expectOfAll(condition: Expression, message: string): void {
    this.expectComplete();
    this.expect(condition, message);
  }

  /**
   * Notes an expectation that needs records: with `summaryOnly`, there are none.
   *
   * @internal
   */
  protected _needRecords(expectation: string): void {
    this.readingRecords.add(expectation);
  }

  /** What the block says in JSON, checked. */
  protected override synthesizeAttributes(): { [name: string]: unknown } {
    this.checkRecords();
    return super.synthesizeAttributes();
  }

  /** What the block says in HCL, checked. */
  protected override synthesizeHclAttributes(): { [name: string]: unknown } {
    this.checkRecords();
    return super.synthesizeHclAttributes();
  }

  // At synthesis, for it may be set later than what is expected. What is known to the engine alone fails its plan.
  private checkRecords(): void {
    if (this.summaryOnlyInput !== true || this.readingRecords.size === 0) return;
    const expectations = [...this.readingRecords].join(", ");
    throw new Error(
      `${this.node.path}: ${expectations} cannot be told without records, which summaryOnly leaves out. Leave one of both out; what is said of summary holds with it.`,
    );
  }
}
