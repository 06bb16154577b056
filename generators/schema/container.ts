import { Type } from 'typebox';
import * as s from './scalars.ts';

// What a container is made of, and the containers beside that of the service.

const optional = Type.Optional;

export const Image = s.closed(
  {
    repository: s.repository('Image repository, without tag.'),
    tag: optional(s.tag('Image tag. Written as you see it: 1.10 stays 1.10.')),
    digest: optional(s.digest('Image digest; it wins over the tag, which then only informs the reader.')),
  },
  'The container image.',
);

export const Port = s.shortOrLong(
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

export const Resources = s.closed(
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

export const Probe = s.shortOrLong(
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

/** A list of names of the service's secrets. */
export const secretNames = (description: string) =>
  s.listOf(s.environmentVariable("Name of one of the service's secrets or sealed."), description);

const extraKeys = {
  image: Image,
  command: optional(
    s.listOf(s.plainText('A word.'), "Replaces the image's entrypoint; no shell is involved.", false),
  ),
  args: optional(s.listOf(s.plainText('A word.'), 'Arguments of the entrypoint; arrive literally.', false)),
  env: optional(
    s.keyed(
      s.environmentVariable('Name of the variable.'),
      s.plainText('Value; arrives literally, $(…) included.'),
      'Environment variables. Never a secret: this file is in Git.',
    ),
  ),
  secrets: optional(secretNames("The service's secrets that this container gets, too.")),
  resources: Resources,
  volumes: optional(
    s.keyed(
      s.labelName("Name of one of the service's volumes or storage."),
      s.filePath('Folder in this container.'),
      'Volumes of the service that this container sees, by name, and where.',
    ),
  ),
  files: optional(
    s.listOf(
      s.filePath("Path of one of the service's files."),
      'Files of the service that this container sees.',
    ),
  ),
};

/** A container that runs to its end. */
export const Extra = s.closed(extraKeys, 'A container before that of the service.');

/** A container that runs beside that of the service. */
export const Sidecar = s.closed(
  {
    ...extraKeys,
    ports: optional(
      s.keyed(
        s.portName('Name of the port.'),
        Port,
        'Ports this container listens on, by name; reached as those of the service.',
      ),
    ),
    health: optional(
      s.closed(
        { readiness: optional(Probe), liveness: optional(Probe), startup: optional(Probe) },
        'As of the service. What comes after the sidecar waits for startup.',
      ),
    ),
  },
  'A container beside that of the service.',
);
