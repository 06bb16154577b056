import type { IContainer, IVolume } from 'kubernetes-models/v1';
import { quote } from '../../problems/problem.ts';
import type { CheckId } from '../../schema/check-ids.ts';
import type { Raw } from '../finding.ts';
import { containersOf, type Workload } from '../workload.ts';
import { allWorkloads, fieldOf, nameOf, type Rule } from './rule.ts';

// Pod Security, profile `restricted`, and with it `baseline`, on the pod as it is in the end:
// https://kubernetes.io/docs/concepts/security/pod-security-standards/

/** Something a pod must not have, or must have. */
interface Fault {
  id: CheckId;
  path: readonly string[];
  message: string;
}

/** Pods are as the profile `restricted` wants them, and have no token for the Kubernetes API. */
export const security: Rule = (environment) =>
  allWorkloads(environment).flatMap((workload) =>
    faultsOf(workload).map(
      ({ id, path, message }): Raw => ({
        id,
        service: workload.service,
        keys: [
          ...(id === 'security-root-writable' ? [['security', 'readOnlyRoot']] : []),
          ['security'],
          ['kind'],
        ],
        field: fieldOf(workload, ...path),
        message: `${nameOf(workload)} ${message}`,
        hint: id === 'security-root-writable' ? 'mount a volume where it writes' : 'delete it from the patch',
      }),
    ),
  );

const faultsOf = (workload: Workload): Fault[] => [
  ...podFaults(workload),
  ...containersOf(workload).flatMap(({ container, path }) => containerFaults(workload, container, path)),
];

function podFaults({ pod, podPath }: Workload): Fault[] {
  const faults: Fault[] = [];
  const fault = (id: CheckId, key: string, message: string) =>
    faults.push({ id, path: [...podPath, key], message });
  for (const key of ['hostNetwork', 'hostPID', 'hostIPC'] as const) {
    if (pod[key] === true) fault('security-host', key, `shares ${key.slice(4)} with its node (${key})`);
  }
  if (pod.automountServiceAccountToken !== false)
    fault('security-token-mounted', 'automountServiceAccountToken', 'gets a token for the Kubernetes API');
  const { sysctls = [], seLinuxOptions, appArmorProfile, windowsOptions } = pod.securityContext ?? {};
  const unsafe = sysctls.find(({ name }) => !SAFE_SYSCTLS.has(name));
  if (unsafe !== undefined)
    fault(
      'security-host',
      'securityContext',
      `sets the sysctl ${quote(unsafe.name)}, which its node has for all`,
    );
  if (windowsOptions?.hostProcess === true)
    fault('security-privileges', 'securityContext', 'is a process of its node (hostProcess)');
  if (!selinuxAllowed(seLinuxOptions))
    fault('security-privileges', 'securityContext', 'has SELinux options of its own');
  if (appArmorProfile?.type === 'Unconfined')
    fault('security-privileges', 'securityContext', 'turns AppArmor off');
  (pod.volumes ?? []).forEach((volume, index) => {
    const kind = volumeKind(volume);
    if (VOLUMES.has(kind)) return;
    const id = 'security-volume-type';
    faults.push({
      id,
      path: [...podPath, 'volumes', String(index)],
      message: `has the volume ${quote(volume.name)} of the type ${kind}`,
    });
  });
  return faults;
}

const SAFE_SYSCTLS: ReadonlySet<string> = new Set([
  'kernel.shm_rmid_forced',
  'net.ipv4.ip_local_port_range',
  'net.ipv4.ip_local_reserved_ports',
  'net.ipv4.ip_unprivileged_port_start',
  'net.ipv4.ping_group_range',
  'net.ipv4.tcp_fin_timeout',
  'net.ipv4.tcp_keepalive_intvl',
  'net.ipv4.tcp_keepalive_probes',
  'net.ipv4.tcp_keepalive_time',
  'net.ipv4.tcp_syncookies',
]);

