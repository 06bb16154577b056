import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { init } from '../generators/edit/init.ts';
import { generate } from '../generators/generate/generate.ts';
import { slipway } from './support/command-line.ts';
import { removeRepository, treeOf, writeRepository } from './support/repository.ts';
import { sampleInputs } from './support/sample-inputs.ts';

const ACME = { name: 'acme', repository: 'https://github.com/acme/deploy.git', domain: 'acme.example' };
const ARGS = ['--name', ACME.name, '--repo-url', ACME.repository, '--domain', ACME.domain];

const roots: string[] = [];
afterEach(() => {
  for (const root of roots.splice(0)) removeRepository(root);
});
const sample = (): string => {
  const root = writeRepository(sampleInputs());
  roots.push(root);
  return root;
};

describe('init', () => {
  it('replaces name, domain and address wherever they are part of a value, and nothing else', () => {
    const after = new Map(init(sample(), ACME, false).map(({ file, after }) => [file, after]));
    const expected = Object.entries(sampleInputs()).filter(([path]) => path.endsWith('/platform.yaml'));
    expect([...after.keys()].sort()).toEqual(expected.map(([path]) => path).sort());
    for (const [path, text] of expected) {
      const renamed = text
        .replace(/^(name|namespace): shop/gm, '$1: acme')
        .replace(/^( {4}name|.*secret): shop(-tls)?$/gm, '$1: acme$2')
        .replace(/^(domain: (staging\.)?)shop\.example\.com$/gm, '$1acme.example')
        .replace('bucket: shop-production-logs', 'bucket: acme-production-logs')
        .replace(
          /https:\/\/(argocd|grafana|alertmanager)\.(production\.)?shop\.example\.com/g,
          'https://$1.$2acme.example',
        )
        .replace('https://github.com/acme/shop.git', ACME.repository);
      expect(after.get(path)).toBe(renamed);
    }
  });

  it('takes the services of the sample away, and leaves a repository that generates', async () => {
    const root = sample();
    generate(root, false);
    const ran = await slipway('init', ...ARGS, '--clear', '--root', root);
    expect(ran).toMatchObject({ status: 0, stderr: '' });
    const left = Object.keys(treeOf(root)).filter((path) => path.includes('/services/'));
    expect(left).toEqual([]);
    expect(readFileSync(join(root, 'environments/base/platform.yaml'), 'utf8')).not.toContain('secretStore');
    expect(generate(root, true)).toMatchObject({ services: 0, created: [], updated: [], removed: [] });
    const again = await slipway('init', ...ARGS, '--clear', '--root', root);
    expect(again.stdout).toContain('0 generated files changed');
  });

  it.each([
    [['--name', 'Acme'], 'name: "Acme" is not allowed'],
    [['--domain', 'acme'], 'domain: "acme" is not allowed'],
    [
      ['--repo-url', 'https://me:secret@example.com/x.git'],
      'argocd.repository: [not shown: password-in-url]',
    ],
    [['--clear', 'more'], 'unexpected argument "more"'],
  ])('refuses %j', async (args, message) => {
    const root = sample();
    const before = treeOf(root);
    const ran = await slipway('init', ...ARGS, ...args, '--root', root);
    expect(ran).toMatchObject({ status: 2, stdout: '' });
    expect(ran.stderr).toContain(message);
    expect(treeOf(root)).toEqual(before);
  });
});
