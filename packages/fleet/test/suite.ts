import { type Emulator, startEmulator } from "@auditgate/emulator";
import { createEstate, type Estate } from "./estate.ts";
import { type RedisServer, startRedis } from "./redis.ts";

/** What the tests of a suite work with. */
export interface Suite {
  readonly emulator: Emulator;
  readonly redis: RedisServer;
  /** Of each test its own, with the policy as `policy.yaml`. */
  readonly estate: Estate;
}

/** An emulator and a Redis for all tests of a suite, both as new for each of them. */
export function setUpSuite(policy: string, password = ""): Suite {
  let emulator: Emulator;
  let redis: RedisServer;
  let estate: Estate;
  beforeAll(async () => {
    [emulator, redis] = await Promise.all([startEmulator(), startRedis({ password })]);
  });
  afterAll(async () => {
    await redis.close();
    await emulator.close();
  });
  beforeEach(async () => {
    await emulator.reset();
    await redis.client.flushall();
    estate = createEstate({
      ...emulator.env,
      AUDITGATE_FLEET_REDIS: redis.url,
      ...(password !== "" && { AUDITGATE_FLEET_REDIS_PASSWORD: password }),
    });
    estate.write("policy.yaml", policy);
  });
  afterEach(() => estate.close());
  return {
    get emulator() {
      return emulator;
    },
    get redis() {
      return redis;
    },
    get estate() {
      return estate;
    },
  };
}
