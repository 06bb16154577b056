import type { ArgocdInput } from '../../../generators/schema/argocd.ts';
import type { Dice } from './dice.ts';

/** Installations of Argo CD by name: all environments of one say the same of it. */
const INSTANCES: readonly [ArgocdInput['instance'], ...ArgocdInput['instance'][]] = [
  { url: 'https://argocd.example.com' },
  {
    name: 'no',
    namespace: 'null',
    url: 'https://argocd.example.com:8443/ui',
    sso: { name: 'acme', issuer: 'https://login.example.com/realms/acme', clientId: 'argocd' },
    roles: { viewers: ['acme:all'], developers: ['acme:developers', 'no'], releaseManagers: ['a b@c/d'] },
  },
  {
    name: '1e3',
    url: 'https://a.example.com',
    sso: { name: 'off', issuer: 'https://a.example.com', clientId: '0777', secret: 'sso.secret' },
  },
];

const REPOSITORIES = [
  'https://github.com/acme/shop.git',
  'git@github.com:acme/shop.git',
  'ssh://git@git.example.com:2222/acme/shop',
] as const;

/** How Argo CD deploys an environment. */
export function argocd(dice: Dice): ArgocdInput {
  const told = dice.chance(60);
  return {
    repository: dice.pick(REPOSITORIES),
    revision: dice.chance(30) ? dice.pick(['refs/heads/release/1.x', 'refs/tags/v1']) : undefined,
    instance: dice.pick(INSTANCES),
    server: dice.chance(30) ? 'https://cluster.example.com:6443' : undefined,
    sync: dice.chance(70) ? dice.pick(['automated', 'manual']) : undefined,
    windows: dice.chance(30) ? windows(dice) : undefined,
    slack: told ? '#deployments' : undefined,
    outOfSync: told && dice.chance(50) ? dice.pick(['30m', '2h']) : undefined,
  } as ArgocdInput;
}

const windows = (dice: Dice): NonNullable<ArgocdInput['windows']> =>
  Object.fromEntries(
    dice.some(['night', 'null', 'y']).map((name, index) => [
      name,
      {
        kind: dice.pick(['allow', 'deny']),
        schedule: `${index} 22 * * 1-5`,
        duration: dice.pick(['8h', '90m']),
        timeZone: dice.chance(50) ? 'Europe/Berlin' : undefined,
        manual: dice.chance(50) ? dice.chance(50) : undefined,
      },
    ]),
  ) as NonNullable<ArgocdInput['windows']>;
