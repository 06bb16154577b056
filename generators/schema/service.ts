import { type Static, Type } from 'typebox';
import { cronKeys } from './cron.ts';
import * as s from './scalars.ts';
import { AllowedSecrets, Sealed, Secrets } from './secrets.ts';
import { SERVICE_KINDS, serviceKinds } from './service-kinds.ts';
import { statefulKeys } from './stateful.ts';
import { Waivers } from './waivers.ts';

const optional = Type.Optional;

const Image = s.closed(
  {
    repository: s.repository('Image repository, without tag.'),
    tag: optional(s.tag('Image tag. Written as you see it: 1.10 stays 1.10.')),
    digest: optional(s.digest('Image digest; it wins over the tag, which then only informs the reader.')),
  },
  'The container image.',
);

const Port = s.shortOrLong(
  s.port('Port number of the container and of the Service.'),
  s.closed(
    {
      port: s.port('Port number of the container.'),
      service: optional(s.port('Port number of the Service; the same as the container if left out.')),
      protocol: optional(s.oneOf(['TCP', 'UDP', 'SCTP'], 'Transport protocol; TCP if left out.')),
      appProtocol: optional(s.plainText('Application protocol for proxies, such as kubernetes.io/h2c.')),
    },
    'A port in full.',
  ),
  'a port number from 1 to 65535, or a map of port, service, protocol, appProtocol',
  'A port: its number, or a map.',
);

const Resources = s.closed(
  {
    requests: s.closed(
      {
        cpu: s.cpu('CPU that is reserved.'),
        memory: s.bytes('Memory that is reserved.'),
        'ephemeral-storage': optional(s.bytes('Local disk that is reserved.')),
      },
      'What the scheduler reserves for a pod.',
    ),
    limits: s.closed(
      {
        cpu: optional(s.cpu('CPU above which the container is throttled; leave it out unless you must.')),
        memory: s.bytes('Memory above which the container is killed.'),
        'ephemeral-storage': optional(s.bytes('Local disk above which the pod is evicted.')),
      },
      'What a pod may use at most.',
    ),
  },
  'CPU and memory of one pod.',
);

const Probe = s.shortOrLong(
  s.httpPath('HTTP path that answers 200 to 399, on the port named http or the only port.'),
  s.closed(
    {
      path: optional(s.httpPath('HTTP path that answers 200 to 399.')),
      port: optional(
        s.portName('Name of the declared port to ask; without path a TCP connection is enough.'),
      ),
      command: optional(
        s.listOf(s.plainText('A word of the command.'), 'Command that exits 0; no shell is involved.', false),
      ),
      period: optional(s.duration('Time between two probes; 10s if left out.')),
      timeout: optional(s.duration('Time after which a probe has failed; 2s if left out.')),
      failures: optional(s.integer(1, 100, 'Failures in a row that count; 3 if left out (startup: 30).')),
    },
    'A probe in full: path, port or command.',
  ),
  'an HTTP path that starts with /, or a map of path, port, command, period, timeout, failures',
  'How health is probed: an HTTP path, or a map.',
);

const Host = s.shortOrLong(
  s.httpPath('Path prefix that belongs to this service.'),
  s.closed(
    {
      path: optional(s.httpPath('Path prefix that belongs to this service; / if left out.')),
      port: optional(s.portName('Name of the declared port; http or the only port if left out.')),
    },
    'A host in full.',
  ),
  'a path prefix that starts with /, or a map of path and port',
  'What of this host belongs to the service: a path prefix, or a map.',
);

