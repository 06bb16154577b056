import { readFileSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { generateIncrementally } from '../generators/generate/incremental.ts';
import { removeRepository, writeRepository } from './support/repository.ts';
import { sampleInputs } from './support/sample-inputs.ts';

const ENGINE = 'the engine of this test';
let root = '';
const run = () => generateIncrementally(root, ENGINE);
const memory = () => join(root, '.slipway/memory.json');

beforeEach(async () => {
  root = writeRepository(sampleInputs());
  await run();
});
afterEach(() => removeRepository(root));

describe('what a run remembers', () => {
  it.each(['engine', 'environments', 'inputs', 'services', 'deployed', 'dashboards', 'common'])(
    'is not used without %s',
    async (key) => {
      const { [key]: _, ...others } = JSON.parse(readFileSync(memory(), 'utf8'));
      writeFileSync(memory(), JSON.stringify({ ...others, ...(key === 'engine' ? {} : { engine: ENGINE }) }));
      expect(await run()).toMatchObject({
        services: 4,
        environments: 3,
        created: [],
        updated: [],
        removed: [],
      });
      expect(JSON.parse(readFileSync(memory(), 'utf8'))).toHaveProperty(key);
    },
  );

  it.each(['', 'null', '[]', '{"engine":', `{"engine":"${ENGINE}","services":{"catalog":null}}`])(
    'is not used when it is %j',
    async (text) => {
      writeFileSync(memory(), text);
      expect(await run()).toMatchObject({ services: 4, created: [], updated: [], removed: [] });
    },
  );

  it('does not hide a new service that takes a name which another derives from its own', async () => {
    const services = join(root, 'environments/base/services');
    const catalog = readFileSync(join(services, 'catalog.yaml'), 'utf8');
    const restocker = readFileSync(join(services, 'restocker.yaml'), 'utf8');
    const data = restocker
      .replace('kind: worker', 'kind: stateful')
      .replace(/network:[\s\S]*?owner/, 'owner');
    writeFileSync(join(services, 'data.yaml'), data);
    writeFileSync(
      join(root, 'environments/base/platform.yaml'),
      `${sampleInputs()['environments/base/platform.yaml']?.replace('  serviceMonitors: true', '  serviceMonitors: true\n  prometheus: http://prometheus:9090')}rollouts: { traffic: gatewayAPI, errors: prometheus }\n`,
    );
    writeFileSync(
      join(services, 'catalog.yaml'),
      `${catalog}route: { hosts: { list: / } }\nrollout: canary\n`,
    );
    await run();
    writeFileSync(join(services, 'data-headless.yaml'), data);
    await expect(run()).rejects.toThrow('the Service data-headless, through which its pods are found');
    rmSync(join(services, 'data-headless.yaml'));
    writeFileSync(join(services, 'catalog-stable.yaml'), data);
    await expect(run()).rejects.toThrow(
      'the Service catalog-stable, to which a canary needs to lead requests',
    );
  });

  it('does not hide a link that took the place of a folder of output', async () => {
    renameSync(join(root, 'base/catalog'), join(root, 'elsewhere'));
    symlinkSync(join(root, 'elsewhere'), join(root, 'base/catalog'));
    await expect(run()).rejects.toThrow('base/catalog:1:1: a file or link is where output belongs');
  });
});
