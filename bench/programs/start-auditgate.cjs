const { createClient, dwsParameterModificationRecords, read } = require("@auditgate/core");

async function main() {
  const client = createClient();
  const { records } = await read(client, dwsParameterModificationRecords, { clusterId: process.env.CLUSTER });
  await client.close();
  if (records.length !== 1) throw new Error(`${records.length} records`);
}

void main();
