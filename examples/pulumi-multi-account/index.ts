import * as pulumi from "@pulumi/pulumi";
import {
  DwsAuditDumpRecords,
  DwsParameterModificationRecords,
  Provider,
  type ProviderArgs,
} from "@auditgate/pulumi-provider";

/** An account as the configuration `accounts` lists it: settings of its provider, and the clusters to look at. */
interface Account extends ProviderArgs {
  readonly name: string;
  readonly clusterIds: readonly string[];
}

/** Audit figures of all clusters of one account. Its resources take the provider that it is given. */
class AccountAudit extends pulumi.ComponentResource {
  readonly clusters: pulumi.Output<object[]>;
  readonly failed: pulumi.Output<number>;

  constructor({ name, clusterIds }: Account, opts: pulumi.ComponentResourceOptions) {
    super("example:index:AccountAudit", name, {}, opts);
    const readings = clusterIds.map((clusterId) => ({
      clusterId,
      dumps: new DwsAuditDumpRecords(`${name}-${clusterId}-dumps`, { clusterId }, { parent: this }).summary,
      changes: new DwsParameterModificationRecords(
        `${name}-${clusterId}-changes`,
        { clusterId },
        { parent: this },
      ).summary,
    }));
    this.clusters = pulumi.output(
      readings.map(({ clusterId, dumps, changes }) => ({
        clusterId,
        dumps: dumps.count,
        lastSuccess: dumps.lastSuccess,
        pending: changes.pending,
      })),
    );
    this.failed = pulumi
      .all(readings.map(({ dumps }) => dumps.failed))
      .apply((counts) => counts.reduce((sum, count) => sum + count, 0));
    this.registerOutputs({ clusters: this.clusters, failed: this.failed });
  }
}

const accounts = new pulumi.Config().requireObject<Account[]>("accounts");

const audits = accounts.map((account) => {
  const { name, clusterIds: _, ...settings } = account;
  return { name, audit: new AccountAudit(account, { providers: [new Provider(name, settings)] }) };
});

export const clusters = pulumi.all(
  Object.fromEntries(audits.map(({ name, audit }) => [name, audit.clusters])),
);
export const headline = pulumi
  .all(audits.map(({ name, audit }) => pulumi.interpolate`${name}: ${audit.failed} failed dumps`))
  .apply((lines) => lines.join(", "));
