const CROCKFORD = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
const BASE36 = "0123456789abcdefghijklmnopqrstuvwxyz";

/** Ids as the vendors and WhatsApp spell them. */
export interface Ids {
  /** A message sent by a linked device: `3EB0` and 18 upper-case hex characters. */
  sent(): string;
  /** A message sent from a phone: 20 upper-case hex characters beginning with `3A` (iOS). */
  phone(): string;
  /** A message sent from a phone: 32 upper-case hex characters (Android). */
  hex32(): string;
  /** 26 upper-case characters, beginning with the time. */
  ulid(): string;
  /** WAHA's envelope id: `evt_` and a lower-case ULID. */
  envelope(): string;
  /** 32 lower-case hex characters: a UUID version 7 without its dashes. */
  uuid7(): string;
  /** `length` lower-case letters and digits. */
  short(length: number): string;
  /** `length` random bytes in base64. */
  secret(length: number): string;
}

/** Ids from a source of randomness (numbers in [0, 1), as `Math.random`) and a clock (Unix milliseconds): repeatable when both are. */
export const createIds = (random: () => number, now: () => number): Ids => {
  const from = (alphabet: string, length: number): string => Array.from({ length }, () => alphabet.charAt(Math.floor(random() * alphabet.length))).join("");
  const hex = (length: number): string => from("0123456789ABCDEF", length);
  const ulid = (): string => {
    let time = Math.floor(now());
    let stamp = "";
    for (let i = 0; i < 10; i += 1) {
      stamp = CROCKFORD.charAt(time % 32) + stamp;
      time = Math.floor(time / 32);
    }
    return stamp + from(CROCKFORD, 16);
  };
  return {
    sent: () => `3EB0${hex(18)}`,
    phone: () => `3A${hex(18)}`,
    hex32: () => hex(32),
    ulid,
    envelope: () => `evt_${ulid().toLowerCase()}`,
    uuid7: () => {
      const stamp = Math.floor(now()).toString(16).padStart(12, "0");
      return `${stamp}7${hex(3)}${from("89AB", 1)}${hex(15)}`.toLowerCase();
    },
    short: (length) => from(BASE36, length),
    secret: (length) => Buffer.from(Array.from({ length }, () => Math.floor(random() * 256))).toString("base64"),
  };
};
