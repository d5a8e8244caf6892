import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { tailOf } from "./webhook-path.js";

describe("the path of a delivery", () => {
  it.each<[string, string, readonly string[] | undefined]>([
    ["/webhooks", "/webhooks/acc", ["acc"]], ["/webhooks", "/webhooks/acc/", ["acc"]], ["/webhooks", "/webhooks/acc/secret/kind", ["acc", "secret", "kind"]],
    ["webhooks/", "/webhooks/acc", ["acc"]], ["/", "/acc", ["acc"]], ["", "/acc/x", ["acc", "x"]], ["/a/b", "/a/b/acc", ["acc"]],
    ["/webhooks", "/webhooks/acc?x=/../y#z", ["acc"]], ["/webhooks", "/webhooks/a%2Fb", ["a/b"]], ["/webhooks", "/webhooks/cl%C3%ADnica", ["clínica"]],
    ["/webhooks", "/webhooks/../acc", ["..", "acc"]], ["/webhooks", "/webhooks/%2e%2e/acc", ["..", "acc"]],
    ["/webhooks", "/webhooks", undefined], ["/webhooks", "/webhooks/", undefined], ["/webhooks", "/webhooks//", undefined], ["/webhooks", "/webhooks//acc", undefined], ["/webhooks", "/webhooks/acc//x", undefined],
    ["/webhooks", "/webhooksacc", undefined], ["/webhooks", "/webhook/acc", undefined], ["/webhooks", "/WEBHOOKS/acc", undefined], ["/webhooks", "//webhooks/acc", undefined], ["/webhooks", "/x/webhooks/acc", undefined], ["/webhooks", "webhooks/acc", undefined],
    ["/webhooks", "http://host/webhooks/acc", undefined], ["/webhooks", "", undefined], ["/webhooks", "*", undefined], ["/webhooks", "/webhooks/%", undefined], ["/webhooks", "/webhooks/%ff", undefined], ["/webhooks", "/webhooks/%zz", undefined],
    ["/webhooks", "/webhooks/1/2/3/4/5/6/7/8", ["1", "2", "3", "4", "5", "6", "7", "8"]], ["/webhooks", "/webhooks/1/2/3/4/5/6/7/8/9", undefined],
  ])("below %j, %j is %j", (base, path, expected) => {
    expect(tailOf(base, path)).toEqual(expected);
  });

  it("gives back what was encoded into it", () => {
    const segment = fc.string({ minLength: 1, unit: "grapheme" }).filter((text) => !/\p{Cs}/u.test(text));
    fc.assert(fc.property(fc.array(segment, { minLength: 1, maxLength: 8 }), (segments) => {
      expect(tailOf("/webhooks", `/webhooks/${segments.map(encodeURIComponent).join("/")}?q`)).toEqual(segments);
    }));
  });

  it("never throws", () => {
    fc.assert(fc.property(fc.string(), fc.string(), (base, path) => {
      const tail = tailOf(base, path);
      return tail === undefined || tail.every((part) => part !== "");
    }));
  });
});
