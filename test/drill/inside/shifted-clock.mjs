// Loaded before everything else of a process, and of its threads, where no TypeScript is understood yet: the clock is
// wrong by so many milliseconds.
const shift = Number(process.env['ASSAY_DRILL_CLOCK_SHIFT'] ?? 0);
const RealDate = Date;
const now = () => RealDate.now() + shift;

globalThis.Date = new Proxy(RealDate, {
  construct: (target, given, newTarget) => Reflect.construct(target, given.length === 0 ? [now()] : given, newTarget),
  apply: () => new RealDate(now()).toString(),
  get: (target, key) => (key === 'now' ? now : Reflect.get(target, key)),
});
