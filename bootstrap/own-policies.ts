import { operatorPolicyName } from "./operator-token";
import { terraformPolicyName } from "./terraform-policy";

/** The policies that bootstrap itself keeps on a server; no declaration has them. */
export const strongroomPolicies: readonly string[] = [terraformPolicyName, operatorPolicyName];
