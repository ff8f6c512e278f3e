/** What every project shares. Types are checked by `tsc` alone, so swc only strips them. */
const common = {
  rootDir: __dirname,
  testEnvironment: "node",
  moduleFileExtensions: ["ts", "mjs", "js", "json", "node"],
  modulePathIgnorePatterns: ["<rootDir>/.local/"],
  transform: {
    "^.+\\.(ts|mjs)$": ["@swc/jest", { jsc: { parser: { syntax: "typescript" }, target: "es2022" } }],
  },
};

const longTimeout = "<rootDir>/tests/support/long-timeout.js";
const serialRunner = "<rootDir>/tests/support/serial-runner.js";

/** @type {import("jest").Config} */
module.exports = {
  projects: [
    {
      ...common,
      displayName: "unit",
      testMatch: ["<rootDir>/tests/**/*.test.ts"],
      testPathIgnorePatterns: ["/node_modules/", "\\.docker\\.test\\.ts$", "\\.e2e\\.test\\.ts$"],
    },
    {
      ...common,
      displayName: "docker",
      testMatch: ["<rootDir>/tests/**/*.docker.test.ts"],
      runner: serialRunner,
      setupFilesAfterEnv: [longTimeout],
    },
    {
      ...common,
      displayName: "e2e",
      testMatch: ["<rootDir>/tests/e2e/**/*.e2e.test.ts"],
      runner: serialRunner,
      setupFilesAfterEnv: [longTimeout],
    },
  ],
};
