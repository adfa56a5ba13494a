import { conformsTo } from "./policies-conformance";

conformsTo("vault@1.21.1");
