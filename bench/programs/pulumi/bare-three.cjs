// Dynamic resources that the engine reads, with nothing to read: what Pulumi itself takes for it.
const pulumi = require("@pulumi/pulumi");
// What is compared has imported it too.
require("@auditgate/pulumi-provider");

const provider = {
  async create() {
    throw new Error("read only");
  },
  async read(id) {
    return { id, props: { records: [] } };
  },
};

class Bare extends pulumi.dynamic.Resource {
  constructor(name) {
    super(provider, name, { records: undefined }, { id: name });
  }
}

exports.counts = ["a", "b", "c"].map((name) => new Bare(name).records.apply((records) => records.length));
