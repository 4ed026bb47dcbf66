const fc = require("fast-check");

/** Few cases, the same ones in every run, and none sought that is smaller: that a mutant is noticed is enough. */
fc.configureGlobal({ numRuns: 100, seed: 1, endOnFailure: true });
