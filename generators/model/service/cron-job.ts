import type { ICronJob } from 'kubernetes-models/batch/v1';
import { given } from '../combinators.ts';
import type { ServiceValues } from '../values.ts';
import { labels, workloadMetadata } from './metadata.ts';
import { podTemplate } from './pod.ts';

/**
 * The runs of a cron. A pod that failed is not started again: a retry is a new pod, so that the log of each try
 * stays. The history removes old runs, so that they have no time to live of their own.
 */
export const cronJob = (service: ServiceValues): ICronJob | undefined =>
  given(service.cron, (cron) => ({
    apiVersion: 'batch/v1',
    kind: 'CronJob',
    metadata: workloadMetadata(service),
    spec: {
      schedule: cron.schedule,
      timeZone: cron.timeZone,
      concurrencyPolicy: cron.concurrency,
      startingDeadlineSeconds: cron.deadline,
      suspend: cron.suspend,
      successfulJobsHistoryLimit: cron.history.succeeded,
      failedJobsHistoryLimit: cron.history.failed,
      jobTemplate: {
        metadata: { labels: labels(service) },
        spec: {
          activeDeadlineSeconds: cron.timeout,
          backoffLimit: cron.retries,
          template: podTemplate(service, { restartPolicy: 'Never' }),
        },
      },
    },
  }));
