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

/** With these, clients of core are those of a form of the provider: its build on Node.js, or the executable. */
const OF_FORM = { "^@auditgate/core$": "<rootDir>/test/forms/core.ts" };
const { AUDITGATE_FORM } = process.env;
const making = (form) => (form === "standalone" ? { globalSetup: "<rootDir>/test/forms/executable.ts" } : {});
/** One suite stands for all on the forms: the one on TLS, proxies and authorities, where runtimes differ most. */
const representatives = (AUDITGATE_FORM ? [] : ["npm", "standalone"]).map((form) => ({
  ...project("e2e", ["<rootDir>/packages/core/test/tls.test.ts"], OF_FORM),
  ...making(form),
  globals: { AUDITGATE_FORM: form },
}));

/** `unit`: beside the code, seconds. `e2e`: real engines against the emulator; `pnpm test` builds and fetches what they need. */
module.exports = {
  projects: [
    project("unit", ["<rootDir>/packages/*/src/**/*.test.ts", "<rootDir>/scripts/**/*.test.ts"]),
    ...ofVariants,
    {
      ...project(
        "e2e",
        ["<rootDir>/packages/*/test/**/*.test.ts", "<rootDir>/test/**/*.test.ts"],
        AUDITGATE_FORM ? OF_FORM : {},
      ),
      ...making(AUDITGATE_FORM),
    },
    ...representatives,
  ],
  // Engine suites mostly wait for processes: one worker for each core keeps even two cores busy.
  maxWorkers: "100%",
  reporters: ["default", "<rootDir>/scripts/test/closing-line.cjs"],
  coverageProvider: "v8",
  collectCoverageFrom: ["packages/*/src/**/*.ts"],
};
