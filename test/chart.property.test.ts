/** The chart gives what the model gives: real Helm with the values of random services. */

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, expect, it } from 'vitest';
import { CHART_FOLDER } from '../generators/chart/chart.ts';
import { beyondDefaults } from '../generators/chart/defaults.ts';
import { serviceObjects } from '../generators/model/service-objects.ts';
import type { ServiceValues } from '../generators/model/values.ts';
import { toYaml } from '../generators/output/yaml.ts';
import { checkValues } from '../generators/schema/compiled.ts';
import { compareObjects } from '../generators/verify/compare.ts';
import { helmTemplate } from '../generators/verify/helm.ts';
import { helmOrSkip } from './support/build.ts';
import { randomValues, valuesIn } from './support/random-values.ts';
import { again, numberFromEnv, SEED } from './support/seed.ts';

const FILE = 'test/chart.property.test.ts';
const REPOSITORIES = numberFromEnv('SLIPWAY_PROPERTY_RUNS', 60);
/** Releases that one process of Helm renders. */
const BATCH = 60;

const HOME = fileURLToPath(new URL('../', import.meta.url));
const CHART = `${HOME}${CHART_FOLDER}`;
const scratch = mkdtempSync(join(tmpdir(), 'slipway-chart-'));
afterAll(() => rmSync(scratch, { recursive: true }));

const helm = await helmOrSkip();
const all = [...valuesIn(HOME, 'sample'), ...randomValues(REPOSITORIES)];

it('values of random services are what the schema of the chart allows', () => {
  const refused = all.flatMap(([name, values]) =>
    checkValues(values)
      ? []
      : [
          `${name}: ${JSON.stringify(checkValues.errors?.map(({ instancePath, message }) => [instancePath, message]))}`,
        ],
  );
  expect(refused).toEqual([]);
});

it.skipIf(helm === undefined)(
  'Helm renders exactly the model of at least 300 random services',
  async () => {
    if (helm === undefined) return;
    if (REPOSITORIES >= 60) expect(all.length).toBeGreaterThan(300);
    const render = helmTemplate(helm.path, CHART, scratch);
    for (let at = 0; at < all.length; at += BATCH) {
      const batch = all.slice(at, at + BATCH);
      const rendered = await render(
        new Map(batch.map(([name, values]) => [name, toYaml(beyondDefaults(values))])),
      );
      if (rendered.error !== undefined) throw new Error(rendered.error);
      for (const [name, values] of batch)
        expect(mismatches(values, rendered.objects.get(name) ?? []), hint(name)).toEqual([]);
    }
  },
  10 * 60_000,
);

const mismatches = (values: ServiceValues, actual: Parameters<typeof compareObjects>[1]) =>
  compareObjects(serviceObjects(values), actual).map(({ object, path, expected, actual: found }) => ({
    object,
    path,
    expected,
    found,
  }));

const hint = (name: string) => `${name}, seed ${SEED}: ${again(FILE, Number(name.split('/')[0]))}`;
