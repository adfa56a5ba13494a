import { execa } from "execa";
import { OperationalError } from "../base/errors";

/** The `docker` command, for the little that Terraform's provider does not do. */
async function docker(
  ...args: string[]
): Promise<{ readonly ok: boolean; readonly stdout: string; readonly stderr: string }> {
  const { exitCode, stdout, stderr } = await execa("docker", args, {
    reject: false,
    stdin: "ignore",
    timeout: 30_000,
  });
  return { ok: exitCode === 0, stdout, stderr };
}

/** Gives an image that the vendor published the name that the stacks use. @throws OperationalError */
export async function tagImage(from: string, to: string): Promise<void> {
  const { ok, stderr } = await docker("image", "tag", from, to);
  if (!ok)
    throw new OperationalError(
      `Cannot tag the image ${from} as ${to}: ${stderr.trim()}.`,
      "Check `docker image ls`.",
    );
}

/** Whether a container of that name exists, running or not. */
export async function containerExists(name: string): Promise<boolean> {
  return (await docker("container", "inspect", "--format", "{{.Id}}", name)).ok;
}

/** Removes a container, running or not; one that does not exist is no error. */
export async function removeContainer(name: string): Promise<void> {
  await docker("container", "rm", "--force", name);
}

/** Removes a network; one that does not exist, or is in use, is no error: what needs its name will say so. */
export async function removeNetwork(name: string): Promise<void> {
  await docker("network", "rm", name);
}

/** Removes volumes with all that is in them; those that do not exist are no error. @throws OperationalError */
export async function removeVolumes(...names: string[]): Promise<void> {
  const { ok, stderr } = await docker("volume", "rm", "--force", ...names);
  if (!ok)
    throw new OperationalError(
      `Cannot remove the volumes ${names.join(", ")}: ${stderr.trim()}.`,
      "See which container uses them: `docker ps -a`.",
    );
}
