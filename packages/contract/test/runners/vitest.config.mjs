// oxlint-disable-next-line import/no-default-export -- vitest asks for it
export default { test: { include: ["suite.vitest.mjs"], testTimeout: 30_000, pool: "forks", watch: false } };
