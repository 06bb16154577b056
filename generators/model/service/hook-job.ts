import type { IJob } from 'kubernetes-models/batch/v1';
import type { IContainer, IEnvVar, IPodTemplateSpec } from 'kubernetes-models/v1';
import { each, entries, given, list, literal, some, when } from '../combinators.ts';
import type { HookValues, ServiceValues } from '../values.ts';
import {
  fileMounts,
  fromSecrets,
  image,
  restricted,
  scratchMounts,
  secretFileMounts,
  variables,
} from './container.ts';
import { AFTER, BEFORE, hookLabels, hookName, type Phase, ranIn } from './hook.ts';
import { confined, podVolumes, pullSecrets, secretFiles } from './pod.ts';

/** Time for which a Job that ended stays, with its log: a week. Helm does not delete it with the release, nor Argo CD when it is gone from Git. */
const KEPT_SECONDS = 604_800;

/**
 * The Jobs of the hooks. One that runs before everything else sees copies of its own of what the service sees, because
 * on the first sync nothing else is there; one that runs after sees what the service itself sees.
 */
export const hookJobs = (service: ServiceValues): IJob[] | undefined =>
  list<IJob>(
    entries(service.hooks.before, (hook, values) =>
      job(BEFORE, service, hook, values, hookName(service, hook)),
    ),
    entries(service.hooks.after, (hook, values) => job(AFTER, service, hook, values, service.name)),
  );

/** @param source name of the ServiceAccount, and of the ConfigMap and the Secret that files come from. */
const job = (
  phase: Phase,
  service: ServiceValues,
  hook: string,
  values: HookValues,
  source: string,
): IJob => ({
  apiVersion: 'batch/v1',
  kind: 'Job',
  metadata: {
    name: hookName(service, hook),
    labels: hookLabels(service, hook),
    annotations: ranIn(phase, service, values),
  },
  spec: {
    activeDeadlineSeconds: values.timeout,
    backoffLimit: values.retries,
    ttlSecondsAfterFinished: KEPT_SECONDS,
    template: pod(service, hook, values, source),
  },
});

const pod = (service: ServiceValues, hook: string, values: HookValues, source: string): IPodTemplateSpec => ({
  metadata: { labels: hookLabels(service, hook) },
  spec: {
    ...confined(service, source),
    restartPolicy: 'Never',
    imagePullSecrets: pullSecrets(service),
    containers: [container(service, hook, values)],
    volumes: podVolumes(
      service,
      source,
      given(values.secrets, ({ files }) => when(some(files), () => secretFiles(source, files))),
    ),
  },
});

const container = (service: ServiceValues, name: string, values: HookValues): IContainer => ({
  name,
  image: image(values.image),
  command: each(values.command, literal),
  args: each(values.args, literal),
  env: list<IEnvVar>(variables(values.env), given(values.secrets, fromSecrets)),
  resources: values.resources,
  securityContext: restricted(service),
  volumeMounts: list(
    fileMounts(service.files),
    given(values.secrets, ({ files }) => secretFileMounts(files)),
    scratchMounts(service),
  ),
});
