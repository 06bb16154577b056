import type { IPodSpec, IPodTemplateSpec, IVolume } from 'kubernetes-models/v1';
import { checksum, each, entries, given, list, some, text, when } from '../combinators.ts';
import type { ServiceValues } from '../values.ts';
import { container, SECRET_FILES } from './container.ts';
import { initContainers } from './init-containers.ts';
import { labels, selectorLabels } from './metadata.ts';

/** What differs between pods by what runs them. */
type PodOptions = Pick<IPodSpec, 'restartPolicy' | 'topologySpreadConstraints'>;

/**
 * The pod of a service, which meets Pod Security `restricted`.
 *
 * @param options what depends on the object that runs it.
 */
export const podTemplate = (service: ServiceValues, options: PodOptions): IPodTemplateSpec => ({
  metadata: {
    labels: labels(service),
    annotations: when(some(service.files), () => ({ 'slipway.dev/files-checksum': checksum(service.files) })),
  },
  spec: {
    ...confined(service, service.name),
    restartPolicy: options.restartPolicy,
    topologySpreadConstraints: options.topologySpreadConstraints,
    imagePullSecrets: pullSecrets(service),
    initContainers: initContainers(service),
    containers: [container(service)],
    volumes: podVolumes(
      service,
      service.name,
      given(service.secrets, ({ files }) => given(files, (found) => secretFiles(service.name, found))),
    ),
  },
});

/** Who the processes of a pod are, and what they may not do. */
export const confined = (service: ServiceValues, account: string) => ({
  serviceAccountName: account,
  automountServiceAccountToken: false,
  enableServiceLinks: false,
  terminationGracePeriodSeconds: service.shutdown.grace,
  securityContext: {
    runAsNonRoot: true,
    runAsUser: service.security.user,
    runAsGroup: service.security.group,
    fsGroup: service.security.group,
    seccompProfile: { type: 'RuntimeDefault' as const },
  },
});

export const pullSecrets = (service: ServiceValues) => each(service.imagePullSecrets, (name) => ({ name }));

/**
 * The files and scratch folders of a service.
 *
 * @param configMap name of the ConfigMap that has the files.
 * @param secret the volume of files that come from a Secret.
 */
export const podVolumes = (service: ServiceValues, configMap: string, secret: IVolume | undefined) =>
  list<IVolume>(
    when(some(service.files), () => ({ name: 'files', configMap: { name: configMap } })),
    secret,
    entries(service.volumes, (name, volume) => ({
      name: text`scratch-${name}`,
      emptyDir: { medium: volume.medium, sizeLimit: volume.size },
    })),
  );

/**
 * Pods that serve together stand in different zones and on different nodes, where there are some.
 *
 * @param versionLabel label that tells the pods of one version; without it all of them are counted together.
 */
export const spreadOut = (service: ServiceValues, versionLabel?: string) => [
  spread(service, 'topology.kubernetes.io/zone', versionLabel),
  spread(service, 'kubernetes.io/hostname', versionLabel),
];

/** The entries of a Secret that are files, readable for the group of the pod alone (mode 0440). */
export const secretFiles = (
  secretName: string,
  files: Readonly<Record<string, { path: string }>>,
): IVolume => ({
  name: SECRET_FILES,
  secret: { secretName, defaultMode: 0o440, items: entries(files, (key) => ({ key, path: key })) },
});

const spread = (service: ServiceValues, topologyKey: string, versionLabel: string | undefined) => ({
  maxSkew: 1,
  topologyKey,
  whenUnsatisfiable: 'ScheduleAnyway' as const,
  labelSelector: { matchLabels: selectorLabels(service.name) },
  matchLabelKeys: given(versionLabel, (label) => [label]),
});
