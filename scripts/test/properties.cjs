const fc = require("fast-check");

/** Cases of every property test: `pnpm test properties --runs 1000000` for more. */
fc.configureGlobal({ numRuns: Number(process.env.PROPERTY_RUNS ?? 10_000) });
