import type { IContainer, IEnvVar, IProbe } from 'kubernetes-models/v1';
import { each, entries, given, greater, list, literal, text, when } from '../combinators.ts';
import type { ProbeValues, SecretsSeen, ServiceValues } from '../values.ts';

/** Volume of the files that come from the secret store. */
export const SECRET_FILES = 'secret-files';

/** The container of a service. */
export const container = (service: ServiceValues): IContainer => ({
  name: service.name,
  image: image(service.image),
  command: each(service.command, literal),
  args: each(service.args, literal),
  ports: containerPorts(service.ports),
  env: list<IEnvVar>(
    variables(service.env),
    given(service.secrets, (secrets) => fromSecret(secrets.variables, service.name)),
    given(service.sealed, (sealed) => fromSecret(sealed.variables, sealed.secret)),
  ),
  resources: service.resources,
  startupProbe: given(service.health.startup, probe),
  readinessProbe: given(service.health.readiness, probe),
  livenessProbe: given(service.health.liveness, probe),
  lifecycle: when(greater(service.shutdown.drain, 0), () => ({
    preStop: { sleep: { seconds: service.shutdown.drain } },
  })),
  securityContext: restricted(service),
  volumeMounts: list(
    fileMounts(service.files),
    given(service.secrets, ({ files }) => given(files, secretFileMounts)),
    scratchMounts(service),
    given(service.stateful, ({ storage }) =>
      entries(storage, (name, claim) => ({ name: text`storage-${name}`, mountPath: claim.path })),
    ),
  ),
});

/** What no container of a service may do. */
export const restricted = (service: ServiceValues) => ({
  allowPrivilegeEscalation: false,
  readOnlyRootFilesystem: service.security.readOnlyRoot,
  capabilities: { drop: ['ALL'] },
});

export const containerPorts = (ports: ServiceValues['ports']) =>
  entries(ports, (name, port) => ({ name, containerPort: port.port, protocol: port.protocol }));

export const variables = (env: ServiceValues['env']) =>
  entries(env, (name, value) => ({ name, value: literal(value) }));

export const fileMounts = (files: Readonly<Record<string, { path: string }>>) =>
  entries(files, (key, file) => ({ name: 'files', mountPath: file.path, subPath: key, readOnly: true }));

/** The files of a pod that come from a Secret. */
export const secretFileMounts = (files: Readonly<Record<string, { path: string }>>) =>
  entries(files, (key, { path }) => ({ name: SECRET_FILES, mountPath: path, subPath: key, readOnly: true }));

export const scratchMounts = (service: ServiceValues) =>
  entries(service.volumes, (name, volume) => ({ name: text`scratch-${name}`, mountPath: volume.path }));

/** The reference of an image. With a digest the tag only informs the reader: the digest decides what is pulled. */
export const image = ({ repository, tag, digest }: ServiceValues['image']): string =>
  text`${repository}${given(tag, (name) => text`:${name}`)}${given(digest, (hash) => text`@${hash}`)}`;

/** Variables whose values are the entries of a Secret with the same names. */
const fromSecret = (names: Readonly<Record<string, unknown>>, secret: string) =>
  entries(names, (name) => ({ name, valueFrom: { secretKeyRef: { name: secret, key: name } } }));

/** Variables of a container that does not get all secrets of the service. */
export const fromSecrets = ({ variables }: SecretsSeen) =>
  entries(variables, (name, { secret }) => ({
    name,
    valueFrom: { secretKeyRef: { name: secret, key: name } },
  }));

export const probe = (values: ProbeValues): IProbe => ({
  httpGet: given(values.httpGet, ({ path, port }) => ({ path, port })),
  tcpSocket: given(values.tcpSocket, ({ port }) => ({ port })),
  exec: given(values.command, (command) => ({ command: each(command, (word) => word) })),
  periodSeconds: values.period,
  timeoutSeconds: values.timeout,
  failureThreshold: values.failures,
});
