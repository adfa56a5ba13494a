import { parseConfig } from "../../toolchain/hcl-config";

test("blocks, labels, strings, lists, maps and all comments are read", () => {
  const text = `
    # a comment
    plugin_cache_dir = "$HOME/\\"cache\\"" // another
    credentials "app.example.com" { token = "x" } /* and
    one more */
    provider_installation {
      dev_overrides { "hashicorp/null" = "/a" }
      filesystem_mirror {
        path    = "/mirror"
        include = ["a/*/*", "b/c",]
      }
      direct {}
    }
    map = { a = "1", b : ["2"] }
    flag = true`;
  const config = parseConfig(text);
  expect(config.attributes.plugin_cache_dir).toBe('$HOME/"cache"');
  expect(config.attributes.flag).toBe("true");
  expect(config.blocks.map((block) => block.type)).toEqual(["credentials", "provider_installation"]);
  expect(config.blocks[1]?.blocks).toEqual([
    { type: "dev_overrides", attributes: { "hashicorp/null": "/a" }, blocks: [] },
    { type: "filesystem_mirror", attributes: { path: "/mirror", include: ["a/*/*", "b/c"] }, blocks: [] },
    { type: "direct", attributes: {}, blocks: [] },
  ]);
});

test.each(["block {", "a = ", "a = [1", '"open', "}", "a b", "= 1", "a ? b"])("%j is refused", (text) => {
  expect(() => parseConfig(text)).toThrow(SyntaxError);
});
