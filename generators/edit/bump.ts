import { editService, type InputEdit } from './input-edit.ts';
import { readServices, statedIn } from './stated.ts';

/** Which build of an image is meant. */
export interface ImageVersion {
  tag: string;
  /** `sha256:…`; undefined to go by the tag. */
  digest: string | undefined;
}

/** Splits `TAG[@DIGEST]`. */
export function parseImageVersion(text: string): ImageVersion {
  const [tag = '', ...digest] = text.split('@');
  return { tag, digest: digest.length === 0 ? undefined : digest.join('@') };
}

/**
 * Has an environment run another build of a service. A digest that was stated for the build before goes away,
 * because it would win over the new tag.
 *
 * @param root the repository.
 * @returns undefined when the environment runs that build already.
 * @throws UnknownSubjectError when there is no such environment or service.
 * @throws ProblemsError when tag or digest are none.
 */
export function bump(
  root: string,
  environment: string,
  service: string,
  { tag, digest }: ImageVersion,
): InputEdit | undefined {
  return editService(statedIn(readServices(root, service), environment, service), [
    { path: ['image', 'tag'], value: tag },
    { path: ['image', 'digest'], value: digest },
  ]);
}
