import { brokenMemory } from "./break.js";

/** Closes the HTTP client that it borrows. */
export const closesTheSharedClient = brokenMemory("closes the shared client", "lifecycle: the shared HTTP client stays open", ({ runtime }) => ({ close: () => runtime.http.close() }));
