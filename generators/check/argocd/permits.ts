import type { AppProjectObject } from '../../argocd/schemas.ts';
import { matches } from './glob.ts';

// What an AppProject permits, as Argo CD decides it.
// https://github.com/argoproj/argo-cd/blob/v3.4.4/pkg/apis/application/v1alpha1/app_project_types.go

type Spec = AppProjectObject['spec'];
type Destination = Spec['destinations'][number];

/** An object that is to be deployed; one without a namespace belongs to the whole cluster. */
export interface Candidate {
  group: string;
  kind: string;
  name: string;
  namespace: string | undefined;
}

/** True when an Application of the project may take its manifests from a repository. */
export function permitsSource({ sourceRepos }: Pick<Spec, 'sourceRepos'>, url: string): boolean {
  const repository = normalized(url);
  const [denied, allowed] = divided(sourceRepos);
  const isIn = (list: readonly string[]) => list.some((one) => matches(normalized(one), repository, '/'));
  return isIn(allowed) && !isIn(denied);
}

/** True when an Application of the project may deploy to a namespace of a cluster. */
export function permitsDestination(
  { destinations }: Pick<Spec, 'destinations'>,
  { server, namespace }: Destination,
): boolean {
  const fits = (one: Destination) => [holds(one.server, server), holds(one.namespace, namespace)];
  const denies = destinations.some((one) =>
    fits(one).some((held, index) => !held && [one.server, one.namespace][index]?.startsWith('!')),
  );
  return !denies && destinations.some((one) => fits(one).every(Boolean));
}

/** True when an object may be deployed to a cluster. */
export function permitsObject(spec: Spec, server: string, candidate: Candidate): boolean {
  const { group, kind, name, namespace } = candidate;
  const isKind = (item: { group: string; kind: string }) =>
    matches(item.kind, kind, '/') && matches(item.group, group, '/');
  if (namespace === undefined)
    return (spec.clusterResourceWhitelist ?? []).some(
      (item) => isKind(item) && (item.name === undefined || matches(item.name, name, '/')),
    );
  return spec.namespaceResourceWhitelist.some(isKind) && permitsDestination(spec, { server, namespace });
}

const holds = (pattern: string, text: string): boolean =>
  pattern.startsWith('!') ? !matches(pattern.slice(1), text) : matches(pattern, text);

const divided = (patterns: readonly string[]): [denied: string[], allowed: string[]] => [
  patterns.filter((one) => one.startsWith('!')).map((one) => one.slice(1)),
  patterns.filter((one) => !one.startsWith('!')),
];

/** Addresses that mean the same repository are one text. */
function normalized(url: string): string {
  const full = /^[^/:]+@[^/:]+:(?!\/)/.test(url) ? `ssh://${url.replace(':', '/')}` : url;
  return full
    .trim()
    .replace(/^([a-z]+:\/\/[^/]*)/, (host) => host.toLowerCase())
    .replace(/(\.git)?\/?$/, '');
}
