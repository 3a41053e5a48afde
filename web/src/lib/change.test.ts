import { describe, expect, it } from "vitest";
import { changeOf, editsOf, type Edit } from "./change";

const edit: Edit = { actor: "USA", issue: "arms", field: "position", value: 95 };

describe("change", () => {
  it("reads edits from an address and leaves out the rest", () => {
    expect(editsOf(new URLSearchParams("draws=0&USA.arms.position=95&a.b.c=1&PAK.x.salience=&PAK.x.position=abc"))).toEqual([edit]);
  });
  it("is nothing when nothing is changed", () => {
    expect(changeOf("", [])).toBeUndefined();
    expect(changeOf("title: A\n", [])).toBe("title: A\n");
  });
  it("puts edits after what was written", () => {
    expect(changeOf("title: A\nset:\n    - {actor: PAK, issue: arms, position: 1}\nremove: [IRN]\n", [edit])).toBe(
      'title: A\nset:\n    - {actor: PAK, issue: arms, position: 1}\n    - {actor: "USA", issue: "arms", position: 95}\nremove: [IRN]\n');
    expect(changeOf("title: A", [edit])).toBe('title: A\nset:\n  - {actor: "USA", issue: "arms", position: 95}\n');
  });
});
