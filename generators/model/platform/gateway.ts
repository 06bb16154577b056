import type { IGateway, IHTTPRoute } from '@kubernetes-models/gateway-api/gateway.networking.k8s.io/v1';
import { given, list } from '../combinators.ts';
import type { PlatformValues } from '../values.ts';
import { metadata } from './metadata.ts';

const SAME_NAMESPACE = { namespaces: { from: 'Same' as const } };

type Listener = NonNullable<IGateway['spec']>['listeners'][number];

/** The entrance to the environment, where the platform asks for one of its own. */
export const gateway = (platform: PlatformValues): IGateway | undefined =>
  given(platform.gateway, (values) => {
    const { name, labels } = metadata(platform, values.name);
    return {
      apiVersion: 'gateway.networking.k8s.io/v1',
      kind: 'Gateway',
      metadata: {
        name,
        labels,
        annotations: given(values.issuer, (issuer) => ({ 'cert-manager.io/cluster-issuer': issuer })),
      },
      spec: {
        gatewayClassName: values.className,
        listeners: list<Listener>(
          {
            name: 'http',
            protocol: 'HTTP',
            port: 80,
            hostname: values.hostname,
            allowedRoutes: SAME_NAMESPACE,
          },
          given(values.tlsSecret, (secret) => ({
            name: 'https',
            protocol: 'HTTPS',
            port: 443,
            hostname: values.hostname,
            allowedRoutes: SAME_NAMESPACE,
            tls: { mode: 'Terminate' as const, certificateRefs: [{ name: secret }] },
          })),
        ) as Listener[],
      },
    };
  });

/** Sends everybody who comes without TLS to the same address with it. */
export const redirectToHttps = (platform: PlatformValues): IHTTPRoute | undefined =>
  given(platform.gateway, ({ name, tlsSecret }) =>
    given(tlsSecret, () => ({
      apiVersion: 'gateway.networking.k8s.io/v1',
      kind: 'HTTPRoute',
      metadata: metadata(platform, 'redirect-to-https'),
      spec: {
        parentRefs: [{ name, sectionName: 'http' }],
        rules: [
          {
            // What the API server would fill in: said here, so that Argo CD sees no difference.
            matches: [{ path: { type: 'PathPrefix' as const, value: '/' } }],
            filters: [
              {
                type: 'RequestRedirect' as const,
                requestRedirect: { scheme: 'https' as const, statusCode: 301 as const },
              },
            ],
          },
        ],
      },
    })),
  );
