import type { IPodTemplateSpec, IVolume } from 'kubernetes-models/v1';
import { checksum, each, entries, given, list, some, text, when } from '../combinators.ts';
import type { SecretValues, ServiceValues } from '../values.ts';
import { container, SECRET_FILES } from './container.ts';
import { labels, selectorLabels } from './metadata.ts';

/** The pod of a service: Pod Security `restricted`, spread over zones and nodes. */
export const podTemplate = (service: ServiceValues): IPodTemplateSpec => ({
  metadata: {
    labels: labels(service),
    annotations: when(some(service.files), () => ({ 'slipway.dev/files-checksum': checksum(service.files) })),
  },
  spec: {
    serviceAccountName: service.name,
    automountServiceAccountToken: false,
    enableServiceLinks: false,
    terminationGracePeriodSeconds: service.shutdown.grace,
    securityContext: {
      runAsNonRoot: true,
      runAsUser: service.security.user,
      runAsGroup: service.security.group,
      fsGroup: service.security.group,
      seccompProfile: { type: 'RuntimeDefault' },
    },
    topologySpreadConstraints: [
      spread(service, 'topology.kubernetes.io/zone'),
      spread(service, 'kubernetes.io/hostname'),
    ],
    imagePullSecrets: each(service.imagePullSecrets, (name) => ({ name })),
    containers: [container(service)],
    volumes: list<IVolume>(
      when(some(service.files), () => ({ name: 'files', configMap: { name: service.name } })),
      given(service.secrets, ({ files }) => given(files, (found) => secretFiles(service.name, found))),
      entries(service.volumes, (name, volume) => ({
        name: text`scratch-${name}`,
        emptyDir: { medium: volume.medium, sizeLimit: volume.size },
      })),
    ),
  },
});

/** The entries of a Secret that are files, readable for the group of the pod alone (mode 0440). */
const secretFiles = (secretName: string, files: NonNullable<SecretValues['files']>): IVolume => ({
  name: SECRET_FILES,
  secret: { secretName, defaultMode: 0o440, items: entries(files, (key) => ({ key, path: key })) },
});

const spread = (service: ServiceValues, topologyKey: string) => ({
  maxSkew: 1,
  topologyKey,
  whenUnsatisfiable: 'ScheduleAnyway' as const,
  labelSelector: { matchLabels: selectorLabels(service.name) },
  matchLabelKeys: ['pod-template-hash'],
});
