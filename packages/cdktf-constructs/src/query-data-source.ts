import { type Expression, Fn, type IResolvable, ref } from "cdktf";
import { AuditDataSource } from "./audit-data-source.ts";
import { atLeast } from "./synthesis/expression.ts";

/** A data source that reads records: what all audit queries have in common. */
export abstract class QueryDataSource extends AuditDataSource {
  abstract readonly complete: IResolvable;
  abstract readonly incompleteReason: string;
  private completeExpected = false;

  /** Expects that every record was read, and that this could be checked. */
  expectComplete(): void {
    if (this.completeExpected) return;
    this.completeExpected = true;
    this.expect(this.complete, `The audit data is incomplete: ${Fn.coalesce([this.incompleteReason, "-"])}.`);
  }

  /** Expects at least `minimum` records. */
  expectRecords(minimum = 1): void {
    const found = Fn.lengthOf(ref("self.records"));
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
}
