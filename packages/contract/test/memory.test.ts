import { describe, it, jest } from "@jest/globals";
import { describeProvider } from "../src/index.js";
import { memoryUnderTest } from "./vendors/memory.js";

jest.setTimeout(30_000);

describeProvider(memoryUnderTest(), { describe, it });
