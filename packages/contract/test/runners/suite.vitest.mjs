import { describe, it } from "vitest";
import { describeSubjects } from "./subjects.mjs";

describeSubjects({ describe, it });
