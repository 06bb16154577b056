import { append, PLATFORM, SHOP } from '../support/sample.ts';
import type { BadInput } from './bad-input.ts';

const waiver = (id: string, lines: string) => `waivers:\n  ${id}:\n${lines}`;
const GOOD = '    reason: the old cluster goes in May\n    until: 2030-05-31\n';

/** Waivers that say not what is waived, why, or until when. */
export const waivers: readonly BadInput[] = [
  {
    title: 'a waiver of a check that does not exist',
    files: append(SHOP, waiver('single-replika', GOOD)),
    problems: [
      `environments/base/services/shop.yaml:22:3: waivers.single-replika: "single-replika" is not a check that can be waived (docs/checks.md lists them); did you mean "single-replica"?`,
    ],
  },
  {
    title: 'a waiver of a check that is about waivers',
    files: append(PLATFORM, waiver('waiver-expired', GOOD)),
    problems: [
      `environments/base/platform.yaml:10:3: waivers.waiver-expired: "waiver-expired" is not a check that can be waived (docs/checks.md lists them)`,
    ],
  },
  {
    title: 'a waiver without a reason worth the name',
    files: append(SHOP, waiver('single-replica', '    reason: "because   "\n    until: 2030-05-31\n')),
    problems: [
      'environments/base/services/shop.yaml:23:13: waivers.single-replica.reason: "because   " is not allowed; expected a reason of at least 10 characters',
    ],
  },
  {
    title: 'a waiver without an end',
    files: append(SHOP, waiver('single-replica', '    reason: the old cluster goes in May\n')),
    problems: [
      'environments/base/services/shop.yaml:22:3: waivers.single-replica.until: is missing; expected a date, such as 2030-12-31',
    ],
  },
  {
    title: 'a waiver until a day that the calendar does not have',
    files: append(PLATFORM, waiver('quota-too-small', GOOD.replace('05-31', '02-30'))),
    problems: [
      'environments/base/platform.yaml:12:12: waivers.quota-too-small.until: "2030-02-30" is no day of the calendar',
    ],
  },
  {
    title: 'a waiver until no day at all',
    files: append(SHOP, waiver('single-replica', GOOD.replace('2030-05-31', 'forever'))),
    problems: [
      'environments/base/services/shop.yaml:24:12: waivers.single-replica.until: "forever" is not allowed; expected a date, such as 2030-12-31',
    ],
  },
  {
    title: 'a version of Kubernetes that is a whole release',
    files: append(PLATFORM, 'kubernetesVersion: 1.34.2\n'),
    problems: [
      'environments/base/platform.yaml:9:20: kubernetesVersion: "1.34.2" is not allowed; expected a minor version of Kubernetes, such as 1.34',
    ],
  },
];
