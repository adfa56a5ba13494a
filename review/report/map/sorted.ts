/** The first index of a sorted list whose text is not before the given one. */
export function firstFrom<T>(sorted: readonly T[], text: string, textOf: (item: T) => string): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (textOf(sorted[middle] as T) < text) low = middle + 1;
    else high = middle;
  }
  return low;
}
