import { isCallUrl, type CallLink } from "./call-url.js";
import type { DetailsInput, DetailsLimits, Extensions, InvitationDetails } from "./details.js";
import { copyJson, type Issue, type Json } from "./json.js";
import { compareInstants, floorToSeconds, isTimeZone, readInstant, type Instant, type TimeZone } from "./time.js";

/** Either the checked details, or every problem at once. */
export type DetailsRead = { readonly details: InvitationDetails; readonly issues: readonly [] } | { readonly details?: never; readonly issues: readonly Issue[] };

/**
 * Checks what a schema cannot say (times, zones, call links, lengths in characters) and brings the input into its one form.
 * Pure. Fields of a wrong type are reported here as well, so plain JavaScript is safe without the schema.
 */
export function readDetails(input: DetailsInput, limits: DetailsLimits): DetailsRead {
  const issues: Issue[] = [];
  const problem = (path: string, message: string | undefined) => {
    if (message !== undefined) issues.push({ path, message });
  };

  problem("title", textProblem(trimmed(input.title), limits.titleLength, "titleLength"));
  if (present(input.description)) problem("description", textProblem(input.description, limits.textLength, "textLength"));
  const place = present(input.location) ? locationName(input.location) : undefined;
  if (present(input.location)) problem("location", textProblem(place, limits.textLength, "textLength"));

  const startsAt = time(input.startsAt, "startsAt", problem);
  const endsAt = present(input.endsAt) ? time(input.endsAt, "endsAt", problem) : undefined;
  if (startsAt && endsAt && compareInstants(endsAt, startsAt) <= 0) problem("endsAt", "must be after startsAt");

  const timeZone = zone(input.timeZone, problem);
  const callLink = call(input.callLink, problem);
  if (present(input.extraGuestsAllowed) && typeof input.extraGuestsAllowed !== "boolean") problem("extraGuestsAllowed", "must be true or false");
  const extensions = bag(input.extensions, problem);

  if (issues.length > 0 || startsAt === undefined) return { issues };
  return {
    issues: [],
    details: {
      title: input.title.trim(),
      ...(present(input.description) && { description: input.description }),
      ...(place !== undefined && { location: { name: place } }),
      startsAt,
      ...(endsAt && { endsAt }),
      ...(timeZone && { timeZone }),
      ...(callLink && { callLink }),
      ...(present(input.extraGuestsAllowed) && { extraGuestsAllowed: input.extraGuestsAllowed }),
      ...(extensions && { extensions }),
    },
  };
}

type Report = (path: string, message: string | undefined) => void;

function present<T>(value: T | undefined | null): value is T {
  return value !== undefined && value !== null;
}

function trimmed(value: unknown): unknown {
  return typeof value === "string" ? value.trim() : value;
}

function textProblem(value: unknown, limit: number, limitName: string): string | undefined {
  if (typeof value !== "string") return "must be text";
  if (value.trim() === "") return "must not be empty";
  // A text has never more characters than code units, which cost nothing to count.
  const length = value.length > limit ? [...value].length : 0;
  if (length > limit) return `has ${length} characters; receivers drop an invitation with more than ${limit} (limits.${limitName} overrides)`;
  return /\p{Cs}|(?![\t\n\r])\p{Cc}/u.test(value) ? "holds control characters or half a surrogate pair" : undefined;
}

function locationName(value: NonNullable<DetailsInput["location"]>): string | undefined {
  return typeof value === "object" ? value.name : value;
}

function time(value: unknown, path: string, problem: Report): Instant | undefined {
  const read = readInstant(value);
  if (read.ok) return floorToSeconds(read.instant);
  problem(path, read.problem);
  return undefined;
}

function zone(value: unknown, problem: Report): TimeZone | undefined {
  if (!present(value)) return undefined;
  if (typeof value === "string" && isTimeZone(value)) return value;
  problem("timeZone", 'must be an IANA name such as "Europe/Lisbon"');
  return undefined;
}

function call(value: unknown, problem: Report): CallLink | undefined {
  if (!present(value)) return undefined;
  if (value === "voice" || value === "video") return value;
  if (typeof value === "string" && isCallUrl(value)) return value;
  problem("callLink", 'must be "voice", "video" or a WhatsApp call link; put any other link into the description, because receivers drop the invitation');
  return undefined;
}

function bag(value: unknown, problem: Report): Extensions | undefined {
  if (value === undefined || value === null) return undefined;
  if (typeof value !== "object" || Array.isArray(value)) {
    problem("extensions", "must be an object");
    return undefined;
  }
  const copies: Record<`x-${string}.${string}`, Json> = {};
  for (const [name, setting] of Object.entries(value)) {
    if (setting === undefined) continue;
    const copy = copyJson(setting);
    if (!isExtensionName(name)) problem(`extensions.${name.slice(0, 64)}`, 'must be named "x-<vendor>.<thing>" in lower case');
    else if (copy === undefined) problem(`extensions.${name}`, "must be JSON");
    else copies[name] = copy;
  }
  return Object.keys(copies).length > 0 ? copies : undefined;
}

/** The grammar of a stranger's capability code: an extension under another name would pass by the capability check. */
function isExtensionName(name: string): name is `x-${string}.${string}` {
  return /^x-[a-z0-9-]+\.[a-z0-9.-]+$/.test(name);
}
