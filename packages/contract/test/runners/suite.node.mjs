import { describe, it } from "node:test";
import { describeSubjects } from "./subjects.mjs";

describeSubjects({ describe, it });
