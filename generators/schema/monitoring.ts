import { Type } from 'typebox';
import { Alerting } from './alerting.ts';
import { STACK_KEYS } from './monitoring-stack.ts';
import * as s from './scalars.ts';

const optional = Type.Optional;

const address = s.word(
  '^[a-z0-9]([-a-z0-9.]*[a-z0-9])?(:[1-9][0-9]{0,4})?$',
  'a host and port, such as blackbox-exporter.monitoring:9115',
  253,
);

/** The schema of `monitoring` of a platform. */
export const Monitoring = s.closed(
  {
    namespace: s.labelName('Namespace of Prometheus, which may then reach the metrics ports.'),
    serviceMonitors: optional(
      s.flag(
        'true generates a ServiceMonitor for each service with metrics, a PodMonitor for a worker (needs the Prometheus operator). False if left out.',
      ),
    ),
    rules: optional(
      s.flag(
        'true generates a PrometheusRule for each service: alerts about its slo, its pods and all else it has. Needs serviceMonitors. False if left out.',
      ),
    ),
    probes: optional(
      s.closed(
        {
          exporter: optional(
            address(
              'Address of the blackbox exporter; that of the chart prometheus-blackbox-exporter if left out.',
            ),
          ),
          module: optional(
            s.word(
              '^[A-Za-z0-9_-]+$',
              'the name of a module',
              64,
            )('Module of the exporter; http_2xx if left out.'),
          ),
        },
        'Gives each route a Probe: the blackbox exporter asks it as customers do.',
      ),
    ),
    prometheus: optional(
      s.url(
        'Address of Prometheus, for those who ask it: KEDA for triggers, Argo Rollouts for canaries; that of the chart kube-prometheus-stack if left out.',
      ),
    ),
    argocd: optional(
      s.flag(
        'true alerts when the Argo CD Application of a service is out of sync or degraded. False if left out.',
      ),
    ),
    dashboards: optional(
      s.flag(
        'true generates dashboards, as ConfigMaps that the sidecar of Grafana finds in the namespace of Prometheus. Needs rules. False if left out.',
      ),
    ),
    grafana: optional(s.url('Address of Grafana, for the links from alerts to dashboards.')),
    alertmanager: optional(
      s.url(
        'Address of Alertmanager for people, to which messages link for silences; it is only known inside the cluster if left out.',
      ),
    ),
    runbooks: optional(
      s.url(
        'Page that explains the alerts, for services whose owner has no runbook; an alert links to its section.',
      ),
    ),
    alerting: optional(Alerting),
    ...STACK_KEYS,
  },
  'Where Prometheus runs, and what it watches.',
);
