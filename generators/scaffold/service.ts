import { schemaFile } from '../emit/schemas.ts';

/** The kinds of service that can be scaffolded. */
export const SERVICE_KINDS = ['web', 'worker'] as const;
export type ServiceKind = (typeof SERVICE_KINDS)[number];

/** Path of the file in which a service is stated in full. */
export const serviceFile = (name: string): string => `environments/base/services/${name}.yaml`;

/**
 * The file of a new service: valid as it is, so that the first generate works, with a word on each choice.
 *
 * @param name a valid service name.
 */
export function serviceScaffold(name: string, kind: ServiceKind): string {
  return `# yaml-language-server: $schema=../../${schemaFile('service', 'base')}
# ${name}: say here what it does.
kind: ${kind}
image:
  repository: ghcr.io/acme/${name}
  tag: 0.1.0
${kind === 'web' ? WEB_PORTS : ''}resources:
  requests:
    cpu: 50m
    memory: 64Mi
  limits:
    memory: 128Mi
replicas: 2
${kind === 'web' ? WEB_HEALTH : ''}`;
}

const WEB_PORTS = `ports:
  http: 8080
`;

const WEB_HEALTH = `health:
  readiness: /readyz
  liveness: /healthz
`;
