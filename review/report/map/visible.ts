/** The indexes of equal strips that a window shows, and a few more on each side. `to` is past the last one. */
export function visible(
  offset: number,
  extent: number,
  strip: number,
  count: number,
  more: number,
): { readonly from: number; readonly to: number } {
  const from = Math.max(0, Math.floor(offset / strip) - more);
  const to = Math.min(count, Math.ceil((offset + extent) / strip) + more);
  return { from: Math.min(from, count), to: Math.max(to, 0) };
}
