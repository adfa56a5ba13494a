import { createHash } from "node:crypto";
import { Container } from "@cdktf/provider-docker/lib/container";
import { Image } from "@cdktf/provider-docker/lib/image";
import { Network } from "@cdktf/provider-docker/lib/network";
import { DockerProvider } from "@cdktf/provider-docker/lib/provider";
import { Volume } from "@cdktf/provider-docker/lib/volume";
import type { Construct } from "constructs";
import { LocalStep } from "../constructs/local-step";
import { type Dialect, dialectOf } from "../engine/dialects";
import type { Deployment } from "./deployment";
import { LocalStateStack } from "./local-state-stack";
import { CONFIG_FILE, CONTAINER_PORT, serverConfig } from "./server-config";

/** The engines' images run as this user; a fresh named volume takes its ownership from the image's folder. */
const USER = "100:1000";

/** The server's container, its network and its volumes, hardened as the engines' production guides ask. */
export class ServerStack extends LocalStateStack {
  private readonly dialect: Dialect;
  private readonly image: Image;
  private readonly label: string;

  constructor(scope: Construct, deployment: Deployment) {
    super(scope, "server", deployment);
    this.dialect = dialectOf(deployment.engine);
    this.label = `strongroom-${deployment.instance}`;
    new DockerProvider(this, "docker", {});
    this.requireProvider("docker", "kreuzwerker/docker", ">= 3.6.2, < 5.0.0");

    this.image = new Image(this, "image", { name: imageName(deployment), keepLocally: true });
    const config = serverConfig(deployment);
    const server = this.server(config, this.configVolume(config));
    this.bootstrap(server);
  }

  /**
   * The configuration reaches a read-only container on a volume that another container, never started, was made to upload
   * into: the provider's upload fails on a read-only root, and a bind mount would not reach a remote engine.
   */
  private configVolume(config: string): { volume: Volume; holder: Container } {
    const volume = new Volume(this, "config", { name: `${this.label}-config` });
    const holder = new Container(this, "config-holder", {
      name: `${this.label}-config`,
      image: this.image.imageId,
      entrypoint: [this.dialect.binaryInImage],
      command: ["version"],
      start: false,
      mustRun: false,
      removeVolumes: false,
      networkMode: "none",
      volumes: [{ volumeName: volume.name, containerPath: this.dialect.directories.config }],
      upload: [{ file: `${this.dialect.directories.config}/${CONFIG_FILE}`, content: config }],
    });
    return { volume, holder };
  }

  private server(config: string, { volume, holder }: { volume: Volume; holder: Container }): Container {
    const { deployment, dialect } = this;
    const { data, logs, config: configDirectory } = dialect.directories;
    const network = new Network(this, "network", { name: this.label });
    const memory = deployment.environment.props.server?.memoryMiB ?? 512;
    return new Container(this, "server", {
      name: this.label,
      image: this.image.imageId,
      // Said outright, because both vendors' images start a development server by default.
      entrypoint: [dialect.binaryInImage],
      command: ["server", `-config=${configDirectory}/${CONFIG_FILE}`],
      user: USER,
      readOnly: true,
      capabilities: { drop: ["ALL"] },
      securityOpts: ["no-new-privileges"],
      memory,
      memorySwap: memory,
      ulimit: [{ name: "core", soft: 0, hard: 0 }],
      tmpfs: { "/tmp": "uid=100,gid=1000,mode=0700" },
      restart: "unless-stopped",
      removeVolumes: false,
      destroyGraceSeconds: 10,
      networksAdvanced: [{ name: network.name }],
      ports: [{ internal: CONTAINER_PORT, external: deployment.port, ip: "127.0.0.1" }],
      volumes: [
        { volumeName: this.keptVolume("data"), containerPath: data },
        { volumeName: this.keptVolume("logs"), containerPath: logs },
        { volumeName: volume.name, containerPath: configDirectory, readOnly: true },
      ],
      // Exit code 2 is "sealed": alive, but of no use to anybody yet.
      healthcheck: {
        test: ["CMD", dialect.binaryInImage, "status", `-address=http://127.0.0.1:${CONTAINER_PORT}`],
        interval: "30s",
        timeout: "5s",
        startPeriod: "10s",
        retries: 3,
      },
      logDriver: "json-file",
      logOpts: { "max-size": "10m", "max-file": "3" },
      // A change of the configuration has to replace the container: the server reads it when it starts.
      labels: [{ label: "strongroom.config", value: createHash("sha256").update(config).digest("hex") }],
      dependsOn: [holder],
    });
  }

  /** Secrets and their audit trail outlive every change of the stack. */
  private keptVolume(kind: "data" | "logs"): string {
    return new Volume(this, kind, { name: `${this.label}-${kind}`, lifecycle: { preventDestroy: true } })
      .name;
  }

  /**
   * Initialises and unseals whatever container stands there now, and leaves a short-lived token for the access stack, so
   * that `cdktf deploy '*'` needs no step in between. What it does is done already when there is nothing to do.
   */
  private bootstrap(server: Container): void {
    new LocalStep(this, "bootstrap", {
      triggers: { container: server.id },
      command: "node bin/strongroom.mjs bootstrap",
    });
  }
}

/** The image as the toolchain provides it, pulled or built. */
export function imageName(deployment: Deployment): string {
  return `strongroom/${deployment.engine.product}:${deployment.engine.version}`;
}
