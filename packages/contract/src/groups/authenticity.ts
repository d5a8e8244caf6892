import { messageId, type EventMessagingProvider, type WebhookRequest } from "@event-messaging/core/driver";
import type { Bench } from "../bench.js";
import { demand, demandEqual } from "../demand.js";
import type { Group } from "../suite-case.js";

const bytes = (text: string) => new TextEncoder().encode(text);

/** A delivery that is as genuine as any: forged content behind a true proof. */
const genuine = (bench: Bench, body: Uint8Array = bytes('{"hello":"world"}')) => bench.vendor.sign(body);
const accepts = (provider: EventMessagingProvider, request: WebhookRequest) => provider.webhook.authenticate(request).ok;

/** A copy without one of the proofs, or with another in its place. */
function withoutProof(request: WebhookRequest, change: (value: string) => string | undefined): WebhookRequest {
  const headers = new Map([...request.headers].flatMap(([name, value]) => {
    if (["content-type", "content-length", "host", "user-agent", "accept", "connection"].includes(name)) return [[name, value] as const];
    const changed = change(value);
    return changed === undefined ? [] : [[name, changed] as const];
  }));
  return { ...request, headers, tail: request.tail.flatMap((segment) => change(segment) ?? []) };
}

export const authenticity: Group = {
  name: "webhook authenticity",
  about: "A webhook URL is public. A delivery counts only when a signature over its very bytes, or a secret in its URL, shows that this account's vendor sent it.",
  cases: [
    {
      name: "a genuine delivery is accepted, by what the table says it is proved by",
      run: async (bench) => {
        const authenticated = bench.provider.webhook.authenticate(await genuine(bench));
        demand(authenticated.ok, "it was refused");
        const signed = bench.audiencesOf("webhook.signed").length > 0;
        demand(signed ? authenticated.by === "signature" : authenticated.by !== "signature", `webhook.signed is ${signed ? "declared" : "absent"}, and the delivery is proved by ${authenticated.by}`);
        demand(authenticated.by !== "none", "it is proved by nothing: bring a configuration that proves its deliveries");
      },
    },
    {
      name: "a delivery without its proof is refused",
      run: async (bench) => {
        demand(!accepts(bench.provider, withoutProof(await genuine(bench), () => undefined)), "it was accepted");
      },
    },
    {
      name: "a delivery with a wrong proof is refused, whatever its length and letters",
      run: async (bench) => {
        const delivery = await genuine(bench);
        const wrong: readonly ((value: string) => string)[] = [() => "", () => "x", () => "ffff".repeat(64), (value) => value.slice(0, -1), (value) => `${value}0`, (value) => [...value].reverse().join(""), () => "ü€𝄞", () => "\u0000"];
        for (const [index, change] of wrong.entries()) demand(!accepts(bench.provider, withoutProof(delivery, change)), `wrong proof number ${index + 1} was accepted`);
      },
    },
    {
      name: "a signature covers the bytes: other bytes of the same meaning are refused", needs: ["webhook.signed"],
      run: async (bench) => {
        const delivery = await genuine(bench, bytes('{"answer":"yes"}'));
        for (const body of ['{"answer":"no"}', '{"answer": "yes"}', '{"answer":"yes"}\n', '{"answer":"\\u0079es"}', ""]) demand(!accepts(bench.provider, { ...delivery, body: bytes(body) }), `the signature of another body was accepted for ${JSON.stringify(body)}`);
      },
    },
    {
      name: "a signature covers bytes, not text: what decodes to the same text is not the same", needs: ["webhook.signed"],
      run: async (bench) => {
        // 0xFF and 0xFE are no UTF-8: both decode to the replacement character.
        const body = new Uint8Array([...bytes('{"name":"'), 0xff, ...bytes('"}')]);
        const delivery = await genuine(bench, body);
        demand(accepts(bench.provider, delivery), "a genuine delivery with a byte that is no UTF-8 was refused");
        demand(!accepts(bench.provider, { ...delivery, body: new Uint8Array([...bytes('{"name":"'), 0xfe, ...bytes('"}')]) }), "other bytes were accepted, because they decode to the same text");
      },
    },
    {
      name: "a delivery of another account is refused, or read as nobody's",
      run: async (bench) => {
        const [person] = bench.vendor.people;
        const chat = bench.vendor.recipients.group[0] ?? person.phone;
        const target = messageId("3EB0AA11BB22CC33DD44");
        demand(target !== undefined, "the suite's own id is none");
        const theirs = [...await bench.vendor.second.script({ type: "status", ready: true }), ...await bench.vendor.second.script({ type: "text", chat, by: person, text: "to the other account" })];
        demand(theirs.length > 0, "the vendor under test posts nothing for its second account");
        for (const parsed of bench.read(theirs)) demand(parsed.kind !== "facts", "a fact of another account was accepted");
      },
    },
    {
      name: "another account's proof does not count", 
      run: async (bench) => {
        const delivery = await bench.vendor.second.sign(bytes('{"hello":"world"}'));
        demand(!accepts(bench.provider, delivery), "a delivery with the second account's proof was accepted by the first");
      },
    },
    {
      name: "authenticating is pure: any number of times, with the same result, and the delivery stays as it was",
      run: async (bench) => {
        const delivery = await genuine(bench);
        const before = { body: [...delivery.body], headers: [...delivery.headers], tail: [...delivery.tail] };
        const results = [1, 2, 3].map(() => bench.provider.webhook.authenticate(delivery));
        for (const each of results) demandEqual(each, results[0], "a later result");
        demandEqual({ body: [...delivery.body], headers: [...delivery.headers], tail: [...delivery.tail] }, before, "the delivery afterwards");
      },
    },
    {
      name: "anything can be authenticated without an error",
      run: async (bench) => {
        const delivery = await genuine(bench);
        const odd: readonly WebhookRequest[] = [
          { ...delivery, body: new Uint8Array() }, { ...delivery, tail: [] }, { ...delivery, tail: Array.from({ length: 8 }, () => "..") }, { ...delivery, headers: new Map() },
          { ...delivery, method: "" }, { ...delivery, body: new Uint8Array(100_000).fill(0x5b) }, withoutProof(delivery, () => "é".repeat(5000)),
        ];
        for (const [index, request] of odd.entries()) {
          try {
            bench.provider.webhook.authenticate(request);
          } catch {
            demand(false, `odd delivery number ${index + 1} made authenticate() throw`);
          }
        }
      },
    },
    {
      name: "a refusal gives a fixed word and repeats nothing of the delivery",
      run: async (bench) => {
        const refused = bench.provider.webhook.authenticate(withoutProof(await genuine(bench, bytes('{"x":"words-of-a-stranger"}')), () => "proof-of-a-stranger"));
        demand(!refused.ok, "it was accepted");
        demand(refused.reason !== "" && refused.reason.length < 100 && !/stranger/.test(refused.reason), "the reason is empty, long, or repeats the delivery");
      },
    },
  ],
};
