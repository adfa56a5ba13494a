import { counted } from "../base/words";
import { bootstrap } from "../bootstrap/bootstrap";
import { hasCustody } from "../bootstrap/custody";
import { placesOf } from "../bootstrap/places";
import type { Health } from "../engine/health";
import type { Deployment } from "../stacks/deployment";
import type { Synthesis } from "../stacks/synthesize";
import type { Toolchain } from "../toolchain/toolchain";
import { orphansIn } from "./adopt";
import { bootstrapRequestOf } from "./bootstrap-request";
import { recordDeployment } from "./deployment-record";
import { removeLeftovers } from "./leftovers";
import { checkPlace } from "./place";
import { ProcessServer } from "./process-server";
import { addressesInState } from "./state";
import type { Outcome } from "./step";
import { type Changes, Terraform } from "./terraform";
import { terraformTool } from "./tools";
import { type Verification, verifyDeployment } from "./verify-deployment";

/** The steps of `up` on one deployment, from the server on. Each knows what an earlier one found. */
export class Run {
  private readonly stacks: Readonly<Partial<Record<"server" | "access", Terraform>>>;
  /** What a look ahead found for the access stack while the server's was planned; a look that failed tells nothing. */
  private accessIsCurrent = false;
  private verified: Verification | undefined;
  private before: { readonly health: Health; readonly custody: boolean } | undefined;

  constructor(
    private readonly deployment: Deployment,
    private readonly toolchain: Toolchain,
    private readonly synthesis: Synthesis,
    private readonly signal: AbortSignal,
  ) {
    const tool = terraformTool(toolchain);
    this.stacks = Object.fromEntries(
      synthesis.stacks.map(({ kind, directory }) => [kind, new Terraform(tool, directory, signal)]),
    );
  }

  async server(progress: (text: string) => void): Promise<Outcome<void>> {
    const [health] = await Promise.all([
      checkPlace(this.deployment, this.signal),
      ...this.each((stack) => stack.init()),
    ]);
    this.before = { health, custody: hasCustody(placesOf(this.deployment.instance)) };
    await recordDeployment(this.deployment);
    await removeLeftovers(this.deployment);
    const changed = await this.changeServer(health, progress);
    const { target, instance, address } = this.deployment;
    const what = {
      container: `container strongroom-${instance}`,
      process: "process of this machine",
      existing: "existing server",
    }[target];
    return { value: undefined, text: `${what} at ${address}`, unchanged: !changed };
  }

  /** On a new container the server stack has done this already; what came of it shows in what was there before. */
  async bootstrap(progress: (text: string) => void): Promise<Outcome<void>> {
    if (this.deployment.target === "existing") {
      return { value: undefined, text: "its keys are somebody else's", unchanged: true };
    }
    const { unsealed } = await bootstrap(bootstrapRequestOf(this.deployment, this.signal), ({ kind }) =>
      progress(kind),
    );
    const { shares = 1 } = this.deployment.environment.props.keyShares ?? {};
    if (!this.before?.custody) {
      return {
        value: undefined,
        text: `initialised · ${counted(shares, "share")} sealed to you · unsealed`,
        unchanged: false,
      };
    }
    const opened = unsealed || this.before.health.state !== "active";
    return { value: undefined, text: opened ? "unsealed" : "initialised and unsealed", unchanged: !opened };
  }

  async access(progress: (text: string) => void): Promise<Outcome<void>> {
    const changes = this.accessIsCurrent ? NONE : await this.applyAccess(progress);
    return { value: undefined, text: describe(changes), unchanged: total(changes) === 0 };
  }

  async verify(changed: boolean): Promise<Outcome<void>> {
    const { text, lines } = this.verified ?? (await this.verification());
    return { value: undefined, text, unchanged: !changed, details: lines };
  }

  private async changeServer(health: Health, progress: (text: string) => void): Promise<boolean> {
    if (this.deployment.target === "process") {
      return new ProcessServer(this.deployment, this.toolchain.engineBinary?.path ?? "").start();
    }
    const current = health.state === "active" && (await this.lookAhead());
    return this.stacks.server !== undefined && !current && total(await this.apply("server", progress)) > 0;
  }

  /**
   * Most runs find everything as it should be, so a server that answers is planned, what stands on it is planned, and its access
   * is verified, all at once: the docker provider alone waits two seconds over every network that it looks at.
   */
  private async lookAhead(): Promise<boolean> {
    const isCurrent = async (stack: Terraform | undefined) =>
      stack === undefined || !(await stack.hasChanges());
    const ready =
      this.deployment.target === "existing"
        ? undefined
        : bootstrap(bootstrapRequestOf(this.deployment, this.signal));
    // What fails behind the server is tried again, and told, once the server is as declared.
    const [server, access, verification] = await Promise.all([
      isCurrent(this.stacks.server),
      Promise.resolve(ready)
        .then(() => isCurrent(this.stacks.access))
        .catch(() => false),
      Promise.resolve(ready)
        .then(() => this.verification())
        .catch(() => undefined),
    ]);
    this.accessIsCurrent = server && access;
    if (this.accessIsCurrent) this.verified = verification;
    return server;
  }

  private verification(): Promise<Verification> {
    return verifyDeployment(this.deployment, "values", this.synthesis.catalog);
  }

  /** Adopts what a cut-off run left behind, on a server that this clone's state knows already; another clone's is left alone. */
  private async applyAccess(progress: (text: string) => void): Promise<Changes> {
    try {
      return await this.apply("access", progress);
    } catch (error) {
      const orphans = orphansIn(error);
      const isOurs = (await addressesInState(this.deployment, "access")).size > 0;
      if (orphans.length === 0 || !isOurs) throw error;
      for (const { address, path } of orphans) await this.stacks.access?.import(address, path);
      return this.apply("access", progress);
    }
  }

  private async apply(kind: "server" | "access", progress: (text: string) => void): Promise<Changes> {
    let done = 0;
    return (await this.stacks[kind]?.apply((address) => progress(`${++done} · ${address}`))) ?? NONE;
  }

  private each(work: (stack: Terraform) => Promise<void>): Promise<void>[] {
    return Object.values(this.stacks).map(work);
  }
}

const NONE: Changes = { added: 0, changed: 0, removed: 0 };

function total({ added, changed, removed }: Changes): number {
  return added + changed + removed;
}

function describe(changes: Changes): string {
  if (total(changes) === 0) return "every resource in place";
  const { added, changed, removed } = changes;
  return [added && `${added} added`, changed && `${changed} changed`, removed && `${removed} removed`]
    .filter(Boolean)
    .join(" · ");
}
