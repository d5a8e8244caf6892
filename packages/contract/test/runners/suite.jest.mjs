import { describe, it, jest } from "@jest/globals";
import { describeSubjects } from "./subjects.mjs";

jest.setTimeout(30_000);

describeSubjects({ describe, it });
