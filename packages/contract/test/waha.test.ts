import { describe, it, jest } from "@jest/globals";
import { describeProvider } from "../src/index.js";
import { picked } from "./run-suite.js";
import { wahaUnderTest } from "./vendors/waha.js";

jest.setTimeout(30_000);

// All six run in `npm run -s contract`.
describeProvider(picked(wahaUnderTest, ["GOWS, strict (2026.7.1)", "NOWEB (2026.7.1): no events"]), { describe, it });
