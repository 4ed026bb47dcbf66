const project = (displayName, testMatch) => ({
  displayName,
  testMatch,
  testEnvironment: "node",
  transform: { "^.+\\.ts$": ["ts-jest", { tsconfig: "<rootDir>/tsconfig.jest.json", diagnostics: false }] },
  testEnvironmentOptions: { customExportConditions: ["@auditgate/source", "node", "node-addons"] },
  setupFiles: ["<rootDir>/scripts/test/properties.cjs"],
  modulePathIgnorePatterns: ["<rootDir>/packages/.*/dist/", "/cdktf.out/"],
});

/** `unit`: beside the code, seconds. `e2e`: real engines against the emulator; `pnpm test` builds and fetches what they need. */
module.exports = {
  projects: [
    project("unit", ["<rootDir>/packages/*/src/**/*.test.ts", "<rootDir>/scripts/**/*.test.ts"]),
    project("e2e", ["<rootDir>/packages/*/test/**/*.test.ts", "<rootDir>/test/**/*.test.ts"]),
  ],
  // Engine suites mostly wait for processes: one worker for each core keeps even two cores busy.
  maxWorkers: "100%",
  reporters: ["default", "<rootDir>/scripts/test/closing-line.cjs"],
  coverageProvider: "v8",
  collectCoverageFrom: ["packages/*/src/**/*.ts"],
};
