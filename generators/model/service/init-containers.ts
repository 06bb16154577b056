import type { IContainer, IEnvVar } from 'kubernetes-models/v1';
import { each, entries, given, list, literal } from '../combinators.ts';
import type { ExtraValues, ServiceValues } from '../values.ts';
import {
  containerPorts,
  fileMounts,
  fromSecrets,
  image,
  probe,
  restricted,
  secretFileMounts,
  variables,
} from './container.ts';

/**
 * The containers before that of the service, in the order in which they start: first those that run beside it, so that
 * the others may use them, then those that run to their end.
 * https://kubernetes.io/docs/concepts/workloads/pods/sidecar-containers/
 */
export const initContainers = (service: ServiceValues): IContainer[] | undefined =>
  list<IContainer>(
    entries(service.sidecars, (name, sidecar) => ({
      ...extra(service, name, sidecar),
      restartPolicy: 'Always',
      ports: containerPorts(sidecar.ports),
      startupProbe: given(sidecar.health.startup, probe),
      readinessProbe: given(sidecar.health.readiness, probe),
      livenessProbe: given(sidecar.health.liveness, probe),
    })),
    entries(service.init, (name, values) => extra(service, name, values)),
  );

const extra = (service: ServiceValues, name: string, values: ExtraValues): IContainer => ({
  name,
  image: image(values.image),
  command: each(values.command, literal),
  args: each(values.args, literal),
  env: list<IEnvVar>(variables(values.env), given(values.secrets, fromSecrets)),
  resources: values.resources,
  securityContext: restricted(service),
  volumeMounts: list(
    fileMounts(values.files),
    given(values.secrets, ({ files }) => secretFileMounts(files)),
    entries(values.mounts, (volume, { path }) => ({ name: volume, mountPath: path })),
  ),
});
