/** Flags that every command takes. */
export interface GlobalOptions {
  readonly env?: string;
  readonly target?: string;
  readonly engine?: string;
  readonly port?: string;
  readonly instance?: string;
  readonly address?: string;
  readonly debug?: boolean;
}

/** Puts the flags where every door reads its choices: the environment, which Terraform's own steps inherit. */
export function adopt(options: GlobalOptions): void {
  const { env, target, engine, port, instance, address, debug } = options;
  const chosen = {
    ENV: env,
    TARGET: target,
    ENGINE: engine,
    PORT: port,
    INSTANCE: instance,
    ADDRESS: address,
    DEBUG: debug ? "1" : undefined,
  };
  for (const [name, value] of Object.entries(chosen)) {
    if (value !== undefined) process.env[`STRONGROOM_${name}`] = value;
  }
}
