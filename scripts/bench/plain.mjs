// What nobody can do without, and nothing else: reads all inputs, validates finished objects, writes them as YAML. It has
// no rules, no overlays, no places of errors and no atomic files. Started by plain.ts.
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { HTTPRoute } from '@kubernetes-models/gateway-api/gateway.networking.k8s.io/v1/HTTPRoute';
import { ServiceMonitor } from '@kubernetes-models/prometheus-operator/monitoring.coreos.com/v1/ServiceMonitor';
import { dump, load } from 'js-yaml';
import { Deployment } from 'kubernetes-models/apps/v1/Deployment';
import { HorizontalPodAutoscaler } from 'kubernetes-models/autoscaling/v2/HorizontalPodAutoscaler';
import { NetworkPolicy } from 'kubernetes-models/networking.k8s.io/v1/NetworkPolicy';
import { PodDisruptionBudget } from 'kubernetes-models/policy/v1/PodDisruptionBudget';
import { ConfigMap } from 'kubernetes-models/v1/ConfigMap';
import { Service } from 'kubernetes-models/v1/Service';
import { ServiceAccount } from 'kubernetes-models/v1/ServiceAccount';

/** @typedef {new (object: any) => { validate(): void }} Model */

/** @type {Readonly<Record<string, Model>>} */
const MODELS = {
  ConfigMap,
  Deployment,
  HorizontalPodAutoscaler,
  HTTPRoute,
  NetworkPolicy,
  PodDisruptionBudget,
  Service,
  ServiceAccount,
  ServiceMonitor,
};

const [root = '', objects = '', output = ''] = process.argv.slice(2);

for (const environment of ['base', 'staging', 'production']) {
  const folder = join(root, 'environments', environment, 'services');
  for (const file of readdirSync(folder)) load(readFileSync(join(folder, file), 'utf8'));
}
mkdirSync(output, { recursive: true });
/** @type {Readonly<Record<string, { kind: string }[]>>} */
const charts = JSON.parse(readFileSync(objects, 'utf8'));
for (const [name, chart] of Object.entries(charts)) {
  const documents = chart.map((object) => {
    const model = MODELS[object.kind];
    if (model === undefined) throw new Error(`no model of ${object.kind}`);
    new model(object).validate();
    return dump(object);
  });
  writeFileSync(join(output, `${name}.yaml`), documents.join('---\n'));
}
