import type { IContainer, IEnvVar, IProbe } from 'kubernetes-models/v1';
import { each, entries, given, greater, list, literal, text, when } from '../combinators.ts';
import type { ProbeValues, ServiceValues } from '../values.ts';

/** Volume of the files that come from the secret store. */
export const SECRET_FILES = 'secret-files';

/** The container of a service. */
export const container = (service: ServiceValues): IContainer => ({
  name: service.name,
  image: image(service.image),
  command: each(service.command, literal),
  args: each(service.args, literal),
  ports: entries(service.ports, (name, port) => ({
    name,
    containerPort: port.port,
    protocol: port.protocol,
  })),
  env: list<IEnvVar>(
    entries(service.env, (name, value) => ({ name, value: literal(value) })),
    given(service.secrets, ({ variables }) => entries(variables, (name) => fromSecret(name, service.name))),
    given(service.sealed, ({ secret, variables }) => entries(variables, (name) => fromSecret(name, secret))),
  ),
  resources: service.resources,
  startupProbe: given(service.health.startup, probe),
  readinessProbe: given(service.health.readiness, probe),
  livenessProbe: given(service.health.liveness, probe),
  lifecycle: when(greater(service.shutdown.drain, 0), () => ({
    preStop: { sleep: { seconds: service.shutdown.drain } },
  })),
  securityContext: {
    allowPrivilegeEscalation: false,
    readOnlyRootFilesystem: service.security.readOnlyRoot,
    capabilities: { drop: ['ALL'] },
  },
  volumeMounts: list(
    entries(service.files, (key, file) => ({
      name: 'files',
      mountPath: file.path,
      subPath: key,
      readOnly: true,
    })),
    given(service.secrets, ({ files }) =>
      given(files, (found) =>
        entries(found, (key, { path }) => ({
          name: SECRET_FILES,
          mountPath: path,
          subPath: key,
          readOnly: true,
        })),
      ),
    ),
    entries(service.volumes, (name, volume) => ({ name: text`scratch-${name}`, mountPath: volume.path })),
  ),
});

/** The reference of an image. With a digest the tag only informs the reader: the digest decides what is pulled. */
const image = ({ repository, tag, digest }: ServiceValues['image']): string =>
  text`${repository}${given(tag, (name) => text`:${name}`)}${given(digest, (hash) => text`@${hash}`)}`;

/** A variable whose value is the entry of a Secret with the same name. */
const fromSecret = (name: string, secret: string) => ({
  name,
  valueFrom: { secretKeyRef: { name: secret, key: name } },
});

const probe = (values: ProbeValues): IProbe => ({
  httpGet: given(values.httpGet, ({ path, port }) => ({ path, port })),
  tcpSocket: given(values.tcpSocket, ({ port }) => ({ port })),
  exec: given(values.command, (command) => ({ command: each(command, (word) => word) })),
  periodSeconds: values.period,
  timeoutSeconds: values.timeout,
  failureThreshold: values.failures,
});
