import type { ReportData } from "../data";

/** The data of the page: JSON, compressed, in letters that mean nothing to HTML. */
export async function loadData(): Promise<ReportData> {
  const text = document.getElementById("data")?.textContent ?? "";
  const bytes = Uint8Array.from(atob(text.trim()), (character) => character.charCodeAt(0));
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
  return (await new Response(stream).json()) as ReportData;
}
