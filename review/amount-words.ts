const UNITS = [
  [86_400, "d"],
  [3_600, "h"],
  [60, "min"],
  [1, "s"],
] as const;

/** `4 h`, `1 use`: the value of a limit in the largest unit that divides it. */
export function amountWords(value: number, unit: "seconds" | "uses"): string {
  if (unit === "uses") return value === 1 ? "1 use" : `${value} uses`;
  const [size, name] = UNITS.find(([each]) => value % each === 0) ?? [1, "s"];
  return `${value / size} ${name}`;
}
