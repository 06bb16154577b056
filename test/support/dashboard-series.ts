/** What two services write: what dashboards must make of it is worked out by hand in the test. */

import type { InputSeries } from '../../generators/alerts/test-file.ts';

const NAMESPACES = { staging: 'shop-staging', production: 'shop' } as const;
const MINUTES = 60;

/** A counter that grows by so many a minute. */
const grows = (series: string, perMinute: number): InputSeries => ({
  series,
  values: `0+${perMinute}x${MINUTES}`,
});
const stays = (series: string, value: number): InputSeries => ({ series, values: `${value}x${MINUTES}` });

/** 60 requests a minute; of those of cart in production six fail, of those of shop none ever has. */
const requests = (environment: keyof typeof NAMESPACES, job: string): InputSeries[] => {
  const of = `job="${job}",namespace="${NAMESPACES[environment]}"`;
  const failing = job === 'cart' && environment === 'production';
  return [
    grows(`http_requests_total{${of},code="200",pod="a"}`, failing ? 54 : 60),
    ...(failing ? [grows(`http_requests_total{${of},code="500",pod="b"}`, 6)] : []),
    stays(
      `slo:objective:ratio{service="${job}",slo="availability",environment="${environment}",namespace="${NAMESPACES[environment]}"}`,
      0.99,
    ),
    stays(
      `slo:objective:ratio{service="${job}",slo="latency",environment="${environment}",namespace="${NAMESPACES[environment]}"}`,
      0.9,
    ),
  ];
};

const container = (name: string, pod: string, image: string): InputSeries =>
  stays(
    `kube_pod_container_info{namespace="shop",pod="${pod}",container="${name}",image_spec="${image}"}`,
    1,
  );

export const SERIES: readonly InputSeries[] = [
  ...requests('staging', 'shop'),
  ...requests('production', 'shop'),
  ...requests('production', 'cart'),
  // Something else that is scraped, and promises nothing.
  grows('http_requests_total{job="other",namespace="shop",code="200"}', 600),
  // A Deployment whose name begins like another, with an old ReplicaSet; a StatefulSet; a CronJob; a hook that is none of them.
  stays('kube_replicaset_spec_replicas{namespace="shop",replicaset="shop-6d4cf56db6"}', 2),
  stays('kube_replicaset_spec_replicas{namespace="shop",replicaset="shop-7b8c9d"}', 0),
  stays('kube_replicaset_spec_replicas{namespace="shop",replicaset="shop-front-77bcd"}', 1),
  stays('kube_statefulset_replicas{namespace="shop",statefulset="cart"}', 1),
  stays('kube_cronjob_info{namespace="shop",cronjob="cleaner",schedule="@daily"}', 1),
  container('shop', 'shop-6d4cf56db6-a', 'ghcr.io/acme/shop:1.8.2'),
  container('shop', 'shop-6d4cf56db6-b', 'host:5000/acme/shop:1.8.3@sha256:abc'),
  container('cart', 'cart-0', 'host:5000/acme/cart@sha256:abc'),
  container('shop-migrate', 'shop-migrate-x', 'ghcr.io/acme/shop:1.8.2'),
  // The image of shop-front changes after 30 minutes.
  {
    series:
      'kube_pod_container_info{namespace="shop",pod="shop-front-a",container="shop-front",image_spec="front:1"}',
    values: `1x29 stale`,
  },
  {
    series:
      'kube_pod_container_info{namespace="shop",pod="shop-front-b",container="shop-front",image_spec="front:2"}',
    values: `_x30 1x30`,
  },
];
