import type { ChatSetting } from "./chat-setting.js";
import { chatsOf } from "./chats.js";
import { ControlError } from "./control-error.js";
import { FAULT_NAMES, type Fault, type FaultName, type Faults } from "./faults.js";
import { parseAnswer, parseMemberEvent, parseMemberPoll, parseScript, type Answer, type GuestScript, type MemberEvent, type MemberPoll } from "./guest.js";
import type { Act, Journal } from "./journal.js";
import { isObject, type JsonObject } from "./json.js";
import { liveJournal } from "./page/live.js";
import { phonePage } from "./page/phone-page.js";
import type { Reply, SimRequest } from "./server.js";

/** What a simulated vendor offers to the controls under `/__sim/`. Methods throw `ControlError` on input that makes no sense. */
export interface Controllable {
  readonly journal: Journal;
  readonly faults: Faults;
  switches(): JsonObject;
  /** Checks and applies a part of the switches. */
  patchSwitches(patch: JsonObject): void;
  /** An instance or session as the control sees it, or undefined. Never with a secret. */
  account(id: string): JsonObject | undefined;
  /** Creates or alters one. */
  putAccount(id: string, body: JsonObject): void | Promise<void>;
  script(script: GuestScript): void;
  /** Resolves with the bare id of the message that carries the answer. */
  answer(answer: Answer): Promise<{ readonly messageId: string }>;
  memberEvent(event: MemberEvent): Promise<{ readonly messageId: string }>;
  memberPoll(poll: MemberPoll): Promise<{ readonly messageId: string }>;
  flush(): Promise<void>;
  /** Who sits at both ends of a chat. */
  setting(account: string, chat: string): ChatSetting;
}

/**
 * The simulator's own routes, all JSON:
 * `GET /__sim/journal[?since&act&account&chat]`, `GET|PATCH /__sim/switches`, `GET|POST|DELETE /__sim/faults`, `GET|PUT /__sim/accounts/{id}`,
 * `POST /__sim/guests`, `POST /__sim/answers`, `GET /__sim/chats`, `POST /__sim/events`, `POST /__sim/polls`, `POST /__sim/flush`; beside them
 * `GET /__sim/live` (the journal as Server-Sent Events) and, at `/`, the page that shows the chats.
 * Undefined for any other path.
 */
export const control = async (request: SimRequest, vendor: Controllable): Promise<Reply | undefined> => {
  if (request.method === "GET" && request.path === "/") return phonePage(vendor.journal.vendor);
  if (request.segments[0] !== "__sim") return undefined;
  if (request.method === "GET" && request.path === "/__sim/live") return liveJournal(request, vendor.journal);
  try {
    return { status: 200, json: await route(request, vendor) };
  } catch (error) {
    if (error instanceof ControlError) return { status: error.status, json: { error: error.message } };
    throw error;
  }
};

const route = async (request: SimRequest, vendor: Controllable): Promise<unknown> => {
  const [, what, id] = request.segments;
  switch (`${request.method} ${what ?? ""}`) {
    case "GET journal":
      return vendor.journal.entries(filterOf(request.query));
    case "GET switches":
      return vendor.switches();
    case "PATCH switches":
      vendor.patchSwitches(bodyOf(request));
      return vendor.switches();
    case "GET faults":
      return vendor.faults.waiting();
    case "POST faults":
      vendor.faults.add(parseFault(bodyOf(request)));
      return vendor.faults.waiting();
    case "DELETE faults":
      vendor.faults.clear();
      return [];
    case "GET accounts":
      return accountOf(vendor, id);
    case "PUT accounts":
      if (id === undefined || id === "") throw new ControlError("the path needs an account: /__sim/accounts/{id}");
      await vendor.putAccount(id, bodyOf(request));
      return accountOf(vendor, id);
    case "POST guests":
      vendor.script(parseScript(bodyOf(request)));
      return {};
    case "POST answers":
      return vendor.answer(parseAnswer(bodyOf(request)));
    case "GET chats":
      return chatsOf(vendor.journal.entries()).map((chat) => ({ ...chat, ...vendor.setting(chat.account, chat.chat) }));
    case "POST events":
      return vendor.memberEvent(parseMemberEvent(bodyOf(request)));
    case "POST polls":
      return vendor.memberPoll(parseMemberPoll(bodyOf(request)));
    case "POST flush":
      await vendor.flush();
      return {};
    default:
      throw new ControlError(`no such control: ${request.method} ${request.path}`, 404);
  }
};

const accountOf = (vendor: Controllable, id: string | undefined): JsonObject => {
  const found = id === undefined ? undefined : vendor.account(id);
  if (found === undefined) throw new ControlError("no such account", 404);
  return found;
};

const bodyOf = (request: SimRequest): JsonObject => {
  let body: unknown;
  try {
    body = JSON.parse(request.body.toString("utf8"));
  } catch {
    throw new ControlError("the body is not JSON");
  }
  if (!isObject(body)) throw new ControlError("the body must be a JSON object");
  return body;
};

const ACTS: Readonly<Record<Act, true>> = {
  "request.received": true, "request.refused": true, "event.created": true, "event.edited": true, "event.canceled": true, "event.answered": true,
  "event.responded": true, "poll.created": true, "poll.voted": true, "text.sent": true, "text.received": true, "message.revoked": true,
  "message.queued": true, "message.delivered": true, "message.failed": true, "status.changed": true, "webhook.delivered": true, "webhook.failed": true,
};
const isAct = (value: string): value is Act => Object.hasOwn(ACTS, value);

const filterOf = (query: URLSearchParams) => {
  const act = query.get("act");
  if (act !== null && !isAct(act)) throw new ControlError(`act: one of ${Object.keys(ACTS).join(", ")}`);
  const account = query.get("account");
  const chat = query.get("chat");
  return {
    since: Number(query.get("since") ?? 0),
    ...(act === null ? {} : { act }),
    ...(account === null ? {} : { account }),
    ...(chat === null ? {} : { chat }),
  };
};

const isFaultName = (value: unknown): value is FaultName => FAULT_NAMES.some((name) => name === value);

const parseFault = (body: JsonObject): Fault => {
  const { operation, fault, times, status, body: answer, headers, code, acts, afterMs } = body;
  if (!isFaultName(fault)) throw new ControlError(`fault: one of ${FAULT_NAMES.join(", ")}`);
  return {
    fault,
    ...(typeof operation === "string" ? { operation } : {}),
    ...(typeof times === "number" ? { times } : {}),
    ...(typeof status === "number" ? { status } : {}),
    ...(answer === undefined ? {} : { body: answer }),
    ...(isObject(headers) ? { headers: Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, String(value)])) } : {}),
    ...(code === undefined ? {} : { code: String(code) }),
    ...(acts === true ? { acts } : {}),
    ...(typeof afterMs === "number" ? { afterMs } : {}),
  };
};
