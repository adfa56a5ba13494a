/**
 * The arrows of docs/architecture.md. Each room lists what it may import; everything else of ours is refused.
 * base/ and catalog/ are below all rooms; policies/ stands alone. Circles are Biome's to refuse (noImportCycles), which
 * tells types, that may name each other, from what runs.
 */
const rooms = {
  policies: [],
  base: [],
  catalog: ["base"],
  engine: ["base", "policies"],
  constructs: ["base", "catalog", "policies"],
  stacks: ["base", "catalog", "policies", "constructs", "engine/dialects"],
  systems: ["base", "constructs"],
  environments: ["base", "systems", "stacks", "constructs"],
  bootstrap: ["base", "catalog", "engine", "policies"],
  toolchain: ["base"],
  provision: ["base", "catalog", "policies", "toolchain", "bootstrap", "engine", "stacks"],
  review: ["base", "catalog", "engine", "policies"],
  cli: [
    "base",
    "catalog",
    "toolchain",
    "bootstrap",
    "engine",
    "policies",
    "provision",
    "review",
    "stacks",
    "environments",
  ],
};

/** The parts of review/: each may import these others, and what stands beside them (model, finding and their like). */
const partsOfReview = {
  written: [],
  render: [],
  "policy-files": [],
  sources: ["written", "policy-files"],
  ask: ["written", "policy-files"],
  "policy-lint": ["written"],
  "policy-cases": ["written", "policy-files", "ask"],
  approvals: ["written", "sources"],
  compare: ["ask", "approvals"],
  drift: ["sources", "compare"],
  traffic: ["sources", "ask", "compare"],
  report: ["sources", "render"],
  pipeline: ["render"],
};

const ours = Object.keys(rooms).join("|");

module.exports = {
  forbidden: [
    { name: "no-unresolvable", severity: "error", from: {}, to: { couldNotResolve: true } },
    ...Object.entries(rooms).map(([room, allowed]) => ({
      name: `${room}-imports`,
      severity: "error",
      from: { path: `^${room}/` },
      to: { path: `^(${ours}|main\\.ts)`, pathNot: `^(${[room, ...allowed].join("|")})(/|$)` },
    })),
    ...Object.entries(partsOfReview).map(([part, allowed]) => ({
      name: `review-${part}-imports`,
      severity: "error",
      from: { path: `^review/${part}/` },
      to: { path: "^review/[^/]+/", pathNot: `^review/(${[part, ...allowed].join("|")})/` },
    })),
    {
      name: "review-model-stands-below",
      comment: "What stands beside the parts of review/ is for all of them, and imports none.",
      severity: "error",
      from: { path: "^review/[^/]+\\.ts$" },
      to: { path: "^review/[^/]+/" },
    },
    {
      name: "policies-are-pure",
      comment: "policies/ does no input or output: no Node module, no library that reaches outside.",
      severity: "error",
      from: { path: "^policies/" },
      to: { dependencyTypes: ["core"] },
    },
    {
      name: "engine-knows-no-cdktf",
      severity: "error",
      from: { path: "^(engine|policies|bootstrap|toolchain|catalog|base|review)/" },
      to: { path: "node_modules/(cdktf|constructs|@cdktf)/" },
    },
  ],
  options: {
    doNotFollow: { path: "node_modules" },
    // What is no room, or made of the rooms.
    exclude: { path: "^(dist|cdktf\\.out|__tests__|bench|bin|docs|test-results)" },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: "tsconfig.json" },
    enhancedResolveOptions: {
      exportsFields: ["exports"],
      conditionNames: ["import", "require", "node", "default", "types"],
    },
  },
};
