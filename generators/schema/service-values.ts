import { type Static, Type } from 'typebox';
import { autoscalingValues, scaledObjectValues, triggerAuthenticationValues } from './autoscaling-values.ts';
import { dividedBy, rolloutValues } from './rollout-values.ts';
import { ProbeValues, Rules } from './rules-values.ts';
import * as s from './scalars.ts';
import { serviceKinds } from './service-kinds.ts';

// What the model reads of a service, and so the values of the Helm chart. Patterns are written for every
// engine: the one of Helm (RE2) cannot look ahead.

const optional = Type.Optional;
const word = (pattern: string, maxLength: number, errorMessage: string) => (description: string) =>
  Type.String({ pattern, maxLength, errorMessage, description });

const portName = word('^[a-z0-9]+(-[a-z0-9]+)*$', 15, 'a port name');
const path = word('^(/[A-Za-z0-9._-]+)+$', 253, 'an absolute path');
const key = word('^[-._A-Za-z0-9]+$', 253, 'a key of a ConfigMap');
const labelKey = word('^[A-Za-z0-9]([-A-Za-z0-9_./]*[A-Za-z0-9])?$', 317, 'a label key');
const labelValue = word('^([A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?)?$', 63, 'a label value');
const text = (description: string) => Type.String({ errorMessage: 'text', description });
const protocol = s.oneOf(['TCP', 'UDP', 'SCTP'], 'Transport protocol.');
const count = (most: number, description: string) => s.integer(0, most, description);
const seconds = (least: number, description: string) =>
  s.integer(least, 360_000_000, `${description}, in seconds.`);
const words = (description: string) => s.listOf(text('A word.'), description, false);

const portAndProtocol = s.closed({ port: s.port('Port.'), protocol }, 'A port.');
const peerPorts = (description: string) => s.someOf(portAndProtocol, description);

const probe = s.closed(
  {
    httpGet: optional(
      s.closed(
        { path: s.httpPath('Path that answers 200 to 399.'), port: portName('Name of the port.') },
        'Ask by HTTP.',
      ),
    ),
    tcpSocket: optional(s.closed({ port: portName('Name of the port.') }, 'Connect by TCP.')),
    command: optional(s.someOf(text('A word.'), 'Run a command that exits 0.', false)),
    period: seconds(1, 'Time between two probes'),
    timeout: seconds(1, 'Time after which a probe has failed'),
    failures: s.integer(1, 100, 'Failures in a row that count.'),
  },
  'A probe: one of httpGet, tcpSocket and command.',
);

const portMap = (description: string) =>
  s.keyed(
    portName('Name of the port.'),
    s.closed(
      {
        port: s.port('Port of the container.'),
        service: s.port('Port of the Service.'),
        protocol,
        appProtocol: optional(
          word('^\\S+$', 317, 'an application protocol')('Application protocol for proxies.'),
        ),
      },
      'A port.',
    ),
    description,
  );

const image = s.closed(
  {
    repository: s.repository('Image repository, without tag.'),
    tag: optional(s.tag('Image tag.')),
    digest: optional(s.digest('Image digest; it wins over the tag.')),
  },
  'The container image.',
);

const environment = s.keyed(
  s.environmentVariable('Name of the variable.'),
  text('Value; arrives literally.'),
  'Environment variables. Never a secret.',
);

const health = s.closed(
  { readiness: optional(probe), liveness: optional(probe), startup: optional(probe) },
  'When a pod gets traffic, is restarted, counts as started.',
);

const amounts = (description: string) =>
  s.keyed(labelKey('Name of the resource.'), s.quantity('Amount.'), description);

const resources = s.closed(
  { requests: amounts('What is reserved.'), limits: amounts('What may be used at most.') },
  'CPU and memory.',
);

const mounts = (name: ReturnType<typeof key>, description: string) =>
  s.keyed(name, s.closed({ path: path('Path in the container.') }, 'A place.'), description);

const secretKey = word('^[A-Za-z0-9_+=.@:/-]+$', 512, 'the name of a secret');
const secretField = word('^[!-~]+$', 253, 'the name of a field');
const placeInStore = {
  key: secretKey('Secret in the store.'),
  property: optional(secretField('Field of the secret.')),
};

