import { caseVariantDeny } from "./case-variant-deny";
import { createOnly } from "./create-only";
import { deadRule } from "./dead-rule";
import { defaultAssumed } from "./default-assumed";
import { denyListSlash } from "./deny-list-slash";
import { denyOverridden } from "./deny-overridden";
import { denyStickyConflict } from "./deny-sticky-conflict";
import { doubleSlash } from "./double-slash";
import { dupAttr } from "./dup-attr";
import { emptyCapsShadow } from "./empty-caps-shadow";
import { escalation } from "./escalation";
import { expiredRule } from "./expired-rule";
import { innerStar } from "./inner-star";
import { kv2DenyIncomplete } from "./kv2-deny-incomplete";
import { kv2MissingData } from "./kv2-missing-data";
import { kv2MountGlob } from "./kv2-mount-glob";
import { kv2NoList } from "./kv2-no-list";
import { kv2ParamsUseless } from "./kv2-params-useless";
import { legacyPolicyKey } from "./legacy-policy-key";
import type { PolicyLint } from "./lint";
import { listVersionDependent } from "./list-version-dependent";
import { nonMonotoneAdd } from "./non-monotone-add";
import { nsReach } from "./ns-reach";
import { paramEmptyVacuous } from "./param-empty-vacuous";
import { paramNoRequired } from "./param-no-required";
import { paramNumeric } from "./param-numeric";
import { paramStarValue } from "./param-star-value";
import { parentNotCovered } from "./parent-not-covered";
import { plusLiteral } from "./plus-literal";
import { productMismatch } from "./product-mismatch";
import { regexChars } from "./regex-chars";
import { shadowed } from "./shadowed";
import { sudoMissing } from "./sudo-missing";
import { sudoNeedless } from "./sudo-needless";
import { tplInjectable } from "./tpl-injectable";
import { tplMutableName } from "./tpl-mutable-name";
import { tplSingleBrace } from "./tpl-single-brace";
import { tplUnknown } from "./tpl-unknown";

/** Every lint, in the order in which findings are told. */
export const LINTS: readonly PolicyLint[] = [
  kv2MissingData,
  kv2NoList,
  kv2MountGlob,
  kv2DenyIncomplete,
  kv2ParamsUseless,
  deadRule,
  shadowed,
  emptyCapsShadow,
  denyOverridden,
  denyStickyConflict,
  denyListSlash,
  listVersionDependent,
  parentNotCovered,
  innerStar,
  plusLiteral,
  doubleSlash,
  regexChars,
  createOnly,
  sudoMissing,
  sudoNeedless,
  nonMonotoneAdd,
  paramNumeric,
  paramStarValue,
  paramNoRequired,
  paramEmptyVacuous,
  tplUnknown,
  tplSingleBrace,
  tplMutableName,
  tplInjectable,
  caseVariantDeny,
  escalation,
  nsReach,
  productMismatch,
  dupAttr,
  expiredRule,
  legacyPolicyKey,
  defaultAssumed,
];
