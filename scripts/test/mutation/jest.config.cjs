const { projects } = require("../../../jest.config.cjs");

const unit = projects.find(({ displayName }) => displayName === "unit");

/** One project, with the suites of one group of files: Stryker knows no projects. */
module.exports = {
  ...unit,
  rootDir: "../../..",
  testMatch: JSON.parse(process.env.MUTATION_SUITES).map((suite) => `<rootDir>/${suite}`),
  setupFiles: ["<rootDir>/scripts/test/mutation/properties.cjs"],
};
