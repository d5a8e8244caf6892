import { describe, it, jest } from "@jest/globals";
import { describeProvider } from "../src/index.js";
import { wahaUnderTest } from "./vendors/waha.js";

jest.setTimeout(30_000);

describeProvider(wahaUnderTest, { describe, it });
