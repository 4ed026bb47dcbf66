import * as pulumi from "@pulumi/pulumi";

interface Inputs {
  readonly release: string;
}

// Each release becomes a line of a file, so that one sees whether it was touched.
const local: pulumi.dynamic.ResourceProvider<Inputs, Inputs> = {
  async create(inputs) {
    const { appendFile } = await import("node:fs/promises");
    await appendFile("deployed.txt", `${inputs.release}\n`);
    return { id: "deployed.txt", outs: inputs };
  },
  async diff(_id, olds, news) {
    return { changes: olds.release !== news.release };
  },
  async update(_id, _olds, inputs) {
    const { appendFile } = await import("node:fs/promises");
    await appendFile("deployed.txt", `${inputs.release}\n`);
    return { outs: inputs };
  },
};

/** Stands for what is to be deployed. */
export class Deployment extends pulumi.dynamic.Resource {
  declare readonly release: pulumi.Output<string>;

  constructor(name: string, args: { release: pulumi.Input<string> }, opts?: pulumi.CustomResourceOptions) {
    super(local, name, args, opts, "example", "Deployment");
  }
}
