import { describe, expect, it } from 'vitest';
import type { AppProjectObject } from '../generators/argocd/schemas.ts';
import { matches } from '../generators/check/argocd/glob.ts';
import { permitsDestination, permitsObject, permitsSource } from '../generators/check/argocd/permits.ts';

// How Argo CD matches, so that what is proven of projects is proven of Argo CD. The cases follow its documentation:
// https://argo-cd.readthedocs.io/en/stable/user-guide/projects/

const spec = (more: Partial<AppProjectObject['spec']>): AppProjectObject['spec'] => ({
  description: 'x',
  sourceRepos: [],
  destinations: [],
  namespaceResourceWhitelist: [],
  ...more,
});

describe('a pattern', () => {
  it.each<[string, string, string, boolean]>([
    ['*', 'any/thing', '/', true],
    ['shop-*', 'shop-staging', '', true],
    ['shop-*', 'shop', '', false],
    ['https://github.com/*', 'https://github.com/acme', '/', true],
    ['https://github.com/*', 'https://github.com/acme/shop', '/', false],
    ['https://github.com/**', 'https://github.com/acme/shop', '/', true],
    ['a.c', 'abc', '', false],
    ['a?c', 'abc', '', true],
    ['a[bx]c', 'abc', '', true],
    ['a[!b]c', 'abc', '', false],
    ['{dev,test}-1', 'test-1', '', true],
    ['{dev,test}-1', 'prod-1', '', false],
    ['shop', 'shop', '', true],
    ['shop', 'shop2', '', false],
    ['a,*', 'a', '', false],
    ['a,*', 'a,b', '', true],
  ])('%s, and %s', (pattern, text, separator, expected) => {
    expect(matches(pattern, text, separator)).toBe(expected);
  });
});

describe('a repository', () => {
  const url = 'https://github.com/acme/shop.git';
  it.each<[string[], string, boolean]>([
    [[url], url, true],
    [[url], 'https://github.com/acme/shop', true],
    [[url], 'https://GITHUB.com/acme/shop.git', true],
    [[url], 'https://github.com/acme/Shop.git', false],
    [['git@github.com:acme/shop.git'], 'ssh://git@github.com/acme/shop', true],
    [[url], 'git@github.com:acme/shop.git', false],
    [['*'], url, true],
    [['*', `!${url}`], url, false],
    [[], url, false],
  ])('%s permits %s: %s', (sourceRepos, repository, expected) => {
    expect(permitsSource(spec({ sourceRepos }), repository)).toBe(expected);
  });
});

describe('a destination', () => {
  const shop = { server: 'https://kubernetes.default.svc', namespace: 'shop' };
  it.each<[string, { server: string; namespace: string }[], boolean]>([
    ['itself', [shop], true],
    ['none', [], false],
    ['another namespace', [{ ...shop, namespace: 'other' }], false],
    ['another cluster', [{ ...shop, server: 'https://other' }], false],
    ['any namespace', [{ ...shop, namespace: '*' }], true],
    ['one of two', [{ ...shop, namespace: 'other' }, shop], true],
    ['any but another', [{ ...shop, namespace: '!other' }], true],
    ['any but itself', [{ ...shop, namespace: '!shop' }], false],
    [
      'any, but not itself',
      [
        { ...shop, namespace: '*' },
        { ...shop, namespace: '!shop' },
      ],
      false,
    ],
  ])('is permitted by %s', (_, destinations, expected) => {
    expect(permitsDestination(spec({ destinations }), shop)).toBe(expected);
  });
});

describe('an object', () => {
  const server = 'https://kubernetes.default.svc';
  const destinations = [{ server, namespace: 'shop' }];
  const role = { group: 'rbac.authorization.k8s.io', kind: 'Role', name: 'x', namespace: 'shop' };
  const namespace = { group: '', kind: 'Namespace', name: 'shop', namespace: undefined };

  it('of a namespace needs its group and kind in the list, and its namespace among the destinations', () => {
    const { group, kind } = role;
    const permitting = spec({ destinations, namespaceResourceWhitelist: [{ group, kind }] });
    expect(permitsObject(permitting, server, role)).toBe(true);
    expect(permitsObject(permitting, server, { ...role, namespace: 'other' })).toBe(false);
    expect(permitsObject(permitting, server, { ...role, group: '' })).toBe(false);
    expect(permitsObject(spec({ destinations }), server, role)).toBe(false);
    const all = spec({ destinations, namespaceResourceWhitelist: [{ group: '*', kind: '*' }] });
    expect(permitsObject(all, server, role)).toBe(true);
  });

  it('of the cluster needs the other list, by name where a name is given', () => {
    const only = spec({ clusterResourceWhitelist: [{ group: '', kind: 'Namespace', name: 'shop' }] });
    expect(permitsObject(only, server, namespace)).toBe(true);
    expect(permitsObject(only, server, { ...namespace, name: 'kube-system' })).toBe(false);
    expect(permitsObject(spec({}), server, namespace)).toBe(false);
    const prefix = spec({ clusterResourceWhitelist: [{ group: '', kind: 'Namespace', name: 'shop*' }] });
    expect(permitsObject(prefix, server, { ...namespace, name: 'shop-staging' })).toBe(true);
    const inNamespace = spec({
      destinations,
      namespaceResourceWhitelist: [{ group: '', kind: 'Namespace' }],
    });
    expect(permitsObject(inNamespace, server, namespace)).toBe(false);
  });
});
