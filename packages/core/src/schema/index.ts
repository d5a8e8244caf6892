/** The schemas of what callers hand in, and of stored handles: plain JSON Schema 2020-12. */
export { adoptSchema, changesSchema, handleSchema, invitationSchema } from "./call-schemas.js";
export { compileCheck, type Check } from "./compile-check.js";
export { FORMAT_WORDS, FORMATS } from "./formats.js";
