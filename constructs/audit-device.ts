import { Audit } from "@cdktf/provider-vault/lib/audit";
import { Construct } from "constructs";

export interface AuditDeviceProps {
  /** The device's path below sys/audit/. */
  readonly path: string;
  /** A file of the server's, or `stdout`. */
  readonly filePath: string;
}

/**
 * A file audit device, created through the API. Vault only: OpenBao refuses that and declares its devices in the server's
 * configuration (OpenBao docs, "Audit devices"; engine/dialects).
 */
export class AuditDevice extends Construct {
  /** What has to wait for it. */
  readonly resource: Audit;

  constructor(scope: Construct, id: string, props: AuditDeviceProps) {
    super(scope, id);
    this.resource = new Audit(this, "device", {
      type: "file",
      path: props.path,
      // A file that could be executed is refused since CVE-2025-6000; 0600 keeps it the server's own.
      options: { file_path: props.filePath, ...(props.filePath === "stdout" ? {} : { mode: "0600" }) },
    });
  }
}
