import { toYaml } from '../output/yaml.ts';
import { objectiveBatches } from './scenarios/objectives.ts';
import { symptomBatches } from './scenarios/symptoms.ts';
import type { Subject } from './subject.ts';
import { minutes, type TestFile, type UnitTest } from './test-file.ts';

/** A file for promtool. */
export interface PromtoolFile {
  path: string;
  content: string;
}

/** The rules of a service in an environment as files, and their tests. */
export interface SubjectFiles {
  rules: PromtoolFile[];
  tests: PromtoolFile[];
  /** Number of unit tests. */
  cases: number;
}

/**
 * Rules and tests of a service in an environment. Each test file has only the groups that it is about, and is evaluated
 * as seldom as its tests allow: so a burn of days takes no longer than an outage.
 */
export function filesOf(subject: Subject): SubjectFiles {
  const folder = `${subject.environment}/${subject.service}`;
  const tests = [
    ...objectiveBatches(subject).flatMap(({ name, batches }) =>
      batches.map(({ every, groups, tests }) => ({
        name: `${name}.${groups.join('-')}`,
        every,
        groups: groups.map((group) => `${subject.service}.${name}.${group}`),
        tests,
      })),
    ),
    ...symptomBatches(subject).map((batch) => ({
      ...batch,
      name: 'symptoms',
      groups: [`${subject.service}.symptoms`],
    })),
  ];
  return {
    rules: subject.groups.map((group) => ({
      path: `${folder}/${ruleFile(group.name)}`,
      content: toYaml({ groups: [group] }),
    })),
    tests: tests.map(({ name, every, groups, tests }) => ({
      path: `${folder}/${name}.${every}m.test.yaml`,
      content: toYaml(testFile(groups, every, tests)),
    })),
    cases: tests.reduce((sum, { tests }) => sum + tests.length, 0),
  };
}

const ruleFile = (group: string) => `${group}.rules.yaml`;

const testFile = (groups: readonly string[], every: number, tests: UnitTest[]): TestFile => ({
  rule_files: groups.map(ruleFile),
  evaluation_interval: minutes(every),
  tests,
});
