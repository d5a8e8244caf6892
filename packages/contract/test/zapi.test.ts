import { describe, it, jest } from "@jest/globals";
import { describeProvider } from "../src/index.js";
import { picked } from "./run-suite.js";
import { zapiUnderTest } from "./vendors/zapi.js";

jest.setTimeout(30_000);

// All six run in `npm run -s contract`.
describeProvider(picked(zapiUnderTest, ["wall clock of Brazil", "times not known, direct chats tried"]), { describe, it });
