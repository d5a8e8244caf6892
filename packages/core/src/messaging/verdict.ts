/** What a person found out about a call of unknown outcome. */
export interface Verdict {
  /** `false` lets the call be made again, so be sure. */
  readonly sent: boolean;
  /**
   * Of a card that is there: its bare WhatsApp message id, where the vendor's panel or log shows one. Only with it are the
   * guests' answers joined to the invitation, those among them that came before.
   */
  readonly messageId?: string | undefined;
}
