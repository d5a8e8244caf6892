import { brokenDefinition } from "./break.js";

/** Its published schema lets any setting pass. */
export const leavesItsSchemaOpen = brokenDefinition("leaves its schema open", "definition: the configuration's schema is JSON Schema 2020-12 and closed", ({ configSchema }) => ({
  configSchema: { ...configSchema, additionalProperties: true },
}));
