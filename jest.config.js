/**
 * Two projects: `unit` is quick and touches nothing but temporary folders; `real` runs engines, Terraform and
 * containers, one suite at a time (see __tests__/real/README.md).
 */
const common = {
  testEnvironment: "node",
  setupFiles: ["<rootDir>/__tests__/plain-output.cjs"],
  transform: {
    "\\.html$": "<rootDir>/bin/page-jest.mjs",
    "^.+\\.(t|j|mj)s$": [
      "@swc/jest",
      { jsc: { target: "es2022", parser: { syntax: "typescript" } }, module: { type: "commonjs" } },
    ],
  },
  // These dependencies ship ES modules only; jest loads CommonJS.
  transformIgnorePatterns: [
    "/node_modules/(?!(execa|age-encryption|@noble|@scure|p-map|yocto-spinner|yoctocolors|@sindresorhus|is-plain-obj|is-unicode-supported|npm-run-path|path-key|pretty-ms|parse-ms|figures|get-stream|human-signals|strip-final-newline|unicorn-magic|is-stream|@sec-ant)/)",
  ],
  // Its only entry is behind the condition "import", which a CommonJS loader does not set.
  moduleNameMapper: { "^unicorn-magic$": "<rootDir>/node_modules/unicorn-magic/node.js" },
  modulePathIgnorePatterns: ["<rootDir>/dist/", "<rootDir>/cdktf.out/"],
};

module.exports = {
  projects: [
    {
      ...common,
      displayName: "unit",
      testMatch: ["<rootDir>/__tests__/**/*.test.ts"],
      testPathIgnorePatterns: ["/__tests__/real/"],
    },
    { ...common, displayName: "real", testMatch: ["<rootDir>/__tests__/real/**/*.test.ts"] },
  ],
};
