import { describe, expect, it } from "vitest";
import { addressesIn } from "./intake";

describe("addressesIn", () => {
  for (const [text, want] of [
    ["https://example.org/a", ["https://example.org/a"]],
    ["  HTTPS://example.org/a \n\n http://example.org/b\r\n", ["HTTPS://example.org/a", "http://example.org/b"]],
    ["https://example.org/a\nhttps://example.org/a", ["https://example.org/a"]],
    ["Read https://example.org/a", []],
    ["https://example.org/a is worth reading", []],
    ["https://example.org/a\nAn article’s text.", []],
    ["https://", []],
    ["ftp://example.org/a", []],
    ["", []],
  ] as const) {
    it(JSON.stringify(text), () => expect(addressesIn(text)).toEqual(want));
  }
});
