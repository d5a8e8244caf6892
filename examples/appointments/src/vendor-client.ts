import type { Answer, GuestStep, JournalEntry, MemberEvent } from "@event-messaging/simulator";

/** The controls of one simulated vendor. Everything goes over HTTP, as from another machine. */
export interface VendorClient {
  /** Creates or alters an account at the vendor. */
  putAccount(id: string, setup: object): Promise<void>;
  /** What guests do when the account's next cards arrive in a chat. */
  script(account: string, chat: string, steps: readonly GuestStep[]): Promise<void>;
  /** A guest answers now. */
  answer(answer: Answer): Promise<void>;
  /** A member of a chat creates an event. */
  memberEvent(event: MemberEvent): Promise<void>;
  /** Resolves when the vendor has nothing under way: no guest, no webhook. */
  flush(): Promise<void>;
  /** What the vendor did since it was started. */
  journal(): Promise<readonly JournalEntry[]>;
}

export function vendorClient(url: string): VendorClient {
  const ask = async (method: string, path: string, body?: object): Promise<unknown> => {
    const response = await fetch(`${url}/__sim/${path}`, {
      method,
      headers: { connection: "close", ...(body !== undefined && { "content-type": "application/json" }) },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    if (!response.ok) throw new Error(`${method} ${path}: the simulator answered ${response.status} ${await response.text()}`);
    return response.json();
  };
  return {
    putAccount: async (id, setup) => void (await ask("PUT", `accounts/${id}`, setup)),
    script: async (account, chat, steps) => void (await ask("POST", "guests", { account, chat, steps })),
    answer: async (answer) => void (await ask("POST", "answers", answer)),
    memberEvent: async (event) => void (await ask("POST", "events", event)),
    flush: async () => void (await ask("POST", "flush", {})),
    async journal() {
      const entries = await ask("GET", "journal");
      if (!isJournal(entries)) throw new Error("the simulator's journal cannot be read");
      return entries;
    },
  };
}

function isJournal(value: unknown): value is readonly JournalEntry[] {
  return Array.isArray(value) && value.every((entry: unknown) => typeof entry === "object" && entry !== null && "n" in entry && "act" in entry && "account" in entry);
}
