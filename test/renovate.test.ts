import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { CHART } from '../generators/argocd/install/release.ts';
import { parseSettings } from '../generators/github/settings.ts';
import { CATALOG } from '../generators/stack/catalog.ts';
import { HOME, readWorkflows } from './support/workflows.ts';

interface Manager {
  description: string;
  managerFilePatterns: string[];
  matchStrings: string[];
  depNameTemplate?: string;
}

const read = (path: string) => readFileSync(HOME + path, 'utf8');
const config: {
  customManagers: Manager[];
  packageRules: { matchPackageNames?: string[]; postUpgradeTasks?: { commands: string[] } }[];
} = JSON.parse(read('.github/renovate.json'));

/** What Renovate would find in a text that stands at a path. */
function found(path: string, text: string): string[] {
  return config.customManagers.flatMap(({ managerFilePatterns, matchStrings, depNameTemplate }) => {
    const applies = managerFilePatterns.some((pattern) => new RegExp(pattern.slice(1, -1)).test(path));
    if (!applies) return [];
    return matchStrings.flatMap((source) =>
      [...text.matchAll(new RegExp(source, 'g'))].map(({ groups = {} }) =>
        [
          depNameTemplate ?? groups['depName'],
          groups['currentValue'],
          groups['currentDigest'],
          groups['registryUrl'],
        ]
          .filter((part) => part !== undefined)
          .join(' '),
      ),
    );
  });
}

describe('Renovate finds', () => {
  it.each(readdirSync(`${HOME}environments/base/services`))('the images of %s', (file) => {
    const path = `environments/base/services/${file}`;
    const text = read(path);
    const images = [...text.matchAll(/^\s+repository: (.*)\n\s+tag: "?([^"\n]*)"?$/gm)].map(
      ([, name, tag]) => `${name} ${tag}`,
    );
    expect(images).not.toEqual([]);
    expect(found(path, text)).toEqual(images);
  });

  it.each([
    ['image: { repository: docker.io/library/busybox, tag: 1.37.0 }', 'docker.io/library/busybox 1.37.0'],
    ['  repository: "a.example/b"\n  tag: "1.10"\n', 'a.example/b 1.10'],
    [
      `  repository: a/b\n  tag: 1.2.3\n  digest: sha256:${'a'.repeat(64)}\n`,
      `a/b 1.2.3 sha256:${'a'.repeat(64)}`,
    ],
    ['image:\n  tag: 6.9.1\n', undefined],
  ])('an image in %j', (text, image) => {
    expect(found('environments/staging/services/x.yaml', text)).toEqual(image === undefined ? [] : [image]);
  });

  it('every version of the tools', () => {
    const text = read('generators/tools/catalog.ts');
    const versions = found('generators/tools/catalog.ts', text);
    for (const [, version] of text.matchAll(/pinned: \{ version: '([^']+)'/g))
      expect(versions.filter((line) => line.endsWith(` ${version}`))).toHaveLength(2);
    expect(versions.filter((line) => line.startsWith('@aws-cdk/'))).toHaveLength(2);
  });

  it('the chart by which Argo CD is installed', () => {
    const path = 'generators/argocd/install/release.ts';
    expect(found(path, read(path))).toEqual([
      `argo-cd ${CHART.version} https://argoproj.github.io/argo-helm`,
    ]);
  });
});

describe('Renovate finds the charts beside the services', () => {
  const path = 'generators/stack/catalog.ts';
  it.each(Object.values(CATALOG))('$name', ({ name, repository, version }) => {
    const isOci = !repository.startsWith('https://');
    expect(found(path, read(path))).toContain(
      isOci ? `${repository}/${name} ${version}` : `${name} ${version} ${repository}`,
    );
  });
});

describe('the configuration of Renovate', () => {
  it('leaves our own images to their pipelines', () => {
    const [owner] = parseSettings(read('.github/settings.yaml')).repository.split('/');
    expect(config.packageRules.flatMap(({ matchPackageNames = [] }) => matchPackageNames)).toContain(
      `ghcr.io/${owner}/**`,
    );
  });

  it('has expressions that RE2 knows: nothing is looked at ahead or behind', () => {
    for (const { matchStrings } of config.customManagers)
      for (const source of matchStrings) expect(source).not.toMatch(/\(\?[=!]|\(\?<[=!]|\\[1-9]/);
  });

  it('runs no command but those that the workflow allows', () => {
    const drift = readWorkflows().find(({ file }) => file === 'drift');
    const env = drift?.jobs['updates']?.steps.find(({ uses }) => uses?.startsWith('renovatebot/'))?.env;
    const allowed: string[] = JSON.parse(env?.['RENOVATE_ALLOWED_COMMANDS'] ?? '[]');
    const commands = config.packageRules.flatMap(({ postUpgradeTasks }) => postUpgradeTasks?.commands ?? []);
    expect(commands).toHaveLength(2);
    for (const command of commands)
      expect(allowed.some((pattern) => new RegExp(pattern).test(command))).toBe(true);
  });
});
