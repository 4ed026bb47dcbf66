const variants = require("./scripts/build/variants.json");

const project = (displayName, testMatch, moduleNameMapper = {}) => ({
  displayName,
  testMatch,
  moduleNameMapper,
  testEnvironment: "node",
  transform: { "^.+\\.ts$": ["ts-jest", { tsconfig: "<rootDir>/tsconfig.jest.json", diagnostics: false }] },
  testEnvironmentOptions: { customExportConditions: ["@auditgate/source", "node", "node-addons"] },
  setupFiles: ["<rootDir>/scripts/test/properties.cjs"],
  modulePathIgnorePatterns: ["<rootDir>/packages/.*/dist/", "/cdktf.out/"],
});

/** Unit tests of a package's sources as its variant has them: with another package behind one of their imports. */
const ofVariants = Object.entries(variants).map(([folder, { sourcesOf, alias }]) =>
  project(
    "unit",
    [`<rootDir>/packages/${sourcesOf}/src/**/*.test.ts`],
    Object.fromEntries(
      Object.entries(alias).map(([from, to]) => [
        `^${from}(/.*)?$`,
        `<rootDir>/packages/${folder}/node_modules/${to}$1`,
      ]),
    ),
  ),
);

/** `unit`: beside the code, seconds. `e2e`: real engines against the emulator; `pnpm test` builds and fetches what they need. */
module.exports = {
  projects: [
    project("unit", ["<rootDir>/packages/*/src/**/*.test.ts", "<rootDir>/scripts/**/*.test.ts"]),
    ...ofVariants,
    project("e2e", ["<rootDir>/packages/*/test/**/*.test.ts", "<rootDir>/test/**/*.test.ts"]),
  ],
  // Engine suites mostly wait for processes: one worker for each core keeps even two cores busy.
  maxWorkers: "100%",
  reporters: ["default", "<rootDir>/scripts/test/closing-line.cjs"],
  coverageProvider: "v8",
  collectCoverageFrom: ["packages/*/src/**/*.ts"],
};