/** A service, in full, as `environments/base/services/<service>.yaml` states it. */
export const ServiceSchema = s.closed(
  {
    kind: s.oneOf(
      serviceKinds,
      `${serviceKinds.map((kind) => `${kind}: ${SERVICE_KINDS[kind]}`).join('; ')}.`,
    ),
    enabled: optional(s.flag('false leaves the service out of this environment; true if left out.')),
    delivery: optional(s.delivery('How the service is delivered here; as the platform says if left out.')),
    image: Image,
    command: optional(
      s.listOf(s.plainText('A word.'), "Replaces the image's entrypoint; no shell is involved.", false),
    ),
    args: optional(s.listOf(s.plainText('A word.'), 'Arguments of the entrypoint; arrive literally.', false)),
    ...cronKeys,
    ...statefulKeys,
    ports: optional(
      s.keyed(s.portName('Name of the port.'), Port, 'Ports the container listens on, by name.'),
    ),
    env: optional(
      s.keyed(
        s.environmentVariable('Name of the variable.'),
        s.plainText('Value; arrives literally, $(…) included.'),
        'Environment variables. Never a secret: this file is in Git.',
      ),
    ),
    secrets: optional(Secrets),
    sealed: optional(Sealed),
    allowedSecrets: optional(AllowedSecrets),
    files: optional(
      s.keyed(
        s.filePath('Path of the file in the container.'),
        s.plainText('Content of the file.'),
        'Files that the container sees, by absolute path. A change rolls the pods.',
      ),
    ),
    volumes: optional(
      s.keyed(
        s.labelName('Name of the volume.'),
        s.closed(
          {
            path: s.filePath('Folder in the container.'),
            size: s.bytes('Size at which the pod is evicted.'),
            memory: optional(s.flag('true keeps it in memory (tmpfs), which counts as memory of the pod.')),
          },
          'An empty folder that lives as long as the pod.',
        ),
        'Writable scratch folders, by name: the rest of the file system is read-only.',
      ),
    ),
    resources: Resources,
    replicas: optional(
      s.integer(0, 1000, 'Number of pods; 2 if neither this nor autoscaling is given, 1 for a stateful.'),
    ),
    autoscaling: optional(
      s.closed(
        {
          min: s.integer(1, 1000, 'Pods at least.'),
          max: s.integer(1, 1000, 'Pods at most.'),
          cpu: optional(
            s.integer(1, 1000, 'Target for CPU use, percent of the request; 70 if no target is given.'),
          ),
          memory: optional(s.integer(1, 1000, 'Target for memory use, percent of the request.')),
        },
        'Scales the number of pods; excludes replicas.',
      ),
    ),
    health: optional(
      s.closed(
        {
          readiness: optional(Probe),
          liveness: optional(Probe),
          startup: optional(Probe),
        },
        'When a pod gets traffic (readiness), is restarted (liveness), counts as started (startup).',
      ),
    ),
    shutdown: optional(
      s.closed(
        {
          drain: optional(
            s.duration(
              'Time between the decision to stop and the TERM signal; 10s with a Service, otherwise none.',
            ),
          ),
          grace: optional(s.duration('Time until the pod is killed, drain included; 40s if left out.')),
        },
        'How a pod stops.',
      ),
    ),
    disruption: optional(
      s.closed(
        { maxUnavailable: s.integer(1, 1000, 'Pods that maintenance may take away at once.') },
        'What node maintenance may do (PodDisruptionBudget); maxUnavailable 1 if left out.',
      ),
    ),
    security: optional(
      s.closed(
        {
          user: optional(s.integer(1, 2147483647, 'User id of the process; 10001 if left out.')),
          group: optional(
            s.integer(1, 2147483647, 'Group id of the process and its volumes; 10001 if left out.'),
          ),
          readOnlyRoot: optional(s.flag('false makes the root file system writable; true if left out.')),
        },
        'Who the process is.',
      ),
    ),
    route: optional(
      s.closed(
        {
          hosts: s.keyed(
            s.hostName("Host below the platform's domain, or a full name."),
            Host,
            "Hosts, each a name below the platform's domain or a full name.",
          ),
        },
        'How requests from outside reach the service.',
      ),
    ),
    metrics: optional(
      s.closed(
        {
          port: s.portName('Name of the declared port that answers with metrics.'),
          path: optional(s.httpPath('HTTP path of the metrics; /metrics if left out.')),
          interval: optional(s.duration('Time between two scrapes; 30s if left out.')),
        },
        'Prometheus metrics of the service.',
      ),
    ),
    network: optional(
      s.closed(
        {
          from: optional(s.listOf(s.serviceName('A service.'), 'Services that may call this one.')),
          to: optional(
            s.listOf(
              s.serviceName("A service, a peer from the platform's network.peers, or internet."),
              'What this service may call: services, network peers of the platform, internet.',
            ),
          ),
        },
        'Who may talk to whom; everything else is denied.',
      ),
    ),
    owner: optional(
      s.closed(
        {
          team: s.labelValue('Team that owns the service.'),
          slack: optional(s.slackChannel('Slack channel of the team.')),
          runbook: optional(s.url('What to do at 3 a.m.')),
        },
        'Who to ask; on the objects as label and annotations.',
      ),
    ),
    patch: optional(
      s.keyed(
        Type.String({
          pattern: '^[A-Z][A-Za-z]*$',
          errorMessage: 'a kind of the generated objects, such as Deployment',
        }),
        Type.Unsafe<Record<string, unknown>>({
          type: 'object',
          description: 'Strategic merge patch.',
          errorMessage: 'a map: a strategic merge patch',
        }),
        'For the field nobody thought of: a strategic merge patch by kind of object.',
      ),
    ),
    waivers: optional(Waivers),
  },
  'A service.',
);

export type Service = Static<typeof ServiceSchema>;
export type PortInput = Static<typeof Port>;
export type ProbeInput = Static<typeof Probe>;
