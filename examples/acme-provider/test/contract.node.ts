import { describe, it } from "node:test";
import { describeProvider } from "@event-messaging/contract";
import { acmeUnderTest } from "./acme-under-test.js";

/** The contract test under Node's own runner: `node --test dist/test/contract.node.js`. */
describeProvider(acmeUnderTest, { describe, it });
