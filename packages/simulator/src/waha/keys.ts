import { isObject, type JsonObject } from "../json.js";
import type { Reply, SimRequest } from "../server.js";
import type { Ids } from "../ids.js";

export const SCOPES = ["read", "send", "control", "setting", "app", "delete"] as const;
export type Scope = (typeof SCOPES)[number];

/** WAHA docs: how-to/security. */
export interface ApiKey {
  readonly id: string;
  readonly key: string;
  readonly isActive: boolean;
  readonly isAdmin: boolean;
  readonly session: string | null;
  readonly actions: Readonly<Partial<Record<Scope, boolean>>> | null;
}

/** The server's keys: the administrator's, and since 2026.1.4 those of single sessions. */
export class KeyRing {
  readonly #scoped = new Map<string, ApiKey>();

  /** `null` switches the check off (`WAHA_NO_API_KEY`). */
  constructor(
    readonly admin: string | null,
    private readonly ids: Ids,
  ) {}

  /** What a key may do: "admin", one key's record, or undefined for a key that is missing, unknown or inactive. */
  who(key: string | undefined): "admin" | ApiKey | undefined {
    if (this.admin === null || key === this.admin) return "admin";
    const found = [...this.#scoped.values()].find((scoped) => scoped.key === key && scoped.isActive);
    return found?.isAdmin === true ? "admin" : found;
  }

  put(request: JsonObject, id = `key_id_${this.ids.ulid().toLowerCase()}`): ApiKey {
    const { isAdmin, session, isActive, actions, key } = request;
    const record: ApiKey = {
      id,
      key: this.#scoped.get(id)?.key ?? (typeof key === "string" ? key : `key_${this.ids.short(32)}`),
      isActive: isActive !== false,
      isAdmin: isAdmin === true,
      session: typeof session === "string" ? session : null,
      actions: isObject(actions) ? Object.fromEntries(SCOPES.flatMap((scope) => (typeof actions[scope] === "boolean" ? [[scope, actions[scope]]] : []))) : null,
    };
    this.#scoped.set(id, record);
    return record;
  }

  all(): readonly ApiKey[] {
    return [...this.#scoped.values()];
  }

  remove(id: string): void {
    this.#scoped.delete(id);
  }

  has(id: string): boolean {
    return this.#scoped.has(id);
  }
}

/** Whether a key may do something to a session. Everything but `delete` is allowed unless it says otherwise. */
export const allows = (who: "admin" | ApiKey, scope: Scope | "admin", session: string | undefined): boolean => {
  if (who === "admin") return true;
  if (scope === "admin") return false;
  if (session !== undefined && who.session !== session) return false;
  return who.actions?.[scope] ?? scope !== "delete";
};

/** `/api/keys`: for administrators. */
export const keyRoutes = (keys: KeyRing, request: SimRequest, body: unknown, id: string | undefined): Reply | undefined => {
  const input = isObject(body) ? body : {};
  if (id === undefined) {
    if (request.method === "POST") return { status: 201, json: keys.put({ ...input, key: undefined }) };
    return request.method === "GET" ? { status: 200, json: keys.all() } : undefined;
  }
  if (!keys.has(id)) return undefined;
  if (request.method === "PUT") return { status: 200, json: keys.put(input, id) };
  if (request.method !== "DELETE") return undefined;
  keys.remove(id);
  return { status: 200 };
};
