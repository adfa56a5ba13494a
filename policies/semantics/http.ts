import { isListing } from "../capability";
import type { AccessRequest, Operation } from "./request";

/** A request as it goes over the wire. */
export interface HttpRequest {
  readonly method: string;
  /** With or without `/v1/` in front, without the query. */
  readonly path: string;
  /** A name that is given more than once has a list. */
  readonly query?: { readonly [name: string]: string | readonly string[] };
  readonly body?: { readonly [name: string]: unknown };
  /** The `X-Vault-Wrap-TTL` header, in seconds. */
  readonly wrapTtl?: number;
  /** The `X-Vault-Namespace` header. */
  readonly namespace?: string;
}

const OPERATIONS: { readonly [method: string]: Operation } = {
  GET: "read",
  HEAD: "header",
  POST: "update",
  PUT: "update",
  PATCH: "patch",
  DELETE: "delete",
  LIST: "list",
  SCAN: "scan",
  RECOVER: "recover",
};

/**
 * The request that the rules decide. Parameters of a GET or LIST are its query, of a write its body.
 * @param exists for writes, whether the mount's existence check finds something; `undefined` for mounts that have none,
 * where every write is an `update`
 * @returns `undefined` for a method that engines do not know
 */
export function accessRequestOf(request: HttpRequest, exists?: boolean): AccessRequest | undefined {
  const { method, query = {}, body } = request;
  let operation = OPERATIONS[method.toUpperCase()];
  if (operation === undefined) return undefined;
  const asked = (flag: string): boolean => /^(1|t|true)$/i.test(String(query[flag] ?? ""));
  if (operation === "read" && asked("list")) operation = "list";
  else if (operation === "read" && asked("scan")) operation = "scan";
  else if (operation === "read" && asked("help")) operation = "help";
  else if (operation === "update" && exists === false) operation = "create";
  const reads = operation === "read" || isListing(operation);
  const { list: _list, scan: _scan, help: _help, ...rest } = query;
  const data = reads ? rest : body;
  const namespace = request.namespace?.replace(/^\/+|\/+$/g, "");
  return {
    operation,
    path: request.path.replace(/^\/*v1\//, "").replace(/^\/+/, ""),
    ...(data && Object.keys(data).length > 0 ? { data } : {}),
    ...(request.wrapTtl === undefined ? {} : { wrapTtl: request.wrapTtl }),
    ...(namespace ? { namespace: `${namespace}/` } : {}),
  };
}
