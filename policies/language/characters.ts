/** A digit of a number, as the engine's scanner sees it. The units are those of `charCodeAt`. */
export function isDecimal(unit: number): boolean {
  return unit >= 48 && unit <= 57;
}

/** What begins the exponent of a number. */
export function isExponent(unit: number): boolean {
  return unit === 101 || unit === 69;
}

/** What a word goes on with, as far as ASCII goes. */
export function isWord(unit: number): boolean {
  return (
    (unit >= 97 && unit <= 122) ||
    (unit >= 65 && unit <= 90) ||
    unit === 95 ||
    isDecimal(unit) ||
    unit === 45 ||
    unit === 46
  );
}

/** What a word begins with. */
export function isLetter(unit: number, text: string, at: number): boolean {
  if ((unit >= 97 && unit <= 122) || (unit >= 65 && unit <= 90) || unit === 95) return true;
  return unit >= 128 && /\p{L}/u.test(String.fromCodePoint(text.codePointAt(at) as number));
}
