import * as pulumi from "@pulumi/pulumi";

/** Whether a unit test runs the program, with `pulumi.runtime.setMocks` instead of an engine. */
export function isMocked(): boolean {
  const monitor: object | undefined = pulumi.runtime.getMonitor();
  return monitor !== undefined && "mocks" in monitor;
}
