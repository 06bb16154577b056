import { schemaFile } from '../emit/schemas.ts';
import type { ServiceKind } from '../schema/service-kinds.ts';

/** Path of the file in which a service is stated in full. */
export const serviceFile = (name: string): string => `environments/base/services/${name}.yaml`;

/**
 * The file of a new service: valid as it is, so that the first generate works, with a word on each choice.
 *
 * @param name a valid service name.
 */
export function serviceScaffold(name: string, kind: ServiceKind): string {
  const { before, after } = PARTS[kind];
  return `# yaml-language-server: $schema=../../${schemaFile('service', 'base')}
# ${name}: say here what it does.
kind: ${kind}
image:
  repository: ghcr.io/acme/${name}
  tag: 0.1.0
${before}resources:
  requests:
    cpu: 50m
    memory: 64Mi
  limits:
    memory: 128Mi
${after}# Whom alerts go to.
owner:
  team: ${name}
`;
}

/** What each kind of service says before its resources and after them. */
const PARTS: Readonly<Record<ServiceKind, { before: string; after: string }>> = {
  web: {
    before: 'ports:\n  http: 8080\n',
    after: 'replicas: 2\nhealth:\n  readiness: /readyz\n  liveness: /healthz\n',
  },
  worker: { before: '', after: 'replicas: 2\n' },
  stateful: {
    before: 'ports:\n  tcp: 5432\nstorage:\n  data:\n    path: /data\n    size: 1Gi\n',
    after: 'replicas: 1\nhealth:\n  readiness:\n    port: tcp\n',
  },
  cron: { before: 'schedule: 30 2 * * *\ntimeZone: Etc/UTC\n', after: 'timeout: 1h\n' },
};
