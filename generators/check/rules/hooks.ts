import type { IExternalSecret } from '@kubernetes-models/external-secrets/external-secrets.io/v1/ExternalSecret';
import type { IJob } from 'kubernetes-models/batch/v1';
import type { INetworkPolicy } from 'kubernetes-models/networking.k8s.io/v1';
import { idOf, type KubernetesObject } from '../../model/object.ts';
import type { CheckId } from '../../schema/check-ids.ts';
import type { Raw } from '../finding.ts';
import { containersOf, matches, type Workload } from '../workload.ts';
import type { ServiceHere } from '../world.ts';
import type { Rule } from './rule.ts';

/** Hooks find what they need, come to an end, and do not stand in the way of the next. */
export const hooks: Rule = ({ services }) =>
  [...services.values()].flatMap((service) => [
    ...service.workloads.filter(({ kind }) => kind === 'Job').flatMap((job) => jobFindings(service, job)),
    ...service.objects.flatMap((object) => replacement(service, object)),
  ]);

/** One of the two that run hooks, and how it is told. */
interface Runner {
  name: string;
  /** Prefix of its annotations. */
  hook: string;
  policy: string;
  wave: string;
  before: string;
  after: string;
  /** The policies by which a hook goes when the next is made, and when it has succeeded. */
  anew: string;
  atEnd: string;
}

const RUNNERS: readonly Runner[] = [
  {
    name: 'Argo CD',
    hook: 'argocd.argoproj.io/hook',
    policy: 'argocd.argoproj.io/hook-delete-policy',
    wave: 'argocd.argoproj.io/sync-wave',
    before: 'PreSync',
    after: 'PostSync',
    anew: 'BeforeHookCreation',
    atEnd: 'HookSucceeded',
  },
  {
    name: 'Helm',
    hook: 'helm.sh/hook',
    policy: 'helm.sh/hook-delete-policy',
    wave: 'helm.sh/hook-weight',
    before: 'pre-install,pre-upgrade',
    after: 'post-install,post-upgrade',
    anew: 'before-hook-creation',
    atEnd: 'hook-succeeded',
  },
];

const annotationsOf = ({ metadata }: KubernetesObject) =>
  (metadata['annotations'] ?? {}) as Readonly<Record<string, string>>;

const policiesOf = (object: KubernetesObject, { policy }: Runner): string[] =>
  (annotationsOf(object)[policy] ?? '').split(',');

/** Before, with or after everything else, and where among those. */
interface Turn {
  phase: 'before' | 'with' | 'after' | undefined;
  wave: number;
}

function turnOf(object: KubernetesObject, runner: Runner): Turn {
  const annotations = annotationsOf(object);
  const hook = annotations[runner.hook];
  const wave = Number(annotations[runner.wave] ?? 0);
  if (hook === undefined) return { phase: 'with', wave };
  const phase = hook === runner.before ? 'before' : hook === runner.after ? 'after' : undefined;
  return { phase, wave };
}

/** True when an object is there once another one has its turn. */
function isThere(object: KubernetesObject, turn: Turn, runner: Runner): boolean {
  const own = turnOf(object, runner);
  if (own.phase === turn.phase) return own.phase !== undefined && own.wave < turn.wave;
  if (turn.phase !== 'after') return false;
  return (
    own.phase === 'with' || (own.phase === 'before' && !policiesOf(object, runner).includes(runner.atEnd))
  );
}

function jobFindings(service: ServiceHere, job: Workload): Raw[] {
  const object = service.objects.find(({ kind, metadata }) => kind === 'Job' && metadata.name === job.name);
  if (object === undefined) return [];
  const about = (id: CheckId, path: readonly string[], message: string, hint: string): Raw => ({
    id,
    service: service.name,
    keys: [['hooks', job.name.slice(service.name.length + 1)], ['hooks'], ['kind']],
    field: { kind: 'Job', path },
    message,
    hint,
  });
  const { activeDeadlineSeconds, ttlSecondsAfterFinished } = (object as unknown as IJob).spec ?? {};
  const needs = needsOf(service, job);
  const early = RUNNERS.flatMap((runner) => {
    const turn = turnOf(object, runner);
    const late = needs.find((need) => !isThere(need, turn, runner));
    if (late === undefined) return [];
    const message = `${idOf(object)} needs ${idOf(late)}, which is not there when ${runner.name} runs it: it waits until its time is up`;
    return [
      about('hook-too-early', ['metadata', 'annotations'], message, 'delete annotations from the patch'),
    ];
  });
  const endless =
    activeDeadlineSeconds === undefined || ttlSecondsAfterFinished === undefined
      ? [
          about(
            'hook-without-end',
            ['spec'],
            `${idOf(object)} ${activeDeadlineSeconds === undefined ? 'may run for ever, and the sync waits for it' : 'stays for ever when it has ended'}`,
            'delete it from the patch',
          ),
        ]
      : [];
  return [...early.slice(0, 1), ...endless];
}

/** The objects of a service that must be there before its pods start, and what decides whom they may call. */
function needsOf({ objects }: ServiceHere, job: Workload): KubernetesObject[] {
  const { pod, labels } = job;
  const secrets = new Set([
    ...(pod.volumes ?? []).flatMap(({ secret }) => secret?.secretName ?? []),
    ...containersOf(job).flatMap(({ container }) =>
      (container.env ?? []).flatMap(({ valueFrom }) => valueFrom?.secretKeyRef?.name ?? []),
    ),
  ]);
  const maps = new Set((pod.volumes ?? []).flatMap(({ configMap }) => configMap?.name ?? []));
  return objects.filter((object) => {
    const { name } = object.metadata;
    switch (object.kind) {
      case 'ServiceAccount':
        return name === pod.serviceAccountName;
      case 'ConfigMap':
        return maps.has(name);
      case 'ExternalSecret':
        return secrets.has((object as unknown as IExternalSecret).spec?.target?.name ?? name);
      case 'SealedSecret':
        return secrets.has(name);
      case 'NetworkPolicy': {
        const { podSelector } = (object as unknown as INetworkPolicy).spec ?? {};
        return matches(podSelector?.matchLabels, labels);
      }
      default:
        return false;
    }
  });
}

/** A Job cannot be changed, and what is not deleted cannot be made again: each hook goes before the next is made. */
function replacement({ name, objects }: ServiceHere, object: KubernetesObject): Raw[] {
  const annotations = annotationsOf(object);
  const isHook = RUNNERS.some(({ hook }) => annotations[hook] !== undefined);
  if (object.kind !== 'Job' && !isHook) return [];
  const runner = RUNNERS.find(
    (one) => turnOf(object, one).phase === 'with' || !policiesOf(object, one).includes(one.anew),
  );
  const jobs = objects.filter(({ kind }) => kind === 'Job').map(({ metadata }) => metadata.name);
  const owner = jobs.find(
    (job) => object.metadata.name === job || object.metadata.name.startsWith(`${job}.`),
  );
  if (runner === undefined) return [];
  return [
    {
      id: 'hook-not-replaced',
      service: name,
      keys: [['hooks', (owner ?? '').slice(name.length + 1)], ['hooks'], ['kind']],
      field: { kind: object.kind, path: ['metadata', 'annotations'] },
      message: `${idOf(object)} of the last sync is in the way of the next: ${runner.name} does not delete it before`,
      hint: 'delete annotations from the patch',
    },
  ];
}
