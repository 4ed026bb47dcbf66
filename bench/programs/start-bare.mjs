import { Agent, request } from "undici";
import { z } from "zod";

const page = z.object({ records: z.array(z.object({ id: z.string() })), count: z.int() });
const dispatcher = new Agent();
const { body } = await request(`${process.env.AUDITGATE_DWS_ENDPOINT}/bare`, { dispatcher });
const { records } = page.parse(JSON.parse(await body.text()));
await dispatcher.destroy();
if (records.length !== 1) throw new Error(`${records.length} records`);
