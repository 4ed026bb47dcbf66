const fc = require("fast-check");

/** Few cases, and the same ones in every run: a mutant that is noticed is noticed again. */
fc.configureGlobal({ numRuns: 100, seed: 1 });
