import type { Findings } from "./findings";

/** Finds every character of a stretch that the engine refuses everywhere, comments and strings included. */
export function refuseCharacters(findings: Findings, text: string, start: number, end: number): void {
  for (let at = start; at < end; at++) {
    const unit = text.charCodeAt(at);
    if (unit !== 0 && unit < 0xd800) continue;
    const point = text.codePointAt(at) as number;
    refuseCharacter(findings, point, at);
    if (point > 0xffff) at++;
  }
}

/** The same for one character. @returns whether it is one of them */
export function refuseCharacter(findings: Findings, point: number, at: number): boolean {
  const end = at + 1;
  if (point === 0) findings.error("character", at, end, "the document holds a null character", "Remove it.");
  else if (point === 0xe123)
    findings.error("character", at, end, "U+E123 is reserved by the engine's scanner", "Remove it.");
  else if (point >= 0xd800 && point <= 0xdfff) {
    const reason = "the document holds half a surrogate pair, which is not UTF-8";
    findings.error("encoding", at, end, reason, "Save it as UTF-8.");
  } else return false;
  return true;
}
