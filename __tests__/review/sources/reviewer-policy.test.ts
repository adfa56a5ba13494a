import { PolicyDocument } from "../../../policies/document";
import { AccessList } from "../../../policies/semantics/access-list";
import { decide } from "../../../policies/semantics/decide";
import { reviewerPolicy } from "../../../review/sources/reviewer-policy";

describe.each(["openbao@2.7.2", "vault@1.21.1", "vault@1.12.0"])("the reviewer's policy on %s", (engine) => {
  const document = PolicyDocument.parse(reviewerPolicy(engine), { engine });
  const list = AccessList.compile([{ name: "reviewer", document }], { engine });
  const allowed = (operation: "read" | "list" | "update" | "create" | "delete", path: string) =>
    decide(list, { operation, path }).verdict;

  test.each([
    ["list", "sys/policies/acl/"],
    ["read", "sys/policies/acl/dotmac"],
    ["read", "sys/mounts"],
    ["read", "sys/audit"],
    ["list", "auth/approle/role/"],
    ["list", "auth/token/roles/"],
    ["list", "auth/aws/roles/"],
    ["read", "auth/team/kubernetes/role/web"],
    ["read", "auth/github/map/teams/dev"],
    ["read", "auth/approle/role/dotmac/role-id"],
    ["read", "auth/ldap/config"],
    ["read", "auth/team/kubernetes/config"],
    ["list", "identity/entity/id/"],
    ["read", "identity/group/id/2f0c"],
  ] as const)("lets it %s %s", (operation, path) => {
    expect(allowed(operation, path)).toBe("allowed");
  });

  test.each([
    ["read", "secret/data/dotmac/database"],
    ["list", "secret/metadata/"],
    ["read", "cubbyhole/x"],
    ["update", "sys/policies/acl/dotmac"],
    ["update", "auth/approle/role/dotmac/secret-id"],
    ["list", "auth/approle/role/dotmac/secret-id/"],
    ["update", "auth/token/create/tools"],
    ["read", "sys/raw/core"],
    ["read", "database/creds/app"],
    ["read", "sys/storage/raft/snapshot"],
    ["update", "sys/audit/file"],
    ["delete", "sys/audit/file"],
    ["read", "auth/token/accessors"],
    ["update", "auth/ldap/config"],
    ["read", "auth/aws/config/client"],
  ] as const)("does not let it %s %s", (operation, path) => {
    expect(allowed(operation, path)).toBe("denied");
  });
});