const fetched = (description: string) =>
  s.closed(
    {
      variables: s.keyed(
        s.environmentVariable('Name of the variable.'),
        s.closed(placeInStore, 'Where the value is found.'),
        'Variables, by name.',
      ),
      files: optional(
        s.keyed(
          key('Entry of the Secret.'),
          s.closed(
            { path: path('Path in the container.'), ...placeInStore },
            'Where the file is, and where its content is found.',
          ),
          'Files, by entry of the Secret.',
        ),
      ),
      store: s.closed(
        {
          name: s.objectName('Store.'),
          kind: s.oneOf(['SecretStore', 'ClusterSecretStore'], 'Kind of the store.'),
        },
        'The store.',
      ),
      refresh: word('^([0-9]+h)?([0-9]+m)?[0-9]+s$', 32, 'a duration')('Time between two fetches.'),
    },
    description,
  );

const sealed = (description: string) =>
  s.closed(
    {
      secret: s.objectName('Name of the Secret.'),
      variables: s.keyed(
        s.environmentVariable('Name of the variable.'),
        word('^[A-Za-z0-9+/]+={0,2}$', 65536, 'base64')('Encrypted value.'),
        'Variables, by name.',
      ),
    },
    description,
  );

const secretsSeen = s.closed(
  {
    variables: s.keyed(
      s.environmentVariable('Name of the variable and of the entry of the Secret.'),
      s.closed({ secret: s.objectName('Name of the Secret.') }, 'Where the value is.'),
      'Variables, by name.',
    ),
    files: s.keyed(
      key('Entry of the Secret.'),
      s.closed({ path: path('Path in the container.') }, 'Where the file is.'),
      'Files, by entry of the Secret.',
    ),
  },
  "What it gets of the service's secrets.",
);

const extra = {
  image,
  command: words("Replaces the image's entrypoint."),
  args: words('Arguments of the entrypoint.'),
  env: environment,
  secrets: optional(secretsSeen),
  resources,
  files: mounts(key('Key of the ConfigMap.'), 'Files of the service that it sees, by key of the ConfigMap.'),
  mounts: mounts(s.labelName('Name of the volume of the pod.'), 'Volumes that it shares, by name.'),
};

const hook = {
  image,
  command: words("Replaces the image's entrypoint."),
  args: words('Arguments of the entrypoint.'),
  env: environment,
  secrets: optional(secretsSeen),
  sealedSecret: optional(sealed('Variables that are encrypted for this hook alone.')),
  resources,
  wave: count(1000, 'Hooks with a smaller number run first.'),
  timeout: seconds(1, 'Time after which it is ended, retries included'),
  retries: count(100, 'How often it is tried again when it failed.'),
};

const hooks = s.closed(
  {
    before: s.keyed(
      s.labelName('Name of the hook.'),
      s.closed(
        { ...hook, externalSecret: optional(fetched('What is fetched from a secret store for it.')) },
        'A Job.',
      ),
      'Jobs that run before anything else of a release, by name.',
    ),
    after: s.keyed(
      s.labelName('Name of the hook.'),
      s.closed(hook, 'A Job.'),
      'Jobs that run after a release, by name.',
    ),
  },
  'Jobs that run with every release, with the files and volumes of the service.',
);

const gatewayRoute = s.closed(
  {
    hostname: s.hostName('Host name in full.'),
    path: s.httpPath('Path prefix.'),
    servicePort: s.port('Port of the Service.'),
    gateway: s.closed(
      {
        name: s.objectName('Gateway.'),
        namespace: optional(s.labelName('Namespace of the Gateway, if it is another.')),
        listener: optional(s.labelName('Listener of the Gateway, if only one may take the route.')),
      },
      'The Gateway that requests come through.',
    ),
  },
  'A route of the Gateway API.',
);

const ingress = s.closed(
  {
    className: s.objectName('Ingress class.'),
    issuer: optional(s.objectName('Cluster issuer of cert-manager.')),
    tlsSecret: optional(s.objectName('Secret with the certificate.')),
    hosts: s.keyed(
      s.hostName('Name of the host.'),
      s.closed(
        {
          hostname: s.hostName('Host name in full.'),
          path: s.httpPath('Path prefix.'),
          port: portName('Name of the port of the Service.'),
        },
        'A host.',
      ),
      'Hosts, by name.',
    ),
  },
  'What an Ingress controller routes to the service.',
);