const VOLUMES: ReadonlySet<string> = new Set([
  'configMap',
  'csi',
  'downwardAPI',
  'emptyDir',
  'ephemeral',
  'persistentVolumeClaim',
  'projected',
  'secret',
]);

/** The key of a volume that says its type; a volume without one is an emptyDir to Kubernetes. */
const volumeKind = (volume: IVolume): string =>
  Object.keys(volume).find((key) => key !== 'name') ?? 'emptyDir';

const selinuxAllowed = (options: { type?: string; user?: string; role?: string } | undefined): boolean =>
  options === undefined ||
  (['', 'container_t', 'container_init_t', 'container_kvm_t', 'container_engine_t'].includes(
    options.type ?? '',
  ) &&
    options.user === undefined &&
    options.role === undefined);

function containerFaults(
  { pod, podPath }: Workload,
  container: IContainer,
  path: readonly string[],
): Fault[] {
  const whole = pod.securityContext ?? {};
  const own = container.securityContext ?? {};
  const here = [...path, 'securityContext'];
  const faults: Fault[] = [];
  const fault = (id: CheckId, key: string, message: string) =>
    faults.push({
      id,
      path: Object.hasOwn(own, key) ? [...here, key] : [...podPath, 'securityContext', key],
      message,
    });
  if ((own.runAsNonRoot ?? whole.runAsNonRoot) !== true)
    fault('security-root-user', 'runAsNonRoot', 'may run as root (runAsNonRoot is not true)');
  for (const [key, user] of [['runAsUser', own.runAsUser ?? whole.runAsUser]] as const)
    if (user === 0) fault('security-root-user', key, 'runs as the user 0');
  const group = own.runAsGroup ?? whole.runAsGroup;
  if (group === 0) fault('security-root-user', 'runAsGroup', 'runs in the group 0');
  const profile = (own.seccompProfile ?? whole.seccompProfile)?.type;
  if (profile !== 'RuntimeDefault' && profile !== 'Localhost')
    fault('security-seccomp', 'seccompProfile', `has no seccomp filter (${profile ?? 'none'})`);
  const inContainer = (id: CheckId, key: string, message: string) =>
    faults.push({ id, path: [...here, key], message });
  if (own.allowPrivilegeEscalation !== false)
    inContainer(
      'security-privileges',
      'allowPrivilegeEscalation',
      'lets its processes gain privileges (allowPrivilegeEscalation)',
    );
  if (own.privileged === true) inContainer('security-privileges', 'privileged', 'is privileged');
  if (own.procMount !== undefined && own.procMount !== 'Default')
    inContainer('security-privileges', 'procMount', `mounts /proc as ${own.procMount}`);
  if (!selinuxAllowed(own.seLinuxOptions))
    inContainer('security-privileges', 'seLinuxOptions', 'has SELinux options of its own');
  if (own.appArmorProfile?.type === 'Unconfined')
    inContainer('security-privileges', 'appArmorProfile', 'turns AppArmor off');
  if (own.windowsOptions?.hostProcess === true)
    inContainer('security-privileges', 'windowsOptions', 'is a process of its node (hostProcess)');
  if (own.capabilities?.drop?.includes('ALL') !== true)
    inContainer('security-capabilities', 'capabilities', 'does not drop all capabilities');
  const added = (own.capabilities?.add ?? []).find((name) => name !== 'NET_BIND_SERVICE');
  if (added !== undefined)
    inContainer(
      'security-capabilities',
      'capabilities',
      `adds the capability ${quote(added)}; only NET_BIND_SERVICE is allowed`,
    );
  if (own.readOnlyRootFilesystem !== true)
    inContainer(
      'security-root-writable',
      'readOnlyRootFilesystem',
      'can change its own files (readOnlyRootFilesystem is not true)',
    );
  const open = (container.ports ?? []).find(({ hostPort }) => hostPort !== undefined && hostPort !== 0);
  if (open !== undefined)
    faults.push({
      id: 'security-host',
      path: [...path, 'ports'],
      message: `takes the port ${open.hostPort} of its node (hostPort)`,
    });
  return faults;
}
