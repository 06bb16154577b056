import { execFile } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import { HOME } from './support/workflows.ts';

const APP = `${HOME}test/app/`;
const read = (path: string) => readFileSync(APP + path, 'utf8');

describe('the sample application', () => {
  it('passes its own tests', async () => {
    const { NODE_OPTIONS: _, VITEST: __, ...env } = process.env;
    const { stdout } = await promisify(execFile)(process.execPath, ['--test'], { cwd: APP, env });
    expect(stdout).toMatch(/^# pass 10$/m);
    expect(stdout).toMatch(/^# fail 0$/m);
  });

  it('has no dependencies', () => {
    const { dependencies, devDependencies } = JSON.parse(read('package.json'));
    expect([dependencies, devDependencies]).toEqual([undefined, undefined]);
  });

  it('has an image that is pinned, whole, and not root', () => {
    const lines = read('Dockerfile').split('\n');
    expect(lines.filter((line) => line.startsWith('FROM'))).toEqual([
      expect.stringMatching(/^FROM [a-z0-9:.-]+@sha256:[0-9a-f]{64}$/),
    ]);
    expect(lines.filter((line) => line.startsWith('USER'))).toEqual(['USER 1000:1000']);
    const sources = readdirSync(APP).filter((file) => file.endsWith('.js') && !file.endsWith('.test.js'));
    const copied = lines.find((line) => line.startsWith('COPY'))?.split(' ') ?? [];
    expect(copied).toEqual(expect.arrayContaining([...sources, 'package.json']));
    for (const file of copied.filter((word) => word.endsWith('.js') || word.endsWith('.json')))
      expect(read('.dockerignore').split('\n')).toContain(`!${file}`);
  });
});