const neighbour = (ports: string, description: string) =>
  s.closed({ namespace: s.labelName('Namespace.'), ports: peerPorts(ports) }, description);

const network = s.closed(
  {
    callers: s.listOf(s.serviceName('Service.'), 'Services of the namespace that may call this one.'),
    ports: s.listOf(portAndProtocol, 'Ports on which they may.'),
    proxies: optional(neighbour('Ports they use.', 'Proxies that bring requests from outside.')),
    scraper: optional(neighbour('Ports it scrapes.', 'Where Prometheus runs.')),
    dns: s.closed(
      {
        namespace: s.labelName('Namespace of the cluster DNS.'),
        labels: s.keyed(
          labelKey('Label.'),
          labelValue('Value.'),
          'Labels of its pods; without any, every pod of that namespace may be asked.',
        ),
      },
      'Where the cluster DNS runs.',
    ),
    callees: s.keyed(
      s.serviceName('Service.'),
      s.closed({ ports: peerPorts('Ports.') }, 'A service that is called.'),
      'Services of the namespace that this one may call, by name.',
    ),
    peers: s.keyed(
      s.serviceName('Name of the peer.'),
      s.closed(
        { cidrs: s.someOf(s.cidr('Range.'), 'Address ranges.'), ports: peerPorts('Ports.') },
        'A system outside.',
      ),
      'Systems outside the namespace that the service may call, by name.',
    ),
    internet: s.flag('true allows every public address.'),
  },
  'Who may talk to the service and to whom it may talk; everything else is denied.',
);

const endpoint = (description: string) =>
  s.closed(
    {
      port: portName('Name of the port.'),
      path: s.httpPath('Path of the metrics.'),
      interval: s.duration('Time between two scrapes.'),
    },
    description,
  );

