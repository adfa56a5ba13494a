import { conformsTo } from "./policies-conformance";

conformsTo("openbao@2.7.2");
