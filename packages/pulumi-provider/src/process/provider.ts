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

/**
 * Fails with the reasons of a gate that the program has found closed. It loads nothing, so it works wherever
 * this package is installed.
 */
export const closedGate: dynamic.ResourceProvider = {
  async read(_id, { reasons }) {
    const error = new Error(reasons);
    const print = console.error;
    // Pulumi's provider process prints an error that it reports, and the CLI would show both.
    console.error = (text) => {
      console.error = print;
      if (text !== `${error}: ${error.stack}`) print(text);
    };
    throw error;
  },
  async create() {
    throw new Error("read-only: a gate is read, never created");
  },
};
