import type { dynamic } from "@pulumi/pulumi";

/**
 * A provider whose resources can only be read.
 *
 * Pulumi writes the source of the literals below into every stack's state, and runs it from there. So they are
 * tiny, capture nothing and hold nothing: the code is loaded by its package name, the credentials come through
 * `configure`. What the literals call, `read` and `readGate` of `runtime.ts`, is a contract with states that older
 * versions of this package wrote.
 */
export interface ReadProvider extends dynamic.ResourceProvider {
  config?: dynamic.Config;
}

export const dwsAuditDumpRecords: ReadProvider = {
  // Synchronous: Pulumi hands a provider to the next resource before this promise settles.
  async configure(request) {
    this.config = request.config;
  },
  async read(id, props) {
    const runtime = await import("@auditgate/pulumi-provider/runtime");
    return runtime.read("dwsAuditDumpRecords", this.config, id, props);
  },
  async create() {
    throw new Error("read-only: audit data is read, never created");
  },
};

export const dwsParameterModificationRecords: ReadProvider = {
  async configure(request) {
    this.config = request.config;
  },
  async read(id, props) {
    const runtime = await import("@auditgate/pulumi-provider/runtime");
    return runtime.read("dwsParameterModificationRecords", this.config, id, props);
  },
  async create() {
    throw new Error("read-only: audit data is read, never created");
  },
};

export const ddsAuditLogs: ReadProvider = {
  async configure(request) {
    this.config = request.config;
  },
  async read(id, props) {
    const runtime = await import("@auditgate/pulumi-provider/runtime");
    return runtime.read("ddsAuditLogs", this.config, id, props);
  },
  async create() {
    throw new Error("read-only: audit data is read, never created");
  },
};

export const dwsClusters: ReadProvider = {
  async configure(request) {
    this.config = request.config;
  },
  async read(id, props) {
    const runtime = await import("@auditgate/pulumi-provider/runtime");
    return runtime.read("dwsClusters", this.config, id, props);
  },
  async create() {
    throw new Error("read-only: audit data is read, never created");
  },
};

export const ddsInstances: ReadProvider = {
  async configure(request) {
    this.config = request.config;
  },
  async read(id, props) {
    const runtime = await import("@auditgate/pulumi-provider/runtime");
    return runtime.read("ddsInstances", this.config, id, props);
  },
  async create() {
    throw new Error("read-only: audit data is read, never created");
  },
};

export const auditGate: ReadProvider = {
  async configure(request) {
    this.config = request.config;
  },
  async read(id, props) {
    const runtime = await import("@auditgate/pulumi-provider/runtime");
    return runtime.readGate(this.config, id, props);
  },
  async create() {
    throw new Error("read-only: a gate is read, never created");
  },
};
