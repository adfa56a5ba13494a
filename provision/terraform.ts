import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { taintedData } from "./tainted";
import { type Diagnostic, TerraformError } from "./terraform-error";
import { runTerraform } from "./terraform-process";
import type { TerraformTool } from "./terraform-tool";

/** How many resources an apply touched. */
export interface Changes {
  readonly added: number;
  readonly changed: number;
  readonly removed: number;
}

/**
 * Terraform in one synthesized stack's folder. Its output is read as the machine-readable messages of `-json`
 * (Terraform docs, "Machine-Readable UI").
 */
export class Terraform {
  constructor(
    private readonly tool: TerraformTool,
    readonly directory: string,
    private readonly signal?: AbortSignal,
  ) {}

  /**
   * Makes the folder and the state ready, unless they are. What it depends on is remembered beside Terraform's own files:
   * the providers and the backend that the stack asks for, and the executable.
   * @throws TerraformError
   */
  async init(): Promise<void> {
    await this.tool.linkProviders(this.directory);
    const marker = join(this.directory, ".terraform", "strongroom.init");
    const wanted = await this.initKey();
    if (!(await this.isReady(marker, wanted))) await this.initFolder(marker, wanted);
    for (const address of await taintedData(this.directory))
      await this.run("untaint", ["untaint", ...LOCK, address]);
  }

  /** Whoever gives the folder other providers removes the lock that was made for the old ones. */
  private async isReady(marker: string, wanted: string): Promise<boolean> {
    const lock = join(this.directory, ".terraform.lock.hcl");
    return existsSync(lock) && existsSync(marker) && (await readFile(marker, "utf8")) === wanted;
  }

  private async initFolder(marker: string, wanted: string): Promise<void> {
    // A lock made for other builds of the same versions would be refused; what may be used is locked by the toolchain.
    await rm(join(this.directory, ".terraform.lock.hcl"), { force: true });
    await this.run("init", ["init", "-input=false", "-no-color", "-reconfigure"]);
    await writeFile(marker, wanted);
  }

  /** Whether applying would change anything. @throws TerraformError */
  async hasChanges(): Promise<boolean> {
    const { exitCode } = await this.run(
      "plan",
      ["plan", "-input=false", "-json", "-detailed-exitcode", ...LOCK],
      [0, 2],
    );
    return exitCode === 2;
  }

  /** @param onResource called with the address of each resource when it is done @throws TerraformError */
  async apply(onResource: (address: string) => void = () => {}): Promise<Changes> {
    const { changes } = await this.run(
      "apply",
      ["apply", "-input=false", "-json", "-auto-approve", ...LOCK],
      [0],
      onResource,
    );
    return changes;
  }

  /** Takes something that exists into the state. @throws TerraformError */
  async import(address: string, id: string): Promise<void> {
    await this.run("import", ["import", "-input=false", "-no-color", ...LOCK, address, id]);
  }

  /** Removes the named resources alone. @throws TerraformError */
  async destroy(...addresses: string[]): Promise<Changes> {
    const targets = addresses.map((address) => `-target=${address}`);
    const { changes } = await this.run("destroy", [
      "destroy",
      "-input=false",
      "-json",
      "-auto-approve",
      ...LOCK,
      ...targets,
    ]);
    return changes;
  }

  private async run(
    verb: string,
    args: string[],
    accepted = [0],
    onResource: (address: string) => void = () => {},
  ) {
    let changes: Changes = { added: 0, changed: 0, removed: 0 };
    const diagnostics: Diagnostic[] = [];
    const { exitCode, tail } = await runTerraform(this.tool, this.directory, args, this.signal, (message) => {
      if (message.type === "diagnostic" && message.diagnostic?.severity === "error")
        diagnostics.push(message.diagnostic);
      if (message.type === "apply_complete") onResource(message.hook?.resource?.addr ?? "");
      const counts =
        message.type === "change_summary" && message.changes?.operation !== "plan"
          ? message.changes
          : undefined;
      if (counts) changes = { added: counts.add, changed: counts.change, removed: counts.remove };
    });
    if (!accepted.includes(exitCode)) throw new TerraformError(verb, this.directory, diagnostics, tail);
    return { exitCode, changes };
  }

  private async initKey(): Promise<string> {
    const stack = JSON.parse(await readFile(join(this.directory, "cdk.tf.json"), "utf8"));
    return createHash("sha256")
      .update(JSON.stringify([stack.terraform, this.tool.path, this.tool.env]))
      .digest("hex");
  }
}

/** A run of somebody else on the same state is waited for, but not for ever. */
const LOCK = ["-lock-timeout=60s"];
