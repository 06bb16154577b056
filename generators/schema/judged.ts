import type { Check } from './compiled.ts';

/**
 * A check that judges by code made ahead. Only what that refuses is given to ajv, which is slower to load than a thousand
 * files are to check: it decides, and says what is wrong.
 *
 * @param verdict code of `verdictCode`: whether a value is valid.
 * @param explain loads ajv and compiles the same schema; called once at most.
 */
export function judged(verdict: (value: unknown) => boolean, explain: () => Check): Check {
  let explained: Check | undefined;
  const check: Check = (value) => {
    check.errors = null;
    if (verdict(value)) return true;
    explained ??= explain();
    const isValid = explained(value);
    check.errors = explained.errors ?? null;
    return isValid;
  };
  return check;
}
