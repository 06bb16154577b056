import { availability } from '../model/service/rules/objectives.ts';
import type { RulesValues } from '../model/values.ts';
import { objectives } from '../resolve/slo/values.ts';
import type { Service } from '../schema/service.ts';

/** A service that promises something; which service it is makes no difference to what is recorded. */
const NAME = 'service';
const PROMISE = { kind: 'web', slo: { availability: '99' } } as unknown as Service;
const RULES: RulesValues = {
  start: '',
  environment: '',
  namespace: '',
  team: '',
  runbook: '',
  sections: false,
  dashboard: '',
  scraped: false,
  probed: false,
  certified: false,
};

/** Series that the rules of every objective record, with their labels: what the model itself says. */
export function recordedSeries(): Map<string, readonly string[]> {
  const { availability: promise } = objectives(NAME, PROMISE, '');
  const groups = promise === undefined ? [] : availability(NAME, RULES, promise);
  return new Map(
    groups
      .flatMap(({ rules = [] }) => rules)
      .flatMap(({ record, labels = {} }) => (record === undefined ? [] : [[record, Object.keys(labels)]])),
  );
}