/** A service of one environment with every default filled in and every reference followed. */
export const ServiceValuesSchema = s.closed(
  {
    name: s.serviceName('Name of the service and of its objects.'),
    kind: s.oneOf(serviceKinds, 'Kind of the service.'),
    workload: s.oneOf(
      ['Deployment', 'CronJob', 'StatefulSet', 'Rollout'],
      'Kind of the object that runs the pods.',
    ),
    workloadApi: s.oneOf(['apps/v1', 'batch/v1', 'argoproj.io/v1alpha1'], 'Group and version of that kind.'),
    answers: s.flag('true gives a Service, by which others reach it.'),
    partOf: s.labelName('Name of the application as a whole.'),
    owner: optional(
      s.closed(
        {
          team: s.labelValue('Team.'),
          slack: optional(s.slackChannel('Slack channel.')),
          runbook: optional(s.url('What to do when it breaks.')),
        },
        'Who looks after the service.',
      ),
    ),
    image,
    imagePullSecrets: s.listOf(s.objectName('Secret.'), 'Secrets with credentials of private registries.'),
    command: words("Replaces the image's entrypoint."),
    args: words('Arguments of the entrypoint.'),
    ports: portMap('Ports that the container listens on, by name.'),
    offered: portMap('Ports of all containers: what the Service offers, by name.'),
    sidecars: s.keyed(
      s.labelName('Name of the container.'),
      s.closed({ ...extra, ports: portMap('Ports that it listens on, by name.'), health }, 'A sidecar.'),
      'Containers that start before the service and end after it, by name.',
    ),
    init: s.keyed(
      s.labelName('Name of the container.'),
      s.closed(extra, 'A container that runs to its end.'),
      'Containers that run to their end before the service starts, by name.',
    ),
    hooks,
    env: environment,
    secrets: optional(fetched('What comes from a secret store.')),
    sealed: optional(
      sealed('Environment variables whose values are encrypted for the Sealed Secrets controller.'),
    ),
    reloadFor: optional(
      word(
        '^[-.a-z0-9]+(,[-.a-z0-9]+)*$',
        512,
        'names of Secrets',
      )('Secrets whose change rolls the pods, as Stakater Reloader reads them.'),
    ),
    syncOptions: optional(
      word(
        '^[A-Za-z]+=[a-z]+(,[A-Za-z]+=[a-z]+)*$',
        253,
        'options such as Prune=confirm',
      )('How Argo CD treats the object that runs the pods.'),
    ),
    files: s.keyed(
      key('Key of the ConfigMap.'),
      s.closed({ path: path('Path in the container.'), content: text('Content.') }, 'A file.'),
      'Files that the container sees, by key of the ConfigMap.',
    ),
    volumes: s.keyed(
      s.labelName('Name of the volume.'),
      s.closed(
        {
          path: path('Folder in the container.'),
          size: s.bytes('Size at which the pod is evicted.'),
          medium: optional(s.oneOf(['Memory'], 'Memory keeps it in memory.')),
        },
        'An empty folder.',
      ),
      'Writable folders that live as long as the pod, by name.',
    ),
    resources,
    cron: optional(
      s.closed(
        {
          schedule: word('^\\S.*\\S$', 512, 'a cron expression')('When it runs, as a cron expression.'),
          timeZone: word('^[A-Za-z0-9/_+-]+$', 64, 'a time zone')('Time zone of the schedule.'),
          concurrency: s.oneOf(
            ['Forbid', 'Allow', 'Replace'],
            'What happens while the run before still works.',
          ),
          deadline: optional(seconds(1, 'Time after which a run that could not start is left out')),
          timeout: optional(seconds(1, 'Time after which a run is ended')),
          retries: count(100, 'How often a run that failed is tried again.'),
          history: s.closed(
            {
              succeeded: count(1000, 'Runs that succeeded.'),
              failed: count(1000, 'Runs that failed.'),
            },
            'How many runs are kept.',
          ),
          suspend: s.flag('true starts no run.'),
        },
        'When a cron runs, and what becomes of its runs.',
      ),
    ),
    stateful: optional(
      s.closed(
        {
          headless: s.serviceName('Service through which each pod is found.'),
          podManagementPolicy: s.oneOf(['OrderedReady', 'Parallel'], 'How pods start and end.'),
          storage: s.keyed(
            s.labelName('Name of the volume.'),
            s.closed(
              {
                path: path('Folder in the container.'),
                size: s.bytes('Size.'),
                className: optional(s.objectName('Storage class.')),
                accessMode: s.oneOf(
                  ['ReadWriteOnce', 'ReadWriteOncePod', 'ReadWriteMany'],
                  'Who may write to the volume.',
                ),
              },
              'A volume of its own for each pod.',
            ),
            'Volumes that outlive the pods, by name.',
          ),
        },
        'What the pods of a stateful have of their own.',
      ),
    ),
    rollout: optional(rolloutValues),
    divided: optional(dividedBy),
    replicas: optional(count(1000, 'Number of pods; leave it out with autoscaling.')),
    autoscaling: optional(autoscalingValues),
    scaledObject: optional(scaledObjectValues),
    triggerAuthentications: triggerAuthenticationValues,
    health,
    shutdown: s.closed(
      {
        drain: seconds(0, 'Time between the decision to stop and the TERM signal'),
        grace: seconds(1, 'Time until the pod is killed, drain included'),
      },
      'How a pod stops.',
    ),
    disruption: optional(
      s.closed(
        { maxUnavailable: s.integer(1, 1000, 'Pods that maintenance may take away at once.') },
        'What node maintenance may do; leave it out for a cron.',
      ),
    ),
    security: s.closed(
      {
        user: s.integer(1, 2147483647, 'User id of the process.'),
        group: s.integer(1, 2147483647, 'Group id of the process and its volumes.'),
        readOnlyRoot: s.flag('false makes the root file system writable.'),
      },
      'Who the process is.',
    ),
    gatewayRoutes: s.keyed(
      s.hostName('Name of the host.'),
      gatewayRoute,
      'Routes of the Gateway API, by name.',
    ),
    ingress: optional(ingress),
    serviceMonitor: optional(endpoint('Tells Prometheus where to scrape the Service.')),
    podMonitor: optional(endpoint('Tells Prometheus where to scrape the pods, where there is no Service.')),
    probe: optional(ProbeValues),
    rules: optional(Rules),
    network,
  },
  'A service of one environment with every default filled in and every reference followed.',
);

/** The same as a type; see {@link ServiceValuesSchema}. */
export type ServiceValues = DeepReadonly<Static<typeof ServiceValuesSchema>>;

type DeepReadonly<T> = T extends (infer Item)[]
  ? readonly DeepReadonly<Item>[]
  : T extends object
    ? { readonly [Key in keyof T]: DeepReadonly<T[Key]> }
    : T;
