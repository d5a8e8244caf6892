import type { Group } from "../suite-case.js";
import { authenticity } from "./authenticity.js";
import { canceling } from "./canceling.js";
import { cancellation } from "./cancellation.js";
import { configuration } from "./configuration.js";
import { definition } from "./definition.js";
import { duplicates } from "./duplicates.js";
import { faults } from "./faults.js";
import { fields } from "./fields.js";
import { fullStack } from "./full-stack.js";
import { identity } from "./identity.js";
import { lifecycle } from "./lifecycle.js";
import { lookingUp } from "./looking-up.js";
import { order } from "./order.js";
import { parsing } from "./parsing.js";
import { planning } from "./planning.js";
import { pollsAndTexts } from "./polls-and-texts.js";
import { probing } from "./probing.js";
import { recipients } from "./recipients.js";
import { responding } from "./responding.js";
import { secrets } from "./secrets.js";
import { sending } from "./sending.js";
import { sinks } from "./sinks.js";
import { swap } from "./swap.js";
import { timeZones } from "./time-zones.js";
import { tracking } from "./tracking.js";
import { twoAccounts } from "./two-accounts.js";
import { updating } from "./updating.js";

/** All that is demanded, in the order in which an author meets it. */
export const GROUPS: readonly Group[] = [
  definition, configuration, probing,
  sending, fields, timeZones, recipients, updating, canceling, responding, pollsAndTexts, lookingUp, planning,
  faults, cancellation, fullStack,
  authenticity, parsing, tracking, identity, duplicates, order,
  secrets, sinks, lifecycle, twoAccounts, swap,
];
