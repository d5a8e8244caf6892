export { chatsOf, type Chat, type ChatAnswer, type ChatMessage } from "./chats.js";
export { ControlError } from "./control-error.js";
export { FAULT_NAMES, type Fault, type FaultName, type Faults } from "./faults.js";
export type { Answer, GuestScript, GuestStep, MemberEvent, SimGuest } from "./guest.js";
export type { Act, Journal, JournalEntry, JournalFilter, Shown } from "./journal.js";
