import { LOG_LABELS } from '../model/log-labels.ts';
import type { Stack } from '../resolve/stack.ts';
import { lokiAddress } from './addresses.ts';

/** A rule that makes a label of a log from what is known of the pod; a pod without it leaves the label as it was. */
interface Relabel {
  from: readonly string[];
  to: string;
  /** The value, from what the expression found; what it found if undefined. */
  as?: string;
}

const RULES: readonly Relabel[] = [
  { from: ['__meta_kubernetes_namespace'], to: LOG_LABELS.namespace },
  { from: ['__meta_kubernetes_pod_name'], to: 'pod' },
  { from: ['__meta_kubernetes_pod_container_name'], to: LOG_LABELS.container },
  { from: ['__meta_kubernetes_pod_label_app_kubernetes_io_instance'], to: LOG_LABELS.service },
  { from: ['__meta_kubernetes_pod_label_app_kubernetes_io_name'], to: LOG_LABELS.service },
  { from: ['__meta_kubernetes_pod_label_slipway_dev_team'], to: 'team' },
  {
    // Where the kubelet keeps logs: /var/log/pods/<namespace>_<pod>_<uid>/<container>/0.log
    from: ['__meta_kubernetes_pod_uid', '__meta_kubernetes_pod_container_name'],
    to: '__path__',
    as: '/var/log/pods/*$1/*.log',
  },
];

/**
 * The configuration of Alloy: the logs of the pods of its node go to Loki with the labels environment, namespace,
 * service, container and team. The name of the pod would make too many streams, and goes beside the line.
 * https://grafana.com/docs/alloy/latest/reference/components/
 */
export const alloyConfig = (stack: Pick<Stack, 'environment' | 'namespace'>): string => `\
discovery.kubernetes "pods" {
  role = "pod"

  selectors {
    role  = "pod"
    field = "spec.nodeName=" + sys.env("HOSTNAME")
  }
}

discovery.relabel "pods" {
  targets = discovery.kubernetes.pods.targets
${RULES.map(ruleBlock).join('')}}

local.file_match "pods" {
  path_targets = discovery.relabel.pods.output
}

loki.source.file "pods" {
  targets    = local.file_match.pods.targets
  forward_to = [loki.process.pods.receiver]
}

loki.process "pods" {
  stage.cri { }

  stage.structured_metadata {
    values = { pod = "" }
  }

  stage.label_drop {
    values = ["filename", "pod"]
  }

  forward_to = [loki.write.loki.receiver]
}

loki.write "loki" {
  endpoint {
    url = ${quoted(`${lokiAddress(stack)}/loki/api/v1/push`)}
  }

  external_labels = { ${LOG_LABELS.environment} = ${quoted(stack.environment)} }
}
`;

const ruleBlock = ({ from, to, as }: Relabel): string => `
  rule {
    source_labels = [${from.map(quoted).join(', ')}]
    separator     = "/"
    regex         = "(.+)"
    target_label  = ${quoted(to)}
${as === undefined ? '' : `    replacement   = ${quoted(as)}\n`}  }
`;

/** A text of Alloy, which writes it as JSON does. https://grafana.com/docs/alloy/latest/get-started/configuration-syntax/expressions/types_and_values/#strings */
const quoted = (text: string): string => JSON.stringify(text);
