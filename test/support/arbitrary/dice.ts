import fc, { type Arbitrary, type GeneratorValue } from 'fast-check';
import { hostileText } from './texts.ts';

/** Random choices in the words of the repositories that are made of them. */
export interface Dice {
  integer(min: number, max: number): number;
  /** True so many times out of a hundred. */
  chance(percent: number): boolean;
  pick<const L extends readonly [unknown, ...unknown[]]>(list: L): L[number];
  /** Some of the items, in their order; perhaps none or all. */
  some<T>(list: readonly T[]): T[];
  /** The items in another order. */
  shuffled<T>(list: readonly T[]): T[];
  /** Any text, mostly one that a YAML writer or reader could get wrong. */
  text(): string;
}

/** An arbitrary that a function makes out of random choices; it shrinks choice by choice. */
export const rolled = <T>(make: (dice: Dice) => T): Arbitrary<T> => fc.gen().map((g) => make(diceOf(g)));

const percent = () => fc.integer({ min: 0, max: 99 });
const text = () => hostileText;

function diceOf(g: GeneratorValue): Dice {
  const integer = (min: number, max: number) => g(fc.integer, { min, max });
  // A roll of 0 is what shrinking goes to: then nothing happens.
  const chance = (likely: number) => g(percent) >= 100 - likely;
  return {
    integer,
    chance,
    pick: (list) => list[integer(0, list.length - 1)],
    some: (list) => list.filter(() => chance(50)),
    shuffled: (list) => {
      const rest = [...list];
      return list.flatMap(() => rest.splice(integer(0, rest.length - 1), 1));
    },
    text: () => g(text),
  };
}
