/** @jest-config-loader esbuild-register */
import type { Config } from "jest";

/** Tests run on the sources: no build is needed first, and types are `tsc`'s business. */
const config: Config = {
  testEnvironment: "node",
  // A busy machine must not fail a test: what must not hang has its own, shorter limits.
  testTimeout: 60_000,
  roots: ["<rootDir>/packages", "<rootDir>/examples", "<rootDir>/checks"],
  testMatch: ["**/src/**/*.test.ts", "**/test/**/*.test.ts"],
  testPathIgnorePatterns: ["/node_modules/", "/dist/"],
  modulePathIgnorePatterns: ["/dist/"],
  transform: { "^.+\\.ts$": ["@swc/jest", { jsc: { target: "es2022", parser: { syntax: "typescript", decorators: true }, transform: { legacyDecorator: true, decoratorMetadata: true } } }] },
  moduleNameMapper: {
    "^@event-messaging/([a-z]+)$": "<rootDir>/packages/$1/src/index.ts",
    "^@event-messaging/([a-z]+)/([a-z]+)$": "<rootDir>/packages/$1/src/$2/index.ts",
    "^acme-provider$": "<rootDir>/examples/acme-provider/src/index.ts",
    "^acme-provider/simulator$": "<rootDir>/examples/acme-provider/simulator/index.ts",
    "^(\\.{1,2}/.*)\\.js$": "$1",
  },
};

export default config;
