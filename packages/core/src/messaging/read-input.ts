import { invalidArgument } from "../error/invalid.js";
import type { DetailsChanges, DetailsInput, DetailsLimits, InvitationDetails, InvitationInput } from "../model/details.js";
import type { InvitationHandle } from "../model/handle.js";
import { messageId, type MessageId } from "../model/ids.js";
import type { Issue } from "../model/json.js";
import { readDetails } from "../model/read-details.js";
import { isRecipient, recipientProblem, type Recipient } from "../model/recipient.js";
import { adoptSchema, changesSchema, handleSchema, invitationSchema } from "../schema/call-schemas.js";
import { compileCheck } from "../schema/compile-check.js";

/** An invitation, checked and in its one form. */
export interface ReadInvitation {
  readonly key: string;
  readonly recipient: Recipient;
  readonly revision: number;
  readonly replyTo?: MessageId;
  readonly details: InvitationDetails;
}

const checkInvitation = compileCheck(invitationSchema);
const checkChanges = compileCheck(changesSchema);
const checkHandle = compileCheck(handleSchema);
const checkAdoption = compileCheck(adoptSchema);
/** What was sent once may be longer than what today's limits let through. */
const ANY_LENGTH: DetailsLimits = { titleLength: Infinity, textLength: Infinity };
const TIMES = ["startsAt", "endsAt"] as const;
const MISSING = "is missing";

/** @throws MessagingError `INVALID_ARGUMENT` with every problem, by path. */
export function readInvitation(input: InvitationInput, limits: DetailsLimits): ReadInvitation {
  const issues = [...checkInvitation(withTimeTexts(input))];
  if (!isObject(input)) throw invalidArgument("The invitation cannot be read", issues);
  report(issues, "to", recipientProblem(input.to));
  const read = readDetails(input, limits);
  merge(issues, read.issues);
  if (issues.length > 0 || read.details === undefined || !isRecipient(input.to)) throw invalidArgument("The invitation cannot be sent", issues);
  const replyTo = messageId(input.replyTo);
  return { key: input.key, recipient: input.to, revision: input.revision ?? 1, ...(replyTo && { replyTo }), details: read.details };
}

/** The details of a handle with changes merged in: whole, because vendors replace the whole event. @throws as {@link readInvitation}. */
export function readChanges(base: InvitationDetails, changes: DetailsChanges, limits: DetailsLimits): InvitationDetails {
  const issues = [...checkChanges(withTimeTexts(changes))];
  if (!isObject(changes)) throw invalidArgument("The changes cannot be read", issues);
  const merged: DetailsInput = { ...base, ...withoutNulls(changes, Object.keys(changes)) };
  const read = readDetails(merged, limits);
  merge(issues, read.issues);
  if (issues.length > 0 || read.details === undefined) throw invalidArgument("The invitation cannot be updated", issues);
  return read.details;
}

/**
 * Checks a handle that comes back from storage. @throws MessagingError `INVALID_ARGUMENT` with every problem, by path.
 *
 * @example
 * const handle = parseHandle(JSON.parse(row.handle));
 */
export function parseHandle(value: unknown): InvitationHandle {
  const issues = [...checkHandle(value)];
  if (isHandleShape(value)) {
    report(issues, "recipient", recipientProblem(value.recipient));
    if (value.sentTo !== undefined) report(issues, "sentTo", recipientProblem(value.sentTo));
    const read = readDetails(value.details, ANY_LENGTH);
    merge(issues, read.issues.map(({ path, message }) => ({ path: `details.${path}`, message })));
    if (issues.length === 0 && read.details) return { ...value, details: read.details };
  }
  throw invalidArgument("The handle cannot be used; pass it as it was returned by send() or find()", issues);
}

/** Checks what `adopt` is given; the details in their one form. @throws as {@link parseHandle}. */
export function checkAdopted(value: { readonly recipient: unknown; readonly details: DetailsInput }): InvitationDetails {
  const issues = [...checkAdoption(value)];
  let details: InvitationDetails | undefined;
  if (isObject(value)) {
    report(issues, "recipient", recipientProblem(value.recipient));
    const read = isObject(value.details) ? readDetails(value.details, ANY_LENGTH) : { issues: [] };
    merge(issues, read.issues.map(({ path, message }) => ({ path: `details.${path}`, message })));
    details = read.details;
  }
  if (issues.length > 0 || details === undefined) throw invalidArgument("The event cannot be adopted", issues);
  return details;
}

/** A schema knows no `Date`: a time becomes the text that it stands for, an invalid one a text that no check accepts. */
function withTimeTexts(input: unknown): unknown {
  if (!isObject(input)) return input;
  let texts: Record<string, string> | undefined;
  for (const name of TIMES) {
    const value: unknown = Object.hasOwn(input, name) ? Reflect.get(input, name) : undefined;
    if (value instanceof Date) texts = { ...texts, [name]: Number.isNaN(value.getTime()) ? "invalid" : value.toISOString() };
  }
  return texts ? { ...input, ...texts } : input;
}

function withoutNulls(changes: DetailsChanges, names: readonly string[]): Partial<DetailsInput> {
  const given = Object.entries(changes).filter(([name, value]) => names.includes(name) && value !== undefined);
  return Object.fromEntries(given.map(([name, value]) => [name, value ?? undefined]));
}

/** One remark for each path. Those of the model know more than the schema's, which says best what is missing. */
function report(issues: Issue[], path: string, message: string | undefined): void {
  if (message === undefined) return;
  const at = issues.findIndex((issue) => issue.path === path);
  if (at === -1) issues.push({ path, message });
  else if (issues[at]?.message !== MISSING) issues[at] = { path, message };
}

function merge(issues: Issue[], more: readonly Issue[]): void {
  for (const { path, message } of more) report(issues, path, message);
}

function isObject(value: unknown): value is object {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function isHandleShape(value: unknown): value is InvitationHandle {
  return checkHandle(value).length === 0;
}
