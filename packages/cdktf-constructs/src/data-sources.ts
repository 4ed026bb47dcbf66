import { Fn, Op, Token } from "cdktf";
import { DataAuditgateDdsAuditLogsAttributes } from "./gen/dds-audit-logs.ts";
import { DataAuditgateDdsInstancesAttributes } from "./gen/dds-instances.ts";
import { DataAuditgateDwsAuditDumpRecordsAttributes } from "./gen/dws-audit-dump-records.ts";
import { DataAuditgateDwsClustersAttributes } from "./gen/dws-clusters.ts";
import { DataAuditgateDwsParameterModificationRecordsAttributes } from "./gen/dws-parameter-modification-records.ts";
import { atLeast, atMost, column, harmlessJson, none, quoted } from "./synthesis/expression.ts";

/**
 * Audit log dumps of one DWS cluster.
 *
 * @example new DataAuditgateDwsAuditDumpRecords(stack, "dumps", { clusterId }).summary.failed
 */
export class DataAuditgateDwsAuditDumpRecords extends DataAuditgateDwsAuditDumpRecordsAttributes {
  /** Expects that no dump has failed: each has succeeded, without a failure reason, or is running. */
  expectNoFailedDumps(): void {
    this._needRecords("expectNoFailedDumps");
    const { failed, count, lastSuccess } = this.summary;
    const reasons = quoted(column("records", "failed_reason"));
    this._expectOfAll(
      none(failed),
      `${failed} of ${count} audit dumps of cluster ${this.clusterId} failed: ${reasons}. ` +
        `Latest success: ${harmlessJson(lastSuccess)}. Results: ${harmlessJson(column("summary.by_result", "result"))}.`,
    );
  }

  /** Expects that no dump is still running. */
  expectNoRunningDumps(): void {
    const { running, count } = this.summary;
    this._expectOfAll(
      none(running),
      `${running} of ${count} audit dumps of cluster ${this.clusterId} are still running.`,
    );
  }

  /** Expects that at least one dump succeeded. */
  expectSuccessfulDump(): void {
    const { count, lastSuccess } = this.summary;
    this.expect(
      Op.neq(lastSuccess, Token.nullValue()),
      `None of the ${count} audit dumps of cluster ${this.clusterId} succeeded.`,
    );
  }

  /**
   * Expects every dump to have one of these results.
   *
   * @param results - Such as `["SUCCESS", "RUNNING"]`; the vendor documents `RUNNING` only.
   */
  expectResults(results: string[]): void {
    const others = Fn.setsubtract(column("summary.by_result", "result"), results);
    this._expectOfAll(
      none(Fn.lengthOf(others)),
      `Audit dumps of cluster ${this.clusterId} have the results ${harmlessJson(others)}; ` +
        `expected are ${Fn.jsonencode(results)}.`,
    );
  }

  /** Expects every dump to have gone into this OBS bucket. */
  expectBucket(bucketName: string): void {
    this._needRecords("expectBucket");
    const others = Fn.setsubtract(column("records", "bucket_name"), [bucketName]);
    this._expectOfAll(
      none(Fn.lengthOf(others)),
      `Audit dumps of cluster ${this.clusterId} went to the buckets ${harmlessJson(others)} instead of ${bucketName}.`,
    );
  }
}

/**
 * Parameter modifications of one DWS cluster.
 *
 * @example new DataAuditgateDwsParameterModificationRecords(stack, "changes", { clusterId }).records.get(0).status
 */
export class DataAuditgateDwsParameterModificationRecords extends DataAuditgateDwsParameterModificationRecordsAttributes {
  /** Expects that no modification has a failure reason. */
  expectNoFailedChanges(): void {
    this._needRecords("expectNoFailedChanges");
    const { failed, count } = this.summary;
    const reasons = quoted(column("records", "failed_reason"));
    this._expectOfAll(
      none(failed),
      `${failed} of ${count} parameter modifications of cluster ${this.clusterId} failed: ${reasons}. ` +
        `Statuses: ${harmlessJson(column("summary.by_status", "status"))}.`,
    );
  }

  /** Expects that no modification is being applied or waits for a restart. */
  expectNoPendingChanges(): void {
    const { pending, count } = this.summary;
    this._expectOfAll(
      none(pending),
      `${pending} of ${count} parameter modifications of cluster ${this.clusterId} are not in effect yet: ` +
        "they are being applied or wait for a restart.",
    );
  }

  /**
   * Expects every modification to have one of these statuses.
   *
   * @param statuses - Such as `["In-Sync"]`.
   */
  expectStatuses(statuses: string[]): void {
    const others = Fn.setsubtract(column("summary.by_status", "status"), statuses);
    this._expectOfAll(
      none(Fn.lengthOf(others)),
      `Parameter modifications of cluster ${this.clusterId} have the statuses ${harmlessJson(others)}; ` +
        `expected are ${Fn.jsonencode(statuses)}.`,
    );
  }

  /** Expects at most this many modifications. */
  expectChangesAtMost(maximum: number): void {
    const { count } = this.summary;
    this._expectOfAll(
      atMost(count, maximum),
      `Cluster ${this.clusterId} has ${count} parameter modifications; at most ${maximum} are expected.`,
    );
  }
}

/**
 * Audit log files of one DDS instance in a time window.
 *
 * @example new DataAuditgateDdsAuditLogs(stack, "logs", { instanceId, last: "7d" }).summary.byNode.get(0).nodeId
 */
export class DataAuditgateDdsAuditLogs extends DataAuditgateDdsAuditLogsAttributes {
  /**
   * Expects each of these nodes to have logs in the window.
   *
   * @param nodeIds - At least one, as of no node all would hold; a token that is empty in the end fails the plan.
   * @throws {RangeError} for an empty list.
   */
  expectLogsFromNodes(nodeIds: string[]): void {
    if (nodeIds.length === 0) throw new RangeError("expectLogsFromNodes needs at least one node");
    if (Token.isUnresolved(nodeIds)) {
      this.expect(atLeast(Fn.lengthOf(nodeIds), 1), "No node is named whose audit logs are expected.");
    }
    const silent = Fn.setsubtract(nodeIds, column("summary.by_node", "node_id"));
    this.expect(
      none(Fn.lengthOf(silent)),
      `Instance ${this.instanceId} has no audit logs of the nodes ${Fn.jsonencode(silent)} ` +
        `between ${this.window.startTime} and ${this.window.endTime}.`,
    );
  }

  /** Expects at most this much data in all files [byte]. */
  expectBytesAtMost(maximum: number): void {
    const { totalBytes, count } = this.summary;
    this._expectOfAll(
      atMost(totalBytes, maximum),
      `The ${count} audit logs of instance ${this.instanceId} have ${totalBytes} bytes; at most ${maximum} are expected.`,
    );
  }
}

/**
 * DWS clusters of one project, all that this identity may see.
 *
 * @example new DataAuditgateDwsClusters(stack, "clusters").records.get(0).status
 */
export class DataAuditgateDwsClusters extends DataAuditgateDwsClustersAttributes {}

/**
 * DDS instances of one project and their nodes, all that this identity may see.
 *
 * @example new DataAuditgateDdsInstances(stack, "instances", { mode: "Sharding" }).summary.nodes
 */
export class DataAuditgateDdsInstances extends DataAuditgateDdsInstancesAttributes {}
