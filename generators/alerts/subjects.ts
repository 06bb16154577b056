import type { RepositoryModel } from '../generate/repository.ts';
import { type Subject, subjectOf } from './subject.ts';

/** The rules of every service in every environment. */
export const subjectsOf = ({ units }: Pick<RepositoryModel, 'units'>): Subject[] =>
  units.flatMap(({ states }) =>
    [...states].flatMap(([environment, { values, objects }]) =>
      values === undefined ? [] : (subjectOf(environment, values, objects) ?? []),
    ),
  );
