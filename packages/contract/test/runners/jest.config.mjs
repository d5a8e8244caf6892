/** Built modules as they are: nothing is transformed. Needs `--experimental-vm-modules`. */
export default { testEnvironment: "node", testMatch: ["<rootDir>/suite.jest.mjs"], transform: {}, moduleFileExtensions: ["js", "mjs", "cjs", "json", "node"] };
