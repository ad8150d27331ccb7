/** A shuffler whose orders follow from the seed: Fisher–Yates over mulberry32. Shuffles in place. */
export function seededShuffle(seed: number): (items: number[]) => void {
  let state = seed >>> 0;
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  return (items) => {
    for (let at = items.length - 1; at > 0; at--) {
      const other = Math.floor(next() * (at + 1));
      const held = items[at] ?? 0;
      items[at] = items[other] ?? 0;
      items[other] = held;
    }
  };
}
