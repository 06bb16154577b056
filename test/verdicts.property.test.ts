import fc from 'fast-check';
import { Guard } from 'typebox/guard';
import { Hashing } from 'typebox/system';
import { describe, expect, it } from 'vitest';
import type { Json } from '../generators/json/json.ts';
import { compiler } from '../generators/schema/compiler.ts';
import type { JsonSchema } from '../generators/schema/json-schema.ts';
import { schemas, valuesSchema } from '../generators/schema/schemas.ts';
import { verdictCode } from '../generators/schema/verdict.ts';
import { repositoryInputs } from './support/arbitrary/repository.ts';
import { randomValues } from './support/random-values.ts';
import { numberFromEnv, SEED } from './support/seed.ts';

const RUNS = numberFromEnv('SLIPWAY_PROPERTY_RUNS', 150);

/** What takes the place of a part of a value; undefined takes it away. */
const STRANGE: readonly (Json | undefined)[] = [
  undefined,
  null,
  true,
  0,
  -1,
  1.5,
  1e9,
  '',
  'a',
  'x y',
  'ä'.repeat(300),
  '1'.repeat(70),
  'a'.repeat(64),
  'a'.repeat(300),
  'a'.repeat(5000),
  '__proto__',
  [],
  ['a', 'a'],
  [{}, {}],
  {},
  { a: null },
  JSON.parse('{"__proto__": 1}'),
  { constructor: 'a', toString: 'b' },
];

type Judge = (value: unknown) => boolean;

function judges(schema: JsonSchema): { verdict: Judge; ajv: Judge } {
  const make: unknown = new Function('Guard', 'Hashing', `return ${verdictCode(schema)}`);
  const check = compiler().compile(schema);
  return {
    verdict: (make as (...of: unknown[]) => Judge)(Guard, Hashing),
    ajv: (value) => check(value) === true,
  };
}

/** All places in a value, as the containers that hold them. */
function placesIn(value: Json): { holder: Record<string, Json | undefined>; key: string }[] {
  if (value === null || typeof value !== 'object') return [];
  return Object.entries(value).flatMap(([key, inner]) => [
    { holder: value as Record<string, Json | undefined>, key },
    ...placesIn(inner),
  ]);
}

/** The value, once as it is and then with one part of it changed or added. */
function variants(value: Json, seeds: readonly (readonly [number, number])[]): Json[] {
  const changed = seeds.map(([at, what]) => {
    const copy = structuredClone(value);
    const places = placesIn(copy);
    const { holder, key } = places[at % Math.max(1, places.length)] ?? { holder: {}, key: '' };
    const strange = STRANGE[what % STRANGE.length];
    if (strange === undefined && !Array.isArray(holder)) delete holder[key];
    else
      Object.defineProperty(holder, what % 3 === 0 ? `${key}x` : key, {
        value: strange ?? null,
        enumerable: true,
      });
    return copy;
  });
  return [value, ...changed];
}

const seeds = fc.array(fc.tuple(fc.nat(), fc.nat()), { minLength: 30, maxLength: 30 });
const options = { numRuns: RUNS, seed: SEED };

describe('what the bundle asks of a value first', () => {
  const input = {
    platform: { full: judges(schemas.platform.full), layer: judges(schemas.platform.layer) },
    service: { full: judges(schemas.service.full), layer: judges(schemas.service.layer) },
  };
  const verdicts = { valid: 0, invalid: 0 };
  const agree = ({ verdict, ajv }: { verdict: Judge; ajv: Judge }, value: Json) => {
    const isValid = ajv(value);
    verdicts[isValid ? 'valid' : 'invalid'] += 1;
    if (verdict(value) !== isValid)
      expect({ value, verdict: verdict(value) }).toEqual({ value, verdict: isValid });
  };

  it('is what ajv says, of inputs in any state', () => {
    fc.assert(
      fc.property(repositoryInputs, seeds, (inputs, changes) => {
        for (const [path, value] of Object.entries(inputs)) {
          const { full, layer } = input[path.endsWith('/platform.yaml') ? 'platform' : 'service'];
          for (const variant of variants(value, changes)) {
            agree(full, variant);
            agree(layer, variant);
          }
        }
      }),
      options,
    );
    expect(verdicts.valid).toBeGreaterThan(RUNS);
    expect(verdicts.invalid).toBeGreaterThan(RUNS);
  });

  it('is what ajv says, of values of the chart in any state', () => {
    const values = judges(valuesSchema);
    const all = [...randomValues(Math.ceil(RUNS / 10)).values()].map(
      (value) => JSON.parse(JSON.stringify(value)) as Json,
    );
    fc.assert(
      fc.property(fc.constantFrom(...all), seeds, (value, changes) => {
        for (const variant of variants(value, changes)) agree(values, variant);
      }),
      options,
    );
  });

  it('is refused for a schema that it cannot tell all of', () => {
    expect(() => verdictCode({ type: 'object', unevaluatedProperties: false } as JsonSchema)).toThrow(
      'unevaluated',
    );
  });
});
