import { toYaml } from '../output/yaml.ts';
import { objectiveBatches } from './scenarios/objectives.ts';
import { symptomTests } from './scenarios/symptoms.ts';
import type { RuleGroup, Subject } from './subject.ts';
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
 * Rules and tests of a service in an environment. The rules of each objective are a file of their own, with tests
 * by how often they must be evaluated: only so does a burn of days take no longer than an outage.
 */
export function filesOf(subject: Subject): SubjectFiles {
  const folder = `${subject.environment}/${subject.service}`;
  const parts = objectiveBatches(subject).map(({ name, batches }) => ({
    name,
    groups: groupsOf(subject, (group) => group.name.startsWith(`${subject.service}.${name}.`)),
    batches,
  }));
  const symptoms = symptomTests(subject);
  const rest = groupsOf(subject, (group) => !parts.some(({ groups }) => groups.includes(group)));
  const all = [...parts, { name: 'symptoms', groups: rest, batches: [{ every: 1, tests: symptoms }] }];
  const tests = all.flatMap(({ name, batches }) =>
    batches.map(({ every, tests }) => ({ name, every, tests })),
  );
  return {
    rules: all.map(({ name, groups }) => ({ path: `${folder}/${name}.rules.yaml`, content: toYaml({ groups }) })),
    tests: tests.map(({ name, every, tests }) => ({
      path: `${folder}/${name}.${every}m.test.yaml`,
      content: toYaml(testFile(name, every, tests)),
    })),
    cases: tests.reduce((sum, { tests }) => sum + tests.length, 0),
  };
}

const groupsOf = ({ groups }: Subject, of: (group: RuleGroup) => boolean): RuleGroup[] => groups.filter(of);

const testFile = (name: string, every: number, tests: UnitTest[]): TestFile => ({
  rule_files: [`${name}.rules.yaml`],
  evaluation_interval: minutes(every),
  tests,
});
