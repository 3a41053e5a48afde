import { expect, it } from "vitest";
import { pack, unpack } from "./packed";

for (const text of ["", "title: Naïve “deal” 🏛\n", "cells:\n".repeat(500)])
  it(`gives back ${text.length} characters`, async () => {
    const packed = await pack(text);
    expect(packed).toMatch(/^[\w-]*$/);
    expect(await unpack(packed)).toBe(text);
  });

it("does not take a cut address for a text", async () => {
  const packed = await pack("title: A table of some length, so that a cut matters");
  await expect(unpack(packed.slice(0, -6))).rejects.toThrow();
  await expect(unpack("!!")).rejects.toThrow();
});
