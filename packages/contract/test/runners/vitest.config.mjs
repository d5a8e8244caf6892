export default { test: { include: ["suite.vitest.mjs"], testTimeout: 30_000, pool: "forks", watch: false, cache: false } };
