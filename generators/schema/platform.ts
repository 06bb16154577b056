import { type Static, Type } from 'typebox';
import { Argocd } from './argocd.ts';
import { PlatformAutoscaling } from './autoscaling.ts';
import { Charts } from './charts.ts';
import { Monitoring } from './monitoring.ts';
import { Rollouts } from './rollout.ts';
import * as s from './scalars.ts';
import { AllowedSecrets, SecretStore } from './secrets.ts';
import { Waivers } from './waivers.ts';

const optional = Type.Optional;

const Tls = s.closed(
  {
    secret: s.objectName('Secret that holds certificate and key.'),
    issuer: optional(s.objectName('cert-manager ClusterIssuer that fills the Secret.')),
  },
  'Certificate for the hosts.',
);

const Routing = s.closed(
  {
    kind: s.oneOf(['gateway', 'ingress', 'none'], 'Gateway API, Ingress, or nothing from outside.'),
    from: optional(
      s.labelName(
        'Namespace of the proxies that bring the traffic (of the data plane, not of the Gateway object).',
      ),
    ),
    gateway: optional(
      s.closed(
        {
          name: s.labelName('Name of the Gateway.'),
          namespace: optional(
            s.labelName("Namespace of an existing Gateway; the environment's own if left out."),
          ),
          create: optional(
            s.flag('true generates the Gateway; false uses an existing one. False if left out.'),
          ),
          class: optional(s.objectName('GatewayClass of a Gateway that is created, such as eg.')),
          tls: optional(Tls),
        },
        'The Gateway that the HTTPRoutes attach to.',
      ),
    ),
    ingress: optional(
      s.closed(
        {
          class: s.objectName('IngressClass, such as nginx.'),
          tls: optional(Tls),
        },
        'The Ingress controller.',
      ),
    ),
  },
  'How requests from outside reach the services.',
);

const Amounts = s.closed(
  {
    cpu: optional(s.cpu('CPU.')),
    memory: optional(s.bytes('Memory.')),
    'ephemeral-storage': optional(s.bytes('Local disk.')),
  },
  'Amounts for one container.',
);

/** What holds for all services of an environment: `environments/<env>/platform.yaml`. */
export const PlatformSchema = s.closed(
  {
    extends: optional(
      s.labelName('Environment whose values this one starts from; base if left out. Not inherited.'),
    ),
    name: s.labelName('Name of the application as a whole (label app.kubernetes.io/part-of).'),
    namespace: s.labelName('Namespace of all services of the environment.'),
    domain: s.domain('Domain below which short host names are placed.'),
    routing: Routing,
    delivery: optional(
      s.delivery(
        'How services are delivered: as Kustomize overlays, or as values of the Helm chart; kustomize if left out.',
      ),
    ),
    monitoring: optional(Monitoring),
    charts: optional(Charts),
    autoscaling: optional(PlatformAutoscaling),
    rollouts: optional(Rollouts),
    quota: optional(
      s.keyed(
        Type.String({
          pattern: '^[a-z][a-z0-9./-]*$',
          maxLength: 253,
          errorMessage: 'a resource that a ResourceQuota counts, such as requests.cpu or pods',
        }),
        s.quantity('Amount.'),
        'What all pods of the namespace may use together (ResourceQuota).',
      ),
    ),
    limits: optional(
      s.closed(
        {
          default: optional(Amounts),
          defaultRequest: optional(Amounts),
          min: optional(Amounts),
          max: optional(Amounts),
        },
        'Bounds and defaults for each container of the namespace (LimitRange).',
      ),
    ),
    network: optional(
      s.closed(
        {
          dns: optional(
            s.closed(
              {
                namespace: optional(s.labelName('Namespace of the cluster DNS; kube-system if left out.')),
                labels: optional(
                  s.keyed(
                    Type.String({
                      pattern: '^[A-Za-z0-9]([-A-Za-z0-9_./]*[A-Za-z0-9])?$',
                      maxLength: 317,
                      errorMessage: 'a label key',
                    }),
                    s.labelValue('Label value.'),
                    'Labels of the DNS pods; k8s-app: kube-dns if left out.',
                  ),
                ),
              },
              'Where the cluster DNS runs.',
            ),
          ),
          peers: optional(
            s.keyed(
              s.serviceName('Name of the peer, for network.to of a service.'),
              s.closed(
                {
                  cidrs: s.listOf(s.cidr('Address range.'), 'Address ranges of the peer.'),
                  ports: s.listOf(s.port('TCP port.'), 'TCP ports of the peer.'),
                },
                'A system outside the namespace.',
              ),
              'Systems outside the namespace that services may call, by name.',
            ),
          ),
        },
        'What is around the services.',
      ),
    ),
    secretStore: optional(SecretStore),
    argocd: optional(Argocd),
    allowedSecrets: optional(AllowedSecrets),
    imagePullSecrets: optional(
      s.listOf(s.objectName('Secret.'), 'Secrets with credentials of private image registries.'),
    ),
    production: optional(
      s.flag(
        'true holds the environment to the checks for production; true for production and what extends it if left out.',
      ),
    ),
    kubernetesVersion: optional(
      s.word(
        '^1\\.(0|[1-9][0-9]?)$',
        'a minor version of Kubernetes, such as 1.34',
      )('Version of the cluster, for the checks of API versions.'),
    ),
    images: optional(
      s.closed(
        { requireDigest: s.flag('true demands a digest for every image.') },
        'What is demanded of images.',
      ),
    ),
    waivers: optional(Waivers),
  },
  'The platform of an environment.',
);

export type Platform = Static<typeof PlatformSchema>;
export type SecretStoreInput = Static<typeof SecretStore>;
