import { createClient, dwsParameterModificationRecords, read } from "@auditgate/core";

const client = createClient();
const { records } = await read(client, dwsParameterModificationRecords, { clusterId: process.env.CLUSTER });
await client.close();
if (records.length !== 1) throw new Error(`${records.length} records`);
