import { PolicyDocument, type PolicyRule } from "../../../policies/document";
import { printPolicy } from "../../../policies/print";
import { AccessList, type CompileOptions } from "../../../policies/semantics/access-list";
import { PolicyEngine, type TestedEngine } from "../policies-engine";

/** What the engine was asked through; counted apart. */
export type Surface =
  | "documents"
  | "sys/capabilities"
  | "KV v1"
  | "KV v2"
  | "cubbyhole"
  | "sys, auth, identity and pki";

/** A token with policies of its own, which an oracle rewrites as it likes. */
export interface Seat {
  readonly names: readonly string[];
  readonly token: string;
}

/** The library and the engine say different things of the same question. */
export class Disagreement extends Error {
  constructor(
    readonly question: unknown,
    readonly ours: unknown,
    readonly theirs: unknown,
  ) {
    super(
      `${JSON.stringify(question)}\n  ours   ${JSON.stringify(ours)}\n  theirs ${JSON.stringify(theirs)}`,
    );
    this.name = "Disagreement";
  }
}

/** A running engine with mounts to ask about, and the count of what was asked. */
export class Stage {
  readonly counts = new Map<Surface, number>();
  readonly isOpenBao: boolean;

  private constructor(
    readonly engine: TestedEngine,
    readonly server: PolicyEngine,
  ) {
    this.isOpenBao = engine.startsWith("openbao");
  }

  /** Starts the engine, with KV v1 on `k1/` and KV v2 on `k2/`, each with some secrets. */
  static async open(engine: TestedEngine, apart = false): Promise<Stage> {
    const stage = new Stage(engine, await PolicyEngine.start(engine, [], apart));
    await stage.root("POST", "sys/auth/userpass", { type: "userpass" });
    await stage.root("POST", "sys/mounts/k1", { type: "kv" });
    await stage.root("POST", "sys/mounts/k2", { type: "kv", options: { version: "2" } });
    for (const path of ["k1/a", "k1/a/b", "k1/b", "k1/c", "k1/ab/a"])
      await stage.root("PUT", path, { x: "1" });
    for (const path of ["k2/data/a", "k2/data/a/b"]) await stage.root("PUT", path, { data: { x: "1" } });
    return stage;
  }

  close(): Promise<void> {
    return this.server.stop();
  }

  /** One request as root that has to succeed. KV v2 needs a moment after it was mounted. */
  async root(
    method: string,
    path: string,
    body?: unknown,
    namespace?: string,
  ): Promise<Record<string, unknown>> {
    for (let attempt = 0; ; attempt++) {
      const answer = await this.server.ask(method, path, body, namespace ? { namespace } : {});
      if (answer.status < 300) return answer.body ?? {};
      if (attempt > 20) throw new Error(`${method} ${path}: ${answer.status} ${answer.text}`);
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }

  /** A caller with an entity: a user of userpass. `default` says whether the policy of that name counts. */
  async login(
    user: string,
    policies: readonly string[],
    options: { readonly default?: boolean } = {},
  ): Promise<{ readonly token: string; readonly entity: string }> {
    await this.root("POST", `auth/userpass/users/${user}`, {
      password: "p",
      token_policies: policies,
      token_no_default_policy: !options.default,
    });
    const login = await this.root("POST", `auth/userpass/login/${user}`, { password: "p" });
    const auth = login.auth as { client_token: string; entity_id: string };
    return { token: auth.client_token, entity: auth.entity_id };
  }

  async seat(name: string, policies = 3): Promise<Seat> {
    const names = Array.from({ length: policies }, (_, index) => `${name}${index}`);
    for (const each of names) await this.server.writePolicy(each, "# nothing");
    return { names, token: await this.server.token(names) };
  }

  /** Gives the seat these policies, and compiles the same. */
  async install(
    seat: Seat,
    policies: readonly (readonly PolicyRule[])[],
    options: Omit<CompileOptions, "engine"> = {},
  ): Promise<AccessList> {
    const named = seat.names.map((name, index) => ({
      name,
      document: new PolicyDocument(policies[index] ?? []),
    }));
    for (const { name, document } of named) await this.mustWrite(name, document);
    return AccessList.compile(named, { engine: this.engine, ...options });
  }

  /** The same, compiled from what is read back: names of parameters come out in lower case. */
  async installAsRead(seat: Seat, policies: readonly (readonly PolicyRule[])[]): Promise<AccessList> {
    await this.install(seat, policies);
    const named = seat.names.map((name, index) => {
      const text = printPolicy(new PolicyDocument(policies[index] ?? []));
      return { name, document: PolicyDocument.parse(text, { engine: this.engine }) };
    });
    return AccessList.compile(named, { engine: this.engine });
  }

  /** @throws Disagreement when the engine refuses what was printed */
  async mustWrite(
    name: string,
    document: PolicyDocument,
    flags: Readonly<Record<string, boolean>> = {},
    namespace?: string,
  ): Promise<void> {
    const policy = printPolicy(document);
    const path = `sys/policies/acl/${name}`;
    const answer = await this.server.ask("PUT", path, { policy, ...flags }, namespace ? { namespace } : {});
    if (answer.status >= 300) throw new Disagreement({ policy }, "printed", answer.text);
  }

  decided(surface: Surface, count = 1): void {
    this.counts.set(surface, (this.counts.get(surface) ?? 0) + count);
  }

  get total(): number {
    return [...this.counts.values()].reduce((sum, count) => sum + count, 0);
  }

  /** Counts one decision. @throws Disagreement */
  compare(surface: Surface, question: unknown, ours: unknown, theirs: unknown): void {
    this.decided(surface);
    if (JSON.stringify(ours) !== JSON.stringify(theirs)) throw new Disagreement(question, ours, theirs);
  }

  /** Asks sys/capabilities for every path. @throws Disagreement on the first that differs */
  async compareCapabilities(list: AccessList, token: string, paths: readonly string[]): Promise<void> {
    const theirs = await this.server.capabilities(token, paths);
    for (const [index, path] of paths.entries())
      this.compare(
        "sys/capabilities",
        { capabilities: path },
        [...list.capabilities(path)].sort(),
        theirs[index],
      );
  }
}
