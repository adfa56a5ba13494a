import { shown, shownLines } from "../../../review/report/shown";

test("what can be seen stays as it is", () => {
  expect(shown("secret/éclair/日本/👩 a-b_c")).toBe("secret/éclair/日本/👩 a-b_c");
});

test("texts that have lines keep them, and nothing else that is not seen", () => {
  expect(shownLines("path {\n\tx\u202e\r}")).toBe("path {\n\tx⟨202E⟩⟨000D⟩}");
});

test.each([
  ["turned writing", "a\u202eb", "a⟨202E⟩b"],
  ["isolates", "\u2066x\u2069", "⟨2066⟩x⟨2069⟩"],
  ["no width", "ad\u200bmin", "ad⟨200B⟩min"],
  ["line separators", "a\u2028b", "a⟨2028⟩b"],
  ["an end of a line, which would look like a space", "new\nline\t", "new⟨000A⟩line⟨0009⟩"],
  ["controls", "a\u0000\u001b[31m", "a⟨0000⟩⟨001B⟩[31m"],
  ["a byte order mark", "\ufeffx", "⟨FEFF⟩x"],
  ["a letter that is drawn as nothing", "a\u3164b", "a⟨3164⟩b"],
  ["half a pair", "a\ud800b", "a⟨D800⟩b"],
])("%s is made visible", (_, text, seen) => {
  expect(shown(text)).toBe(seen);
});
