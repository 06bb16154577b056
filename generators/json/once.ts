/** A function that works out its answer once for each thing it is asked about. */
export function once<T extends object, R>(body: (thing: T) => R): (thing: T) => R {
  const known = new WeakMap<T, { answer: R }>();
  return (thing) => {
    const found = known.get(thing) ?? { answer: body(thing) };
    known.set(thing, found);
    return found.answer;
  };
}
