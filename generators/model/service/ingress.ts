import type { IIngress } from 'kubernetes-models/networking.k8s.io/v1';
import { entries, given } from '../combinators.ts';
import type { ServiceValues } from '../values.ts';
import { routedName } from './canary-services.ts';
import { labels } from './metadata.ts';

/** Hosts and paths for an Ingress controller, where the platform has no Gateway API. */
export const ingress = (service: ServiceValues): IIngress | undefined =>
  given(service.ingress, (values) => ({
    apiVersion: 'networking.k8s.io/v1',
    kind: 'Ingress',
    metadata: {
      name: service.name,
      labels: labels(service),
      annotations: given(values.issuer, (issuer) => ({ 'cert-manager.io/cluster-issuer': issuer })),
    },
    spec: {
      ingressClassName: values.className,
      tls: given(values.tlsSecret, (secretName) => [
        { secretName, hosts: entries(values.hosts, (_, host) => host.hostname) },
      ]),
      rules: entries(values.hosts, (_, host) => ({
        host: host.hostname,
        http: {
          paths: [
            {
              path: host.path,
              pathType: 'Prefix' as const,
              backend: { service: { name: routedName(service), port: { name: host.port } } },
            },
          ],
        },
      })),
    },
  }));
