import { describe, it, jest } from "@jest/globals";
import { describeProvider } from "../src/index.js";
import { zapiUnderTest } from "./vendors/zapi.js";

jest.setTimeout(30_000);

describeProvider(zapiUnderTest, { describe, it });
