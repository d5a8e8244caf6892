import { describe, it } from "@jest/globals";
import { BEHAVIOUR } from "./behaviour.js";

describe("modules for inversify 7", () => {
  for (const [title, run] of Object.entries(BEHAVIOUR)) it(title, run);
});
