import type { ReportData } from "./data";

const TITLES: { readonly [kind in ReportData["kind"]]: string } = {
  review: "Access review",
  drift: "Drift",
  map: "Access map",
};

/** What the page calls itself. */
export function pageTitle(kind: ReportData["kind"]): string {
  return TITLES[kind];
}

/** The title of the window: `Access review · 4f1c2aa → working tree`. */
export function titleOf({ kind, base, head }: ReportData): string {
  return `${TITLES[kind]} · ${base ? `${base.label} → ` : ""}${head.label} · Strongroom`;
}
