/** A group that the account is a member of. */
export interface WahaGroup {
  readonly id: string;
  readonly name: string;
  /** Only admins may write: the server takes a message of anybody else, and WhatsApp drops it. */
  readonly adminsOnly?: boolean;
  /** Whether the account is an admin. Default false. */
  readonly accountIsAdmin?: boolean;
}
