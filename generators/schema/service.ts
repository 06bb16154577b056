import { type Static, Type } from 'typebox';
import { Autoscaling } from './autoscaling.ts';
import { Extra, Image, Port, Probe, Resources, Sidecar } from './container.ts';
import { cronKeys } from './cron.ts';
import { Hooks } from './hooks.ts';
import { Rollout } from './rollout.ts';
import * as s from './scalars.ts';
import { AllowedSecrets, Sealed, Secrets } from './secrets.ts';
import { SERVICE_KINDS, serviceKinds } from './service-kinds.ts';
import { Slo } from './slo.ts';
import { statefulKeys } from './stateful.ts';
import { Waivers } from './waivers.ts';

const optional = Type.Optional;

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
        s.volumeName('Name of the volume.'),
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
    init: optional(
      s.keyed(
        s.labelName('Name of the container.'),
        Extra,
        'Containers that run to their end, one after another in the order of their names, before the service starts.',
      ),
    ),
    sidecars: optional(
      s.keyed(
        s.labelName('Name of the container.'),
        Sidecar,
        'Containers that start before init and the service, and run beside it until it has ended.',
      ),
    ),
    hooks: optional(Hooks),
    replicas: optional(
      s.integer(0, 1000, 'Number of pods; 2 if neither this nor autoscaling is given, 1 for a stateful.'),
    ),
    autoscaling: optional(Autoscaling),
    rollout: optional(Rollout),
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
          probe: optional(
            s.word(
              "^(none|/[A-Za-z0-9._~!$&'()*+,;=:@%/-]*)$",
              'an HTTP path that starts with /, or none',
              1024,
            )(
              'Path that the blackbox exporter asks on each host; the path of the host if left out, none for nothing.',
            ),
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
    slo: optional(Slo),
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
    promote: optional(
      s.listOf(
        s.plainText('A key, such as env.FEATURE_CHECKOUT.'),
        'Keys that npm run promote carries to another environment beside the image.',
        false,
      ),
    ),
    waivers: optional(Waivers),
  },
  'A service.',
);

export type Service = Static<typeof ServiceSchema>;
export type PortInput = Static<typeof Port>;
export type ProbeInput = Static<typeof Probe>;
export type ExtraInput = Static<typeof Extra>;
export type AutoscalingInput = Static<typeof Autoscaling>;
export type TriggerInput = NonNullable<AutoscalingInput['triggers']>[string];
export type RolloutInput = Exclude<Static<typeof Rollout>, string>;
export type SidecarInput = Static<typeof Sidecar>;
