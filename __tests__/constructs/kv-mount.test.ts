import { days } from "../../constructs/duration";
import { KvMount, type KvMountProps } from "../../constructs/kv-mount";
import { refusal, Workbench } from "./workbench";

function mount(props: KvMountProps, bench = new Workbench()): KvMount {
  return new KvMount(bench.stack, `mount.${props.path}`, props);
}

/** What Terraform is to make of a mount: its resource, and what is written to its config. */
function attributes(props: KvMountProps): Record<string, unknown> {
  const bench = new Workbench();
  const id = mount(props, bench).node.id;
  const configurable = props.version !== 1;
  const written = configurable ? bench.resource("vault_generic_endpoint", `${id}/`).data_json : "null";
  return { ...bench.resource("vault_mount", `${id}/`), config: JSON.parse(written as string) };
}

test("KV v2 is what a mount is, kept from being destroyed, with the engines' own ten versions", () => {
  expect(attributes({ path: "kv" })).toMatchObject({
    path: "kv",
    type: "kv",
    options: { version: "2" },
    lifecycle: { prevent_destroy: true },
    config: { max_versions: 10, cas_required: false, delete_version_after: "0s" },
  });
});

test("KV v2 takes max_versions, cas_required and delete_version_after", () => {
  expect(
    attributes({ path: "kv", maxVersions: 3, casRequired: true, deleteVersionAfter: days(30) }),
  ).toMatchObject({
    config: { max_versions: 3, cas_required: true, delete_version_after: "2592000s" },
  });
});

test("KV v1 has nothing to configure", () => {
  expect(attributes({ path: "kv", version: 1 })).toMatchObject({
    options: { version: "1" },
    config: null,
  });
});

test("a mount may have two segments", () => {
  expect(attributes({ path: "team-a/kv" })).toMatchObject({ path: "team-a/kv" });
});

test("a description reaches the server as it is written, and is no expression of Terraform's", () => {
  const description = "$" + '{file("/etc/passwd")} %' + "{if x} é 😀";
  expect(attributes({ path: "kv", description })).toMatchObject({
    description: "$$" + '{file("/etc/passwd")} %%' + "{if x} é 😀",
  });
});

test.each<[object, string]>([
  [
    { version: 1, maxVersions: 3 },
    "maxVersions cannot be set on a KV v1 mount.\n  Leave it out, or make the mount version 2.",
  ],
  [
    { version: 1, maxVersions: 3, casRequired: false },
    "maxVersions and casRequired cannot be set on a KV v1 mount.\n  Leave them out",
  ],
  [{ version: 3 }, "version 3 of the KV engine does not exist.\n  Write 1 or 2."],
  [{ version: "2" }, "version 2 of the KV engine does not exist."],
  [{ maxVersions: 0 }, "maxVersions 0 is no count.\n  Keep at least one version."],
  [{ maxVersions: 1.5 }, "maxVersions 1.5 is no count."],
  [{ deleteVersionAfter: 30 }, "deleteVersionAfter is no duration."],
])("%j is refused", (props, told) => {
  expect(refusal(() => mount({ path: "kv", ...props } as KvMountProps))).toContain(
    `HERE  test/mount.kv: ${told}`,
  );
});

test.each(["", "/kv", "kv/", "a//b", "a b", "kv*", "é", "a/../b", "$" + "{x}"])(
  "path %j is refused",
  (path) => {
    expect(refusal(() => mount({ path }))).toContain(
      `mount path "${path}" cannot be used.\n  Use letters, digits`,
    );
  },
);

test.each(["sys", "auth/kv", "identity", "cubbyhole"])("path %j is the engine's own", (path) => {
  expect(refusal(() => mount({ path }))).toContain(`mount path "${path}" is the engine's own.`);
});

test("a path belongs to one mount", () => {
  expect(refusal(() => mount({ path: "secret" }))).toContain(
    'mount "secret" is declared already by test/mount (THERE).',
  );
});

test.each([
  ["secret/inner", "secret"],
  ["a", "a/b"],
])("%s is refused beside %s, because one would lie in the other", (path, other) => {
  const [inner, outer] = [path, other].sort((a, b) => b.length - a.length);
  expect(refusal(() => mount({ path }, new Workbench({ path: other })))).toContain(
    `mount "${inner}" lies in mount "${outer}".\n  Mount it beside the other`,
  );
});

test("a path that only begins like another is no mount in a mount", () => {
  expect(() => mount({ path: "secrets" })).not.toThrow();
});
