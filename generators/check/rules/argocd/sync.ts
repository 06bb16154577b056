import { groupKind } from '../../../argocd/scene.ts';
import type { ApplicationObject, ChartApplicationObject } from '../../../argocd/schemas.ts';
import type { KubernetesObject } from '../../../model/object.ts';
import { quote } from '../../../problems/problem.ts';
import type { Raw } from '../../finding.ts';
import type { Environment } from '../../world.ts';
import { argocdOnly, DEFECT, nameOf } from './about.ts';

/** When Argo CD may act by itself, and what it must ask for. */
export const sync = argocdOnly((here, environment) => [
  ...[here.root, ...here.applications, ...here.charts.applications].flatMap((application) => [
    ...automated(application, environment),
    ...halfAutomated(application),
  ]),
  ...unconfirmed(environment, here.scene.settings.sync === 'manual'),
]);

/** An Application of ours, or of a chart of others. */
type Synced = ApplicationObject | ChartApplicationObject;

const automated = (application: Synced, { production }: Environment): Raw[] =>
  production && application.spec.syncPolicy.automated !== undefined
    ? [
        {
          id: 'application-automated',
          keys: [['argocd', 'sync'], ['argocd']],
          message: `${nameOf(application)} deploys every commit to production, and nobody looks at it first`,
          hint: 'set argocd.sync to manual',
        },
      ]
    : [];

/** Without pruning, a revert leaves what the commit added; without healing, drift stays. */
function halfAutomated(application: Synced): Raw[] {
  const { automated: policy, retry } = application.spec.syncPolicy;
  if (policy === undefined) return [];
  const missing = [
    ...(policy.prune ? [] : ['prune']),
    ...(policy.selfHeal ? [] : ['selfHeal']),
    ...(retry?.refresh === true ? [] : ['retry.refresh']),
  ];
  return missing.map((what) => ({
    id: 'application-prune',
    keys: [['argocd', 'sync'], ['argocd']],
    message: `${nameOf(application)} syncs by itself without ${quote(what)}: it does not come to be what Git says`,
    hint: DEFECT,
  }));
}

/** What holds data, or has objects in it that do. */
const STATEFUL = new Set(['/Namespace', '/PersistentVolumeClaim', 'apps/StatefulSet']);

function unconfirmed({ services, platformObjects }: Environment, asks: boolean): Raw[] {
  if (!asks) return [];
  const all = [
    ...platformObjects.map((object) => ({ object, service: undefined })),
    ...[...services].flatMap(([service, { objects }]) => objects.map((object) => ({ object, service }))),
  ];
  return all
    .filter(({ object }) => STATEFUL.has(groupKind(object)) && !isConfirmed(object))
    .map(({ object, service }) => ({
      id: 'confirmation-missing',
      service,
      keys: [[service === undefined ? 'argocd' : 'kind']],
      field: { kind: object.kind, path: ['metadata', 'annotations'] },
      message: `${object.kind}/${object.metadata.name} holds data, and Argo CD would delete it without asking`,
      hint: 'delete what takes the annotation argocd.argoproj.io/sync-options away from patch',
    }));
}

function isConfirmed({ metadata }: KubernetesObject): boolean {
  const annotations = metadata['annotations'] as Readonly<Record<string, string>> | undefined;
  const options = (annotations?.['argocd.argoproj.io/sync-options'] ?? '').split(',');
  return options.includes('Prune=confirm') && options.includes('Delete=confirm');
}
