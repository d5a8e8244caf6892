import { describeProvider } from "@event-messaging/contract";
import { describe, it, jest } from "@jest/globals";
import { acmeUnderTest } from "./acme-under-test.js";

jest.setTimeout(30_000);

describeProvider(acmeUnderTest, { describe, it });
