import { type Static, type TProperties, Type } from 'typebox';

// The values of the argo-cd chart that are generated, and no others. The chart has no schema of its own, so a typo
// in a value would be ignored in silence.

const optional = Type.Optional;
const text = Type.String({ minLength: 1 });
const closed = <T extends TProperties>(properties: T) =>
  Type.Object(properties, { additionalProperties: false });
const on = Type.Literal(true);
const off = Type.Literal(false);

const Metrics = closed({ enabled: on, serviceMonitor: closed({ enabled: Type.Boolean() }) });
const Component = closed({ metrics: Metrics });

/** Keys of the ConfigMap argocd-cm; the chart passes on what it does not know itself. */
const Cm = closed({
  url: text,
  'admin.enabled': Type.Boolean(),
  'exec.enabled': off,
  'application.resourceTrackingMethod': Type.Literal('annotation'),
  'oidc.config': optional(text),
  'resource.customizations.health.argoproj.io_Application': text,
  'resource.customizations.health.networking.k8s.io_Ingress': optional(text),
});

const Rbac = closed({
  'policy.default': Type.String(),
  'policy.csv': text,
  'policy.matchMode': Type.Literal('glob'),
  scopes: text,
});

const Notifications = closed({
  enabled: Type.Boolean(),
  argocdUrl: optional(text),
  secret: optional(closed({ create: off, name: text })),
  metrics: optional(Metrics),
  notifiers: optional(closed({ 'service.slack': text })),
  templates: optional(
    Type.Record(Type.String({ pattern: '^template\\.[a-z-]+$' }), text, { additionalProperties: false }),
  ),
  triggers: optional(
    Type.Record(Type.String({ pattern: '^trigger\\.[a-z0-9-]+$' }), text, { additionalProperties: false }),
  ),
});

export const InstallValuesSchema = closed({
  global: closed({ domain: text }),
  configs: closed({ cm: Cm, rbac: Rbac }),
  controller: Component,
  server: Component,
  repoServer: Component,
  applicationSet: closed({ replicas: Type.Literal(0) }),
  dex: closed({ enabled: off }),
  notifications: Notifications,
});

export type InstallValues = Static<typeof InstallValuesSchema>;
